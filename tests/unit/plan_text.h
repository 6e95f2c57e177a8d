/* SPDX-License-Identifier: MIT */
/* A plan that has one of everything, for tests to change. A plan is the list of its parts, which
 * end with NULL and are written with single quotes. */
#ifndef UPSELL_TESTS_PLAN_TEXT_H
#define UPSELL_TESTS_PLAN_TEXT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <upsell/base.h>

static const char *const good_plan[] = {
    "{'format':'upsell.plan/1','plan_id':'p-1','pattern':'one_time_to_one_time',"
    "'scenario_id':'S1','order_id':'o-1','shop':null,'reference_id':'r-1','api_version':'2026-07',"
    "'dialect':'draft','currency':'JPY','scopes':['read_orders'],'known_line_ids':['l-1'],"
    "'charge':{'now':'800'},'steps':[",
    /* 0 */
    "{'id':'charge','channel':'changeset','depends_on':[],'irreversible':true,"
    "'if_stopped':'unknown','changes':[{'type':'add_variant','variantId':201}],"
    "'buyer_consent':false,'expect':{'lines':['800']},'idempotency_key':'k-1',"
    "'expires_after_seconds':300,"
    "'on':[{'when':'unprocessed/insufficient_inventory','do':'stop','state':'not_charged'},"
    "{'when':'no_answer','do':'retry','max':3,'wait_seconds':2},{'when':'no_answer','do':'next'},"
    "{'when':'processed','do':'next'}]},",
    /* 1 */
    "{'id':'find','channel':'wait','depends_on':['charge'],'irreversible':false,"
    "'if_stopped':'unknown','webhooks':['orders/create'],'poll':{'operation':'orders',"
    "'document':'query','variables':{'q':'token:r-1'},'every_seconds':5},"
    "'until':[{'name':'found','at':'/nodes','op':'present','where':{'/token':'r-1'}}],"
    "'output':{'order_id':{'at':'/nodes','where':{'/token':'r-1'},'take':'/id'},'nodes':'/nodes'},"
    "'timeout_seconds':900,'on':[{'when':'timeout','do':'stop','state':'unknown'}]},",
    /* 2 */
    "{'id':'claim','channel':'admin_graphql','depends_on':['find'],'irreversible':false,"
    "'if_stopped':'unknown','operation':'metafieldsSet','document':'mutation','variables':"
    "{'ownerId':{'$bind':'find/order_id'},'value':{'$host':'run_id'}},'errors':'/m/userErrors',"
    "'output':{'value':'/m/value'},'checks':["
    "{'name':'other','at':'/m/value','op':'ne','value':{'$host':'run_id'}},"
    "{'name':'zero','at':'/m/count','op':'lt','value':'1.0'}],"
    "'on':[{'when':'no_answer','do':'retry','max':5,'wait_seconds':1},"
    "{'when':'other','do':'next'}]},",
    /* 3 */
    "{'id':'read','channel':'admin_graphql','depends_on':['claim'],'irreversible':false,"
    "'if_stopped':'unknown','operation':'order','document':'query',"
    "'variables':{'id':{'$bind':'find/order_id'}},'output':{'line_id':{'at':'/lines',"
    "'where':{'/variant':'201','/id':{'not_in':['l-1']}},'take':'/id'},"
    "'old':{'at':'/lines','where':{'/tags':{'contains':{'key':'x'}}},'all':true}},"
    "'checks':[{'name':'unpaid','at':'/lines','op':'present','where':{'/paid':false}}],"
    "'on':[{'when':'unpaid','do':'compensate','step':'undo','state':'unpaid_line'},"
    "{'when':'ambiguous','do':'compensate','step':'undo_end','state':'unknown'}]},",
    /* 4 */
    "{'id':'contract','channel':'wait','depends_on':['read'],'irreversible':false,"
    "'if_stopped':'paid_contract_unknown','webhooks':[{'topic':'contracts/create',"
    "'where':{'/order_id':{'$bind':'find/order_id'}}}],'poll':{'operation':'contract',"
    "'document':'query','every_seconds':30},'until':[],'output':{'id':'/id'},"
    "'checks':[{'name':'cancelled','at':'/status','op':'eq','value':'CANCELLED'}],"
    "'timeout_seconds':60},",
    /* 5 */
    "{'id':'open','channel':'admin_graphql','depends_on':['contract'],'irreversible':false,"
    "'if_stopped':'paid_not_delivered','operation':'update','document':'mutation',"
    "'variables':{'contractId':{'$bind':'contract/id'}},'output':{'draft_id':'/u/draft/id'},"
    "'checks':[{'name':'added','at':'/u/lines','op':'present',"
    "'where':{'/attributes':{'contains':{'key':'k'}}}}],"
    "'on':[{'when':'added','do':'skip_to','step':'verify'}]},",
    /* 6 */
    "{'id':'add','channel':'admin_graphql','depends_on':['open','read'],'irreversible':false,"
    "'if_stopped':'paid_not_delivered','operation':'add','document':'mutation',"
    "'variables':{'draftId':{'$bind':'open/draft_id'},'lines':{'$map':{'from':'read/old',"
    "'each':{'id':{'$item':'/id'},'parts':{'$map':{'from':{'$item':'/parts'},"
    "'each':{'$item':''}}}},'append':[{'id':{'$bind':'read/line_id'}}]}}},"
    "'output':{'count':'/add/count'}},",
    /* 7 */
    "{'id':'commit','channel':'admin_graphql','depends_on':['add'],'irreversible':true,"
    "'if_stopped':'paid_not_delivered','operation':'commit','document':'mutation',"
    "'variables':{'draftId':{'$bind':'open/draft_id'}},"
    "'on':[{'when':'throttled','do':'retry','max':9,'wait_seconds':2},"
    "{'when':'no_answer','do':'next'}]},",
    /* 8 */
    "{'id':'verify','channel':'admin_graphql','depends_on':['commit'],'irreversible':false,"
    "'if_stopped':'paid_not_delivered','operation':'contract','document':'query',"
    "'variables':{'id':{'$bind':'contract/id'}},"
    "'on':[{'when':'no_answer','do':'restart_from','step':'verify','max':4}]},",
    /* 9 */
    "{'id':'undo','channel':'admin_graphql','lane':'compensation','depends_on':[],"
    "'irreversible':false,'if_stopped':'unpaid_line','operation':'begin','document':'mutation',"
    "'variables':{'id':{'$bind':'find/order_id'}},'output':{'edit_id':'/b/id'}},",
    /* 10 */
    "{'id':'undo_end','channel':'admin_graphql','lane':'compensation','depends_on':[],"
    "'irreversible':true,'if_stopped':'unpaid_line','operation':'end','document':'mutation',"
    "'variables':{'id':{'$bind':'find/order_id'}},'idempotency_key':'k-2'}]}",
    NULL};

