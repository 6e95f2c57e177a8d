/* SPDX-License-Identifier: MIT */
/*
 * Claiming: a metafield that can be made only once holds the id of the run that may
 * change anything. Who comes second waits until the first has delivered.
 */
#include "shopify/wording.h"

static const char claim[] =
    "{'id':'@undo@claim','channel':'admin_graphql',@lane@'depends_on':['@undo@find_order'],"
    "'irreversible':false,'if_stopped':'unknown','operation':'metafieldsSet',"
    "'document':@document claim@,'variables':{'metafields':[{'ownerId':{'$bind':'@undo@"
    "find_order/order_id'},'namespace':'upsell','key':@claim_key@,"
    "'type':'single_line_text_field','value':{'$host':'run_id'},'compareDigest':null}]},"
    "'errors':'/metafieldsSet/userErrors','on':["
    /* Refused because it is there: reading back tells whose it is. */
    "{'when':'STALE_OBJECT','do':'next'},{'when':'INVALID_COMPARE_DIGEST','do':'next'},"
    "{'when':'TAKEN','do':'next'},"
    "{'when':'no_answer','do':'retry','max':3,'wait_seconds':2},{'when':'no_answer','do':'next'}"
    "," UPSELL__ROW_THROTTLED "]}";

static const char read_claim[] =
    "{'id':'@undo@read_claim','channel':'admin_graphql',@lane@'depends_on':['@undo@claim'],"
    "'irreversible':false,'if_stopped':'unknown','operation':'order',"
    "'document':@document_of_claim@,'variables':{'id':{'$bind':'@undo@find_order/order_id'},"
    "'claim':@claim_key@,'evidence':@evidence_key@},@found_lines@"
    "'checks':[" UPSELL__CHECK_FOREIGN("/order") ","
    "{'name':'unclaimed','at':'/order/claim/value','op':'null'},"
    "{'name':'ours','at':'/order/claim/value','op':'eq','value':{'$host':'run_id'}}],"
    "'on':[" UPSELL__ROW_FOREIGN ","
    "{'when':'unclaimed','do':'restart_from','step':'@undo@claim','max':3},"
    "{'when':'unclaimed','do':'stop','state':'unknown'},@claim_rows@," UPSELL__ROWS_READ "]}";

/* Another run's claim: it delivers, and this one only looks. */
#define YIELD(poll, until)                                                                         \
  "{'id':'await_other@k@','channel':'wait','depends_on':['@before_yield@'],'irreversible':false,"  \
  "'if_stopped':'unknown','webhooks':[]," poll ",'until':[" until                                  \
  "],"                                                                                             \
  "'timeout_seconds':@other_wait@,'on':[" UPSELL__ROW_FOREIGN                                      \
  ",{'when':'timeout','do':'stop','state':'unknown'}@yield_row@]}"

static const char yield_contract[] = YIELD(
    "'poll':{'operation':'node','document':@document line_contract_lines@,"
    "'variables':{'line':@line@,'evidence':@evidence_key@},'every_seconds':30},'checks':"
    "[" UPSELL__CHECK_FOREIGN("/node/contract/originOrder") "]",
    "@delivered_to_contract@");

static const char yield_order[] = YIELD(
    "'poll':{'operation':'order','document':@document_of_lines@,"
    "'variables':{'id':{'$bind':'find_order/order_id'},'evidence':@evidence_key@},"
    "'every_seconds':30},'checks':[" UPSELL__CHECK_FOREIGN("/order") "]",
    "@delivered_to_order@");

void upsell__word_claim(upsell__wording *wording)
{
  upsell__word_step(wording, claim);
  upsell__word_step(wording, read_claim);
}

void upsell__word_yield(upsell__wording *wording)
{
  int joins_contract = upsell__joins_contract(wording);

  upsell__word_step(wording, joins_contract ? yield_contract : yield_order);
}
