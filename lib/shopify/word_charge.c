/* SPDX-License-Identifier: MIT */
/* Charging, in the buyer's page; and finding the order that was charged. */
#include "shopify/wording.h"

/* A code with which the platform says for certain that it did nothing. */
#define REFUSED(code) "{'when':'unprocessed/" code "','do':'stop','state':'not_charged'},"

/* An answer may have several codes, so that the first rows are about those that prove
 * something, or nothing: only what is left may be a plain refusal. */
static const char charge[] =
    "{'id':'charge','channel':'changeset','depends_on':[],'irreversible':true,"
    "'if_stopped':'unknown','changes':@changes@,'buyer_consent':@consent@,"
    "'expect':{'lines':@expected_lines@},'idempotency_key':@charge_key@,"
    "'expires_after_seconds':@expires@,'on':["
    /* Done, now or before. */
    "{'when':'changeset_already_applied','do':'next'},"
    /* No plain refusal: the item may be on the order all the same. */
    "@contract_refused_row@"
    /* The key makes sending again harmless; and then the order itself must tell. */
    "{'when':'server_error','do':'retry','max':3,'wait_seconds':2},"
    "{'when':'server_error','do':'next'},"
    /* The host compared prices, or the page closed, before anything was sent. */
    "{'when':'price_differs','do':'stop','state':'not_charged'},"
    "{'when':'not_sent','do':'stop','state':'not_charged'},"
    "{'when':'declined','do':'stop','state':'not_charged'},"
    "{'when':'expired','do':'stop','state':'not_charged'}," REFUSED("payment_required")
        REFUSED("insufficient_inventory") REFUSED("unsupported_payment_method")
            REFUSED("invalid_request") REFUSED("buyer_consent_required")
                REFUSED("subscription_vaulting_error")
                    REFUSED("subscription_no_shipping_address_error")
                        REFUSED("subscription_limit_error") REFUSED("order_released_error")
    "{'when':'no_answer','do':'retry','max':3,'wait_seconds':2},"
    "{'when':'no_answer','do':'next'},{'when':'unprocessed','do':'next'},"
    "{'when':'partially_processed','do':'next'},{'when':'processed','do':'next'}]}";

/* Exactly one order has the checkout token, or none is touched. */
static const char find_by_reference[] =
    "{'id':'@undo@find_order','channel':'wait',@lane@'depends_on':[@after_charge@],"
    "'irreversible':false,'if_stopped':'unknown','webhooks':[],"
    "'poll':{'operation':'orders','document':@document find_order@,"
    "'variables':{'q':@order_query@},'every_seconds':5},"
    "'until':[{'name':'found','at':'/orders/nodes','where':{@order_identity@},'op':'present'}],"
    "'output':{'order_id':{'at':'/orders/nodes','where':{@order_identity@},'take':'/id'}},"
    "'timeout_seconds':@order_wait@,'on':[{'when':'timeout','do':'stop','state':'unknown'}]}";

static const char find_by_id[] =
    "{'id':'@undo@find_order','channel':'wait',@lane@'depends_on':[@after_charge@],"
    "'irreversible':false,'if_stopped':'unknown','webhooks':[],"
    "'poll':{'operation':'order','document':@document see_order@,"
    "'variables':{'id':@order_gid@},'every_seconds':5},"
    "'until':[{'name':'found','at':'/order/id','op':'present'}],"
    "'checks':[@other_order_check@],'output':{'order_id':'/order/id'},"
    "'timeout_seconds':@order_wait@,'on':[{'when':'timeout','do':'stop','state':'unknown'}]}";

void upsell__word_charge(upsell__wording *wording)
{
  upsell__word_step(wording, charge);
}

void upsell__word_find_order(upsell__wording *wording)
{
  upsell__word_step(wording, wording->terms->order_gid.data ? find_by_id : find_by_reference);
}
