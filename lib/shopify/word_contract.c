/* SPDX-License-Identifier: MIT */
/*
 * Adding the item to a contract, in two dialects. A marker on the line says which plan
 * added it; it is looked for inside what will be committed, so that no order of events
 * adds it twice.
 */
#include "shopify/wording.h"

#define WEBHOOKS                                                                                   \
  "'webhooks':[{'topic':'subscription_contracts/create','where':"                                  \
  "{'/admin_graphql_api_origin_order_id':{'$bind':'find_order/order_id'}}}]"

#define CHECK_TERMINATED(at)                                                                       \
  "{'name':'paused','at':'" at                                                                     \
  "','op':'eq','value':'PAUSED'},"                                                                 \
  "{'name':'terminated','at':'" at                                                                 \
  "','op':'eq','value':'CANCELLED'},"                                                              \
  "{'name':'terminated_expired','at':'" at                                                         \
  "','op':'eq','value':'EXPIRED'},"                                                                \
  "{'name':'terminated_failed','at':'" at "','op':'eq','value':'FAILED'}"

#define CHECK_MARKED(nodes)                                                                        \
  "{'name':'already_added','at':'" nodes "','where':{@marker@},'op':'present'}"

#define CHECK_TOO_MANY(at)                                                                         \
  "{'name':'too_many_lines','at':'" at "/pageInfo/hasNextPage','op':'eq','value':true}"

/* A step of one target's branch: what stops here leaves a buyer who paid without the item. */
#define STEP(id, channel, after)                                                                   \
  "{'id':'" id "@k@','channel':'" channel "','depends_on':['" after                                \
  "'],"                                                                                            \
  "'irreversible':false,'if_stopped':'paid_not_delivered',"

#define CALL(operation, document) "'operation':'" operation "','document':@document " document "@,"

#define SKIP_TO_VERIFY "{'when':'already_added','do':'skip_to','step':'verify@k@'}"

static const char await_contract[] =
    STEP("await_contract", "wait", "judge_absence") WEBHOOKS
    ",'poll':{'operation':'node','document':@document line_contract@,"
    "'variables':{'line':@line@,'evidence':@evidence_key@},'every_seconds':15},"
    "'checks':[" UPSELL__CHECK_FOREIGN("/node/contract/originOrder") ","
    CHECK_TERMINATED("/node/contract/status") ","
    "{'name':'other_origin','at':'/node/contract/originOrder/id','op':'ne',"
    "'value':{'$bind':'find_order/order_id'}},"
    "{'name':'order_cancelled','at':'/node/contract/originOrder/cancelledAt','op':'present'}"
    "@other_contract_check@],"
    "'until':[{'name':'active','at':'/node/contract/status','op':'eq','value':'ACTIVE'},"
    "{'name':'origin','at':'/node/contract/originOrder/id','op':'eq',"
    "'value':{'$bind':'find_order/order_id'}},"
    "{'name':'evidence','at':'/node/contract/originOrder/evidence/value','op':'eq',"
    "'value':@plan_id@}],"
    "'output':{'contract_id':'/node/contract/id'},'timeout_seconds':@contract_wait@,"
    "'on':[" UPSELL__ROW_FOREIGN
    ",{'when':'timeout','do':'stop','state':'paid_not_delivered'}]}";

/* The draft dialect. */

static const char open_draft[] =
    STEP("open", "admin_graphql", "await_contract@k@")
    CALL("subscriptionContractUpdate", "open_draft")
    "'variables':{'contractId':{'$bind':'await_contract@k@/contract_id'}},"
    "'output':{'draft_id':'/subscriptionContractUpdate/draft/id'},"
    "'errors':'/subscriptionContractUpdate/userErrors','checks':["
    CHECK_MARKED("/subscriptionContractUpdate/draft/lines/nodes") ","
    CHECK_TOO_MANY("/subscriptionContractUpdate/draft/lines") "],"
    /* An abandoned draft does nothing, so that opening another is harmless. */
    "'on':[" SKIP_TO_VERIFY "," UPSELL__ROWS_REPEAT ","
    UPSELL__ROW_THROTTLED "]}";

