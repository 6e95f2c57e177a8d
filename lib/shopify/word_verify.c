/* SPDX-License-Identifier: MIT */
/* The last step of every branch: read back, and prove that the buyer has what was paid. */
#include "shopify/wording.h"

static const char verify_contract[] =
    "{'id':'verify@k@','channel':'wait','depends_on':['commit@k@'],'irreversible':false,"
    "'if_stopped':'paid_not_delivered','webhooks':[],"
    "'poll':{'operation':'node','document':@document line_contract_lines@,"
    "'variables':{'line':@line@,'evidence':@evidence_key@},'every_seconds':10},"
    "'checks':[" UPSELL__CHECK_FOREIGN("/node/contract/originOrder") ","
    "{'name':'too_many_lines','at':'/node/contract/lines/pageInfo/hasNextPage','op':'eq',"
    "'value':true}],'until':[@delivered_to_contract@],"
    "'output':{'line_id':{'at':'/node/contract/lines/nodes','where':{@marker@},'take':'/id'}},"
    "'timeout_seconds':@proof_wait@,'on':[" UPSELL__ROW_FOREIGN
    ",{'when':'ambiguous','do':'stop','state':'unknown'},"
    "{'when':'graphql_error','do':'stop','state':'unknown'}]}";

#define VERIFY_ORDER(after)                                                                        \
  "{'id':'verify','channel':'wait','depends_on':['" after                                          \
  "'],'irreversible':false,"                                                                       \
  "'if_stopped':'unknown','webhooks':[],"                                                          \
  "'poll':{'operation':'order','document':@document_of_lines@,"                                    \
  "'variables':{'id':{'$bind':'find_order/order_id'},'evidence':@evidence_key@},"                  \
  "'every_seconds':10},'checks':[" UPSELL__CHECKS_ORDER                                            \
  "],'until':[@delivered_to_order@],@new_line_output@"                                             \
  "'timeout_seconds':@proof_wait@,'on':[" UPSELL__ROW_FOREIGN                                      \
  ",{'when':'cancelled','do':'stop','state':'unknown'}]}"

static const char verify_order[] = VERIFY_ORDER("judge_absence");

static const char verify_replacement[] = VERIFY_ORDER("judge_refund");

void upsell__word_verify(upsell__wording *wording)
{
  switch (wording->terms->deal->pattern) {
  case UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION:
    upsell__word_step(wording, verify_contract);
    break;
  case UPSELL_ONE_TIME_TO_SUBSCRIPTION:
    upsell__word_step(wording, verify_replacement);
    break;
  default:
    upsell__word_step(wording, verify_order);
    break;
  }
}