/* The parts of a plan as one text, with double quotes; the caller frees `data`. */
static inline upsell_str plan_text(const char *const *parts)
{
  upsell_str text = {NULL, 0};
  char *joined;
  size_t i;

  for (i = 0; parts[i]; i++)
    text.len += strlen(parts[i]);
  joined = calloc(text.len + 1, 1);
  ck_assert_ptr_nonnull(joined);
  for (i = 0; parts[i]; i++)
    strcat(joined, parts[i]);
  for (i = 0; i < text.len; i++)
    joined[i] = joined[i] == '\'' ? '"' : joined[i];
  text.data = joined;
  return text;
}

/* The same with the first `from` replaced by `to`; both in single quotes. */
static inline upsell_str changed_plan(const char *const *parts, const char *from, const char *to)
{
  const char *const from_parts[] = {from, NULL};
  const char *const to_parts[] = {to, NULL};
  upsell_str plan = plan_text(parts);
  upsell_str old = plan_text(from_parts);
  upsell_str new = plan_text(to_parts);
  const char *place = strstr(plan.data, old.data);
  const char *const changed[] = {plan.data, new.data, place ? place + old.len : NULL, NULL};
  upsell_str text;

  ck_assert_msg(place != NULL, "no %s in the plan", from);
  ((char *)plan.data)[place - plan.data] = '\0';
  text = plan_text(changed);
  free((char *)plan.data);
  free((char *)old.data);
  free((char *)new.data);
  return text;
}

#endif