static const char add_line[] =
    STEP("add_line", "admin_graphql", "open@k@") CALL("subscriptionDraftLineAdd", "add_line")
    "'variables':{'draftId':{'$bind':'open@k@/draft_id'},'input':@draft_line@},"
    "'errors':'/subscriptionDraftLineAdd/userErrors',"
    /* It is not known whether the draft has the line now: leave it, open another. */
    "'on':[{'when':'no_answer','do':'restart_from','step':'open@k@','max':20},"
    UPSELL__ROW_THROTTLED "]}";

static const char read_draft[] =
    STEP("read_draft", "admin_graphql", "add_line@k@") CALL("subscriptionDraft", "read_draft")
    "'variables':{'draftId':{'$bind':'open@k@/draft_id'},'evidence':@evidence_key@},"
    "'output':{'line_id':{'at':'/subscriptionDraft/lines/nodes','where':{@marked_line@},"
    "'take':'/id'}},'checks':[" UPSELL__CHECK_FOREIGN("/subscriptionDraft/originalContract/originOrder") "," UPSELL__CHECK_NO_EVIDENCE("/subscriptionDraft/originalContract/originOrder") ","
    CHECK_MARKED("/subscriptionDraft/originalContract/lines/nodes") ","
    CHECK_TERMINATED("/subscriptionDraft/originalContract/status") "],"
    "'on':[" UPSELL__ROW_FOREIGN "," SKIP_TO_VERIFY ","
    "{'when':'no_match','do':'restart_from','step':'open@k@','max':3},"
    "{'when':'ambiguous','do':'restart_from','step':'open@k@','max':3}," UPSELL__ROWS_READ "]}";

static const char commit_draft[] =
    STEP("commit", "admin_graphql", "read_draft@k@")
    CALL("subscriptionDraftCommit", "commit_draft")
    "'variables':{'draftId':{'$bind':'open@k@/draft_id'}},"
    "'errors':'/subscriptionDraftCommit/userErrors',"
    /* A draft is committed once only, so that sending again is harmless. */
    "'on':[" UPSELL__ROWS_REPEAT ","
    "{'when':'no_answer','do':'next'},{'when':'COMMITTED','do':'next'},"
    "{'when':'STALE_CONTRACT','do':'restart_from','step':'open@k@','max':20},"
    UPSELL__ROW_THROTTLED "]}";

/* The calculation dialect: the complete list of lines is sent, so that all of it is read
 * before, and what cannot be copied exactly stops. */

static const char read_contract[] =
    STEP("read_contract", "admin_graphql", "await_contract@k@")
    CALL("subscriptionContract", "read_contract")
    "'variables':{'id':{'$bind':'await_contract@k@/contract_id'},'evidence':@evidence_key@},"
    "'output':{'revision_id':'/subscriptionContract/revisionId',"
    "'lines':'/subscriptionContract/lines/nodes'},'checks':["
    UPSELL__CHECK_FOREIGN("/subscriptionContract/originOrder") "," UPSELL__CHECK_NO_EVIDENCE("/subscriptionContract/originOrder") ","
    CHECK_MARKED("/subscriptionContract/lines/nodes") ","
    CHECK_TERMINATED("/subscriptionContract/status") ","
    CHECK_TOO_MANY("/subscriptionContract/lines") ","
    "{'name':'too_many_discounts','at':'/subscriptionContract/discounts/pageInfo/hasNextPage',"
    "'op':'eq','value':true},"
    "{'name':'discount_code','at':'/subscriptionContract/lines/nodes','where':"
    "{'/discountAllocations':{'contains':{'discount':"
    "{'__typename':'SubscriptionAppliedCodeDiscount'}}}},'op':'present'},"
    "{'name':'discount_of_all_lines','at':'/subscriptionContract/discounts/nodes',"
    "'where':{'/entitledLines/all':true},'op':'present'},"
    "{'name':'discount_without_limit','at':'/subscriptionContract/discounts/nodes',"
    "'where':{'/recurringCycleLimit':null},'op':'present'},"
    "{'name':'discount_without_title','at':'/subscriptionContract/discounts/nodes',"
    "'where':{'/title':null},'op':'present'},"
    "{'name':'custom_line','at':'/subscriptionContract/lines/nodes','where':{'/variantId':null},"
    "'op':'present'}],"
    "'on':[" UPSELL__ROW_FOREIGN "," SKIP_TO_VERIFY "," UPSELL__ROWS_READ "]}";

