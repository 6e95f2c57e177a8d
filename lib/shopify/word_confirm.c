/* SPDX-License-Identifier: MIT */
/*
 * The reading that decides. Only what is seen on the order counts: the item is there and
 * paid, or it is there and not paid, or it is not there long after the page has closed.
 */
#include "shopify/wording.h"

static const char confirm[] =
    "{'id':'confirm','channel':'wait','depends_on':['@last_yield@'],'irreversible':false,"
    "'if_stopped':'unknown','webhooks':[],"
    "'poll':{'operation':'order','document':@document_of_lines@,"
    "'variables':{'id':{'$bind':'find_order/order_id'},'evidence':@evidence_key@},"
    "'every_seconds':10},'checks':[" UPSELL__CHECKS_ORDER
    "@more_lines_check@],'until':[@paid_on_order@],"
    "@new_line_output@'timeout_seconds':@payment_wait@,'on':[" UPSELL__ROW_FOREIGN
    ","
    "{'when':'cancelled','do':'stop','state':'unknown'},"
    "{'when':'too_many_lines','do':'stop','state':'unknown'},"
    "{'when':'timeout','do':'next'},{'when':'ok','do':'skip_to','step':'@after_confirm@'}]}";

/* The wait ran out: one more look says why. It never goes on by itself. */
static const char judge[] =
    "{'id':'judge','channel':'admin_graphql','depends_on':['confirm'],'irreversible':false,"
    "'if_stopped':'unknown','operation':'order','document':@document_of_lines@,"
    "'variables':{'id':{'$bind':'find_order/order_id'},'evidence':@evidence_key@},"
    "'checks':[" UPSELL__CHECKS_ORDER
    ","
    "{'name':'gone','at':'/order/lineItems/nodes','where':{@new_line@,@some_left@},'op':'null'},"
    "{'name':'no_evidence','at':'/order/evidence/value','op':'null'},"
    "{'name':'other_quantity','at':'/order/lineItems/nodes','where':{@new_line@,@quantity_wrong@},"
    "'op':'present'},"
    "{'name':'paid','at':'@outstanding@','op':'lt','value':@minor_unit@},"
    /* What is owed is not the item's price, so that it may be owed for something else. */
    "{'name':'other_amount','at':'@outstanding@','op':'ne','value':@charged@}],"
    "'on':[" UPSELL__ROW_FOREIGN
    ",{'when':'gone','do':'next'},"
    "{'when':'paid','do':'restart_from','step':'confirm','max':1},"
    "{'when':'ok','do':'compensate','step':'undo_find_order','state':'unpaid_line_removed'}"
    "," UPSELL__ROWS_READ "]}";

/* The item is not there: it may come as long as the order takes charges. */
static const char await_charge[] =
    "{'id':'await_charge','channel':'wait','depends_on':['judge'],'irreversible':false,"
    "'if_stopped':'unknown','webhooks':[],"
    "'poll':{'operation':'order','document':@document_of_lines@,"
    "'variables':{'id':{'$bind':'find_order/order_id'},'evidence':@evidence_key@},"
    "'every_seconds':60},'checks':[" UPSELL__CHECKS_ORDER
    "],'until':[{'name':'there','at':'/order/lineItems/nodes',"
    "'where':{@new_line@,@some_left@},'op':'present'}],'timeout_seconds':@late_charge_wait@,"
    "'on':[" UPSELL__ROW_FOREIGN
    ",{'when':'timeout','do':'next'},"
    "{'when':'ok','do':'restart_from','step':'confirm','max':1}]}";

/* The item is not on the order. Without evidence nothing was ever done; with it, somebody
 * took the item off, and what was paid is not known here. */
static const char judge_absence[] =
    "{'id':'judge_absence','channel':'admin_graphql','depends_on':['await_charge'],"
    "'irreversible':false,'if_stopped':'unknown','operation':'order',"
    "'document':@document_of_lines@,"
    "'variables':{'id':{'$bind':'find_order/order_id'},'evidence':@evidence_key@},"
    "'checks':[" UPSELL__CHECKS_ORDER
    ","
    "{'name':'there','at':'/order/lineItems/nodes','where':{@new_line@,@some_left@},"
    "'op':'present'},"
    "{'name':'not_charged','at':'/order/evidence/value','op':'null'}],"
    "'on':[" UPSELL__ROW_FOREIGN
    ",{'when':'not_charged','do':'stop','state':'not_charged'},"
    "{'when':'ok','do':'stop','state':'unknown'}," UPSELL__ROWS_READ "]}";

void upsell__word_confirm(upsell__wording *wording)
{
  upsell__word_step(wording, confirm);
  upsell__word_step(wording, judge);
  upsell__word_step(wording, await_charge);
  upsell__word_step(wording, judge_absence);
}
