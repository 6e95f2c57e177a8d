/* SPDX-License-Identifier: MIT */
/*
 * Compensation: taking off the order what was not paid ("undo"), or what was refused a
 * contract by name ("refused"), paid or not. Each finds and claims the order by itself,
 * since it may begin before either was done, and ends by stopping.
 */
#include "shopify/wording.h"

#define STEP(id, channel, after, state)                                                            \
  "{'id':'@undo@" id "','channel':'" channel "','lane':'compensation','depends_on':['@undo@" after \
  "'],'irreversible':false,'if_stopped':'" state "',"

#define READ_VARIABLES                                                                             \
  "'variables':{'id':{'$bind':'@undo@find_order/order_id'},'evidence':@evidence_key@"

#define READ_ORDER "'operation':'order','document':@document_of_lines@," READ_VARIABLES "},"

#define THERE(op) "'at':'/order/lineItems/nodes','where':{@new_line@,@some_left@},'op':'" op "'"

/* A refusal is believed only when it can be seen: the item may never have come. */
static const char await_item[] =
    STEP("await_item", "wait", "read_claim", "unknown")
    "'webhooks':[],'poll':{" READ_ORDER "'every_seconds':30},'checks':[" UPSELL__CHECKS_ORDER "],"
    "'until':[{'name':'there'," THERE("present") "}],'timeout_seconds':@item_wait@,"
    "'on':[" UPSELL__ROW_FOREIGN ",{'when':'timeout','do':'next'},"
    "{'when':'ok','do':'skip_to','step':'@undo@look'}]}";

static const char absence[] =
    STEP("absence", "admin_graphql", "await_item", "unknown") READ_ORDER
    "'checks':[" UPSELL__CHECKS_ORDER ",{'name':'there'," THERE("present") "},"
    "{'name':'not_charged','at':'/order/evidence/value','op':'null'}],"
    "'on':[" UPSELL__ROW_FOREIGN ",{'when':'not_charged','do':'stop','state':'not_charged'},"
    "{'when':'ok','do':'stop','state':'unknown'}," UPSELL__ROWS_READ "]}";

/* What is owed must be the item's price: else it may be paid, and something else owed. */
#define LOOK(after, paid)                                                                          \
  STEP("look", "admin_graphql", after, "unknown")                                                  \
  READ_ORDER "'output':{@only_new_line@'lines':{'at':'/order/lineItems/nodes',"                     \
             "'where':{@new_line@,@some_left@},'all':true}},"                                      \
             "'checks':[" UPSELL__CHECKS_ORDER ",{'name':'gone'," THERE("null") "},"               \
             "{'name':'no_evidence','at':'/order/evidence/value','op':'null'},"                    \
             "@other_line_check@@has_contract_check@"                                                                \
             "{'name':'paid','at':'@outstanding@','op':'lt','value':@minor_unit@},"                \
             "{'name':'other_amount','at':'@outstanding@','op':'ne','value':@charged@}],"          \
             "'on':[" UPSELL__ROW_FOREIGN ",@has_contract_row@" paid "," UPSELL__ROWS_READ "]}"

static const char look_at_unpaid[] = LOOK("read_claim", "@paid_row@");

static const char look_at_refused[] =
    LOOK("absence", "{'when':'paid','do':'skip_to','step':'@undo@suggest'}");

#define ITEMS                                                                                      \
  "{'$map':{'from':'@undo@look/lines','each':{'lineItemId':{'$item':'/id'},"                       \
  "'quantity':{'$item':'/currentQuantity'},'restockType':'CANCEL'}}}"

#define TAKE_OFF(id, after, transactions, done)                                                    \
  "{'id':'@undo@" id                                                                               \
  "','channel':'admin_graphql','lane':'compensation',"                                             \
  "'depends_on':['@undo@" after                                                                    \
  "'],'irreversible':true,'if_stopped':'unknown',"                                                 \
  "'operation':'refundCreate','document':@document refund@,'variables':{'input':{"                 \
  "'orderId':{'$bind':'@undo@find_order/order_id'},'note':@refund_note@,"                          \
  "'refundLineItems':" ITEMS transactions                                                          \
  "}@undo_key_variable@},"                                                                         \
  "'errors':'/refundCreate/userErrors',@undo_key_member@'on':["                                    \
  "@undo_retry_row@{'when':'no_answer'," done "},{'when':'user_error'," done                       \
  "},"                                                                                             \
  "{'when':'graphql_error'," done "},{'when':'ok'," done "}," UPSELL__ROW_THROTTLED "]}"

