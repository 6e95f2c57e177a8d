/* SPDX-License-Identifier: MIT */
/*
 * Replacing what was bought by a subscription: the lines are refunded once the new line
 * has a contract that runs, and not before.
 */
#include "shopify/wording.h"

static const char await_contract[] =
    "{'id':'await_contract','channel':'wait','depends_on':['judge_absence'],"
    "'irreversible':false,'if_stopped':'paid_contract_unknown',"
    "'webhooks':[{'topic':'subscription_contracts/create','where':"
    "{'/admin_graphql_api_origin_order_id':{'$bind':'find_order/order_id'}}}],"
    "'poll':{'operation':'node','document':@document line_contract@,"
    "'variables':{'line':{'$bind':'confirm/line_id'},'evidence':@evidence_key@},"
    "'every_seconds':15},"
    "'checks':[{'name':'terminated','at':'/node/contract/status','op':'eq','value':'CANCELLED'},"
    "{'name':'terminated_expired','at':'/node/contract/status','op':'eq','value':'EXPIRED'},"
    "{'name':'terminated_failed','at':'/node/contract/status','op':'eq','value':'FAILED'}],"
    "'until':[{'name':'active','at':'/node/contract/status','op':'eq','value':'ACTIVE'}],"
    "'timeout_seconds':@contract_wait@,"
    /* A contract may still come: nothing is refunded or taken off. */
    "'on':[{'when':'timeout','do':'stop','state':'paid_contract_unknown'},"
    "{'when':'terminated','do':'stop','state':'paid_not_delivered'},"
    "{'when':'terminated_expired','do':'stop','state':'paid_not_delivered'},"
    "{'when':'terminated_failed','do':'stop','state':'paid_not_delivered'}]}";

#define READ_ORDER                                                                                 \
  "'operation':'order','document':@document read_lines_and_contracts@,"                            \
  "'variables':{'id':{'$bind':'find_order/order_id'},'evidence':@evidence_key@},"

#define STEP(id, after)                                                                            \
  "{'id':'" id "','channel':'admin_graphql','depends_on':['" after                                 \
  "'],"                                                                                            \
  "'irreversible':false,'if_stopped':'delivered_not_refunded',"

/* Refunded already, by an earlier try: nothing is left to do but to prove it. */
static const char look_refunded[] = STEP("look_refunded", "await_contract") READ_ORDER
    "'checks':[" UPSELL__CHECKS_ORDER
    ",@to_refund_checks@],"
    "'on':[" UPSELL__ROW_FOREIGN
    ",{'when':'cancelled','do':'stop','state':'unknown'},"
    "@to_refund_rows@,{'when':'ok','do':'skip_to','step':'verify'}," UPSELL__ROWS_READ "]}";

/* All that the refund rests on, in one reading. */
static const char guard[] =
    STEP("guard", "look_refunded")
    "'operation':'order','document':@document read_refund@,"
    "'variables':{'id':{'$bind':'find_order/order_id'},'evidence':@evidence_key@,"
    "'lines':@refund_lines@},"
    "'output':{'transactions':'/order/suggestedRefund/suggestedTransactions'},"
    "'checks':[" UPSELL__CHECKS_ORDER ","
    "{'name':'no_evidence','at':'/order/evidence/value','op':'null'},"
    "{'name':'owing','at':'@outstanding@','op':'ge','value':@minor_unit@},"
    "{'name':'no_contract','at':'/order/lineItems/nodes',"
    "'where':{@new_line@,@accepted_quantity@,'/contract/status':'ACTIVE'},'op':'null'},"
    "@short_checks@@nothing_suggested_check@],"
    "'on':[" UPSELL__ROW_FOREIGN ",{'when':'cancelled','do':'stop','state':'unknown'},"
    "{'when':'no_evidence','do':'stop','state':'unknown'},"
    "{'when':'owing','do':'stop','state':'unknown'},"
    "{'when':'no_contract','do':'stop','state':'paid_contract_unknown'},"
    /* Nothing is suggested for a line that somebody refunds at this moment. */
    "{'when':'graphql_error','do':'restart_from','step':'look_refunded','max':1},"
    UPSELL__ROWS_READ "]}";

#define REFUND                                                                                     \
  "{'id':'refund','channel':'admin_graphql','depends_on':['guard'],'irreversible':true,"           \
  "'if_stopped':'delivered_not_refunded','operation':'refundCreate',"                              \
  "'document':@document refund@,'variables':{'input':{"                                            \
  "'orderId':{'$bind':'find_order/order_id'},'note':@refund_note@,"                                \
  "'refundLineItems':@refund_lines@,'transactions':{'$map':{'from':'guard/transactions',"          \
  "'each':@refund_transaction@}}}"

/* Whatever the answer, the order is read back: it alone tells whether money went back. */
static const char refund_keyed[] = REFUND
    ",'key':@refund_key@},'errors':'/refundCreate/userErrors',"
    "'idempotency_key':@refund_key@,"
    "'on':[" UPSELL__ROWS_REPEAT
    ",{'when':'no_answer','do':'next'},{'when':'user_error','do':'next'},"
    "{'when':'graphql_error','do':'next'}," UPSELL__ROW_THROTTLED "]}";

/* Before 2026-04 the platform takes no key: what may have been done is never sent again. */
static const char refund_unkeyed[] = REFUND
    "},'errors':'/refundCreate/userErrors',"
    "'on':[{'when':'no_answer','do':'next'},{'when':'user_error','do':'next'},"
    "{'when':'graphql_error','do':'next'}," UPSELL__ROW_THROTTLED "]}";

/* Both must be seen: the contract, and that the money went back. */
static const char await_refund[] =
    "{'id':'await_refund','channel':'wait','depends_on':['refund'],'irreversible':false,"
    "'if_stopped':'unknown','webhooks':[],'poll':{" READ_ORDER
    "'every_seconds':10},'checks':[" UPSELL__CHECKS_ORDER
    "],'until':[@delivered_to_order@],"
    "'timeout_seconds':@proof_wait@,'on':[" UPSELL__ROW_FOREIGN
    ",{'when':'timeout','do':'next'},{'when':'ok','do':'skip_to','step':'verify'}]}";

/* It could not be seen: is it the refund that is missing? It never goes on by itself. */
static const char judge_refund[] = STEP("judge_refund", "await_refund") READ_ORDER
    "'checks':[" UPSELL__CHECKS_ORDER
    ",{'name':'no_contract','at':'/order/lineItems/nodes',"
    "'where':{@new_line@,@accepted_quantity@,'/contract/status':'ACTIVE'},'op':'null'},"
    "@to_refund_checks@,{'name':'money_kept','at':'@outstanding@','op':'lt','value':'0'}],"
    "'on':[" UPSELL__ROW_FOREIGN
    ",{'when':'cancelled','do':'stop','state':'unknown'},"
    "{'when':'no_contract','do':'stop','state':'unknown'},@not_refunded_rows@,"
    "{'when':'money_kept','do':'stop','state':'delivered_not_refunded'},"
    "{'when':'ok','do':'stop','state':'unknown'}," UPSELL__ROWS_READ "]}";

void upsell__word_await_contract(upsell__wording *wording)
{
  upsell__word_step(wording, await_contract);
}

void upsell__word_refund(upsell__wording *wording)
{
  int keyed = wording->terms->api_version >= UPSELL_API_2026_04;

  upsell__word_step(wording, look_refunded);
  upsell__word_step(wording, guard);
  upsell__word_step(wording, keyed ? refund_keyed : refund_unkeyed);
  upsell__word_step(wording, await_refund);
  upsell__word_step(wording, judge_refund);
}