static const char calculate[] =
    STEP("calculate", "admin_graphql", "read_contract@k@")
    CALL("subscriptionContractUpdateCalculate", "calculate")
    "'variables':{'contractId':{'$bind':'await_contract@k@/contract_id'},"
    "'input':{'lines':{'$map':{'from':'read_contract@k@/lines','each':@kept_line@,"
    "'append':[@calculated_line@]}},'discountCodes':[],'withMerchandiseCustomizations':false}},"
    "'output':{'calculation_id':'/subscriptionContractUpdateCalculate/"
    "subscriptionContractCalculation/id'},"
    "'errors':'/subscriptionContractUpdateCalculate/userErrors',"
    /* A calculation that nobody commits does nothing. */
    "'on':[" UPSELL__ROWS_REPEAT "," UPSELL__ROW_THROTTLED
    "]}";

static const char await_calculation[] =
    STEP("await_calculation", "wait", "calculate@k@")
    "'webhooks':['subscription_contract_calculations/succeed',"
    "'subscription_contract_calculations/fail'],"
    "'poll':{'operation':'subscriptionContractCalculation','document':@document read_calculation@,"
    "'variables':{'id':{'$bind':'calculate@k@/calculation_id'}},'every_seconds':5},"
    "'checks':[{'name':'failed','at':'/subscriptionContractCalculation/__typename','op':'eq',"
    "'value':'SubscriptionContractCalculationFailure'}],"
    "'until':[{'name':'succeeded','at':'/subscriptionContractCalculation/__typename','op':'eq',"
    "'value':'SubscriptionContractCalculationSuccess'},{'name':'has_line',"
    "'at':'/subscriptionContractCalculation/calculatedContract/lines/nodes',"
    "'where':{@calculated_marked_line@},'op':'present'}],"
    "'timeout_seconds':300,'on':[{'when':'timeout','do':'restart_from','step':'read_contract@k@',"
    "'max':2},{'when':'failed','do':'restart_from','step':'read_contract@k@','max':1}]}";

static const char compare[] =
    STEP("compare", "admin_graphql", "await_calculation@k@")
    CALL("subscriptionContract", "compare_contract")
    "'variables':{'id':{'$bind':'await_contract@k@/contract_id'},'evidence':@evidence_key@},"
    "'checks':[" UPSELL__CHECK_FOREIGN("/subscriptionContract/originOrder") "," UPSELL__CHECK_NO_EVIDENCE("/subscriptionContract/originOrder") ","
    CHECK_MARKED("/subscriptionContract/lines/nodes") ","
    CHECK_TERMINATED("/subscriptionContract/status") ","
    "{'name':'changed','at':'/subscriptionContract/revisionId','op':'ne',"
    "'value':{'$bind':'read_contract@k@/revision_id'}}],"
    "'on':[" UPSELL__ROW_FOREIGN "," SKIP_TO_VERIFY ","
    "{'when':'changed','do':'restart_from','step':'read_contract@k@','max':5},"
    UPSELL__ROWS_READ "]}";

static const char commit_calculation[] =
    STEP("commit", "admin_graphql", "compare@k@")
    CALL("subscriptionContractCalculationCommit", "commit_calculation")
    "'variables':{'id':{'$bind':'calculate@k@/calculation_id'}},"
    "'errors':'/subscriptionContractCalculationCommit/userErrors',"
    /* A calculation is committed once only: a second time it is not found any more. */
    "'on':[" UPSELL__ROWS_REPEAT ","
    "{'when':'no_answer','do':'next'},{'when':'CALCULATION_NOT_FOUND','do':'next'},"
    "{'when':'NOT_READY_TO_COMMIT','do':'retry','max':5,'wait_seconds':5},"
    "{'when':'STALE_CONTRACT','do':'restart_from','step':'read_contract@k@','max':5},"
    UPSELL__ROW_THROTTLED "]}";

static const char *const by_draft[] = {await_contract, open_draft,   add_line,
                                       read_draft,     commit_draft, NULL};

static const char *const by_calculation[] = {
    await_contract, read_contract, calculate, await_calculation, compare, commit_calculation, NULL};

void upsell__word_add_to_contract(upsell__wording *wording)
{
  const char *const *step =
      wording->terms->dialect == UPSELL_DIALECT_CALCULATION ? by_calculation : by_draft;

  for (; *step; step++)
    upsell__word_step(wording, *step);
}