/* Nothing was paid for it, so that no money goes back. */
static const char remove_unpaid[] = TAKE_OFF("remove", "look", "", "'do':'next'");

static const char remove_refused[] =
    TAKE_OFF("remove", "look", "", "'do':'skip_to','step':'@undo@verify'");

/* It was paid, and there will be no contract: the money goes back with the item. The key
 * is the same, so that only one of the two is ever done. */
static const char suggest[] =
    STEP("suggest", "admin_graphql", "remove",
         "unknown") "'operation':'order','document':@document read_refund@," READ_VARIABLES
                    ",'lines':" ITEMS
                    "},"
                    "'output':{'transactions':'/order/suggestedRefund/suggestedTransactions'},"
                    "'checks':[" UPSELL__CHECKS_ORDER
                    ",{'name':'no_evidence','at':'/order/evidence/value',"
                    "'op':'null'},@has_contract_check@"
                    "{'name':'unpaid','at':'@outstanding@','op':'ge','value':@minor_unit@},"
                    "{'name':'nothing_suggested','at':'/order/suggestedRefund/amountSet/shopMoney/"
                    "amount',"
                    "'op':'lt','value':@minor_unit@}],'on':[" UPSELL__ROW_FOREIGN
                    "," UPSELL__ROWS_READ "]}";

static const char refund[] = TAKE_OFF(
    "refund", "suggest",
    ",'transactions':{'$map':{'from':'@undo@suggest/transactions','each':@refund_transaction@}}",
    "'do':'next'");

#define VERIFY(after)                                                                              \
  STEP("verify", "wait", after, "unknown")                                                         \
  "'webhooks':[],'poll':{" READ_ORDER "'every_seconds':10},'checks':[" UPSELL__CHECKS_ORDER ","    \
  "{'name':'overpaid','at':'@outstanding@','op':'lt','value':'0'}],"                               \
  "'until':[{'name':'gone'," THERE("null") "}],'timeout_seconds':@proof_wait@,"                    \
  "'on':[" UPSELL__ROW_FOREIGN ",{'when':'overpaid','do':'stop','state':'paid_not_delivered'},"    \
  "{'when':'cancelled','do':'stop','state':'unknown'},"                                            \
  "{'when':'ok','do':'stop','state':'unpaid_line_removed'}]}"

static const char verify_unpaid[] = VERIFY("remove");

static const char verify_refused[] = VERIFY("refund");

/* It has a contract after all. It is left alone, and the state tells who must look. */
static const char has_contract[] = STEP("contract", "admin_graphql", "verify", "unknown") READ_ORDER
    "'checks':[" UPSELL__CHECKS_ORDER
    ","
    "{'name':'owing','at':'@outstanding@','op':'ge','value':@minor_unit@}],"
    "'on':[" UPSELL__ROW_FOREIGN
    ",{'when':'ok','do':'stop','state':'delivered_not_refunded'}," UPSELL__ROWS_READ "]}";

static const char *const unpaid_item[] = {look_at_unpaid, remove_unpaid, verify_unpaid, NULL};

static const char *const unpaid_subscription[] = {look_at_unpaid, remove_unpaid, verify_unpaid,
                                                  has_contract, NULL};

static const char *const refused_subscription[] = {await_item,     absence,      look_at_refused,
                                                   remove_refused, suggest,      refund,
                                                   verify_refused, has_contract, NULL};

static void word_lane(upsell__wording *wording, const char *lane, const char *const *step)
{
  wording->lane = lane;
  upsell__word_find_order(wording);
  upsell__word_claim(wording);
  for (; *step; step++)
    upsell__word_step(wording, *step);
  wording->lane = NULL;
}

void upsell__word_undo(upsell__wording *wording)
{
  if (!upsell__replaces(wording)) {
    word_lane(wording, "undo_", unpaid_item);
    return;
  }
  word_lane(wording, "undo_", unpaid_subscription);
  word_lane(wording, "refused_", refused_subscription);
}
