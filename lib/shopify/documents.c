/* SPDX-License-Identifier: MIT */
#include "shopify/documents.h"

#include "base/str.h"

#define FIRST UPSELL_API_2025_10
#define LAST UPSELL_API_2026_10

/* All subscription contracts of a shop are seen by the app that made them only. */
#define ORDERS UPSELL__READ_ORDERS
#define CHANGE_ORDERS (UPSELL__READ_ORDERS | UPSELL__WRITE_ORDERS)
#define CONTRACTS UPSELL__READ_CONTRACTS
#define CHANGE_CONTRACTS (UPSELL__READ_CONTRACTS | UPSELL__WRITE_CONTRACTS)

/* Whose charge it was: the metafield that the changeset itself has set. */
#define EVIDENCE "evidence: metafield(namespace: \"upsell\", key: $evidence) { value } "

/* What tells the lines of an order apart. */
#define LINE_IDENTITY                                                                              \
  "id variant { id } sellingPlan { sellingPlanId } discountedTotalSet { shopMoney { amount } } "

/* What is read of an order before something is done because of it. */
#define ORDER_STATE "id cancelledAt totalOutstandingSet { shopMoney { amount } } " EVIDENCE

#define LINE_STATE LINE_IDENTITY "currentQuantity refundableQuantity unfulfilledQuantity "

#define ORDER_LINES(selection)                                                                     \
  "lineItems(first: 250) { pageInfo { hasNextPage } nodes { " selection "} } "

#define MARKERS                                                                                    \
  "lines(first: 250) { pageInfo { hasNextPage } nodes { customAttributes { key value } } } "

#define MONEY "{ amount currencyCode } "

#define USER_ERRORS "userErrors { field message code } "

static const upsell__document documents[] = {
    /* The order of the purchase. */
    {"find_order", FIRST, UPSELL_API_2026_04, ORDERS,
     "query UpsellFindOrder($q: String!) { orders(first: 2, query: $q) { nodes { id } } }"},
    {"find_order", UPSELL_API_2026_07, LAST, ORDERS,
     "query UpsellFindOrder($q: String!) { orders(first: 2, query: $q) { nodes { id checkoutToken "
     "} } }"},
    {"see_order", FIRST, UPSELL_API_2026_04, ORDERS,
     "query UpsellSeeOrder($id: ID!) { order(id: $id) { id } }"},
    {"see_order", UPSELL_API_2026_07, LAST, ORDERS,
     "query UpsellSeeOrder($id: ID!) { order(id: $id) { id checkoutToken } }"},

    /* Claiming, and reading back who has the claim. */
    {"claim", FIRST, LAST, CHANGE_ORDERS,
     "mutation UpsellClaim($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: "
     "$metafields) { metafields { id } " USER_ERRORS "} }"},
    {"read_claim", FIRST, LAST, ORDERS,
     "query UpsellReadClaim($id: ID!, $claim: String!, $evidence: String!) { order(id: $id) { id "
     "claim: metafield(namespace: \"upsell\", key: $claim) { value } " EVIDENCE "} }"},
    {"read_claim_and_lines", FIRST, LAST, ORDERS | UPSELL__READ_PRODUCTS,
     "query UpsellReadClaim($id: ID!, $claim: String!, $evidence: String!) { order(id: $id) { id "
     "claim: metafield(namespace: \"upsell\", key: $claim) { value } " EVIDENCE ORDER_LINES(
         LINE_IDENTITY) "} }"},

    /* Reading the order's lines: with contracts where a subscription was added. */
    {"read_lines", FIRST, LAST, ORDERS | UPSELL__READ_PRODUCTS,
     "query UpsellReadLines($id: ID!, $evidence: String!) { order(id: $id) { " ORDER_STATE
         ORDER_LINES(LINE_STATE) "} }"},
    {"read_lines_and_contracts", FIRST, LAST, ORDERS | UPSELL__READ_PRODUCTS | CONTRACTS,
     "query UpsellReadLines($id: ID!, $evidence: String!) { order(id: $id) { " ORDER_STATE
         ORDER_LINES(LINE_STATE "contract { id status } ") "} }"},
    {"read_refund", FIRST, LAST, ORDERS | UPSELL__READ_PRODUCTS | CONTRACTS,
     "query UpsellReadRefund($id: ID!, $evidence: String!, $lines: [RefundLineItemInput!]!) { "
     "order(id: $id) { " ORDER_STATE ORDER_LINES(
         LINE_STATE "contract { id status } ") "suggestedRefund(refundLineItems: $lines) { "
                                               "amountSet { shopMoney { amount } } "
                                               "suggestedTransactions { gateway amountSet { "
                                               "shopMoney { amount } } parentTransaction { id } } "
                                               "} } }"},
    {"refund", FIRST, UPSELL_API_2026_01, CHANGE_ORDERS,
     "mutation UpsellRefund($input: RefundInput!) { refundCreate(input: $input) { refund { id } "
     "userErrors { field message } } }"},
    {"refund", UPSELL_API_2026_04, LAST, CHANGE_ORDERS,
     "mutation UpsellRefund($input: RefundInput!, $key: String!) { refundCreate(input: $input) "
     "@idempotent(key: $key) { refund { id } userErrors { field message } } }"},

    /* The contract of an order's line. */
    {"line_contract", FIRST, LAST, ORDERS | CONTRACTS,
     "query UpsellLineContract($line: ID!, $evidence: String!) { node(id: $line) { ... on LineItem "
     "{ id contract { id status originOrder { id cancelledAt " EVIDENCE "} } } } }"},
    {"line_contract_lines", FIRST, LAST, ORDERS | CONTRACTS,
     "query UpsellLineContractLines($line: ID!, $evidence: String!) { node(id: $line) { ... on "
     "LineItem { id contract { id status originOrder { id " EVIDENCE
     "} lines(first: 250) { pageInfo { hasNextPage } nodes { id variantId quantity sellingPlanId "
     "currentPrice { amount } customAttributes { key value } } } } } } }"},

    /* Adding a line by a draft of the contract. */
    {"open_draft", FIRST, UPSELL_API_2026_04, CHANGE_CONTRACTS,
     "mutation UpsellOpenDraft($contractId: ID!) { subscriptionContractUpdate(contractId: "
     "$contractId) { draft { id " MARKERS "} " USER_ERRORS "} }"},
    {"open_draft", UPSELL_API_2026_07, LAST, CHANGE_CONTRACTS,
     "mutation UpsellOpenDraft($contractId: ID!) { subscriptionContractUpdate(contractId: "
     "$contractId, actor: PARTNER) { draft { id " MARKERS "} " USER_ERRORS "} }"},
    {"add_line", FIRST, LAST, CHANGE_CONTRACTS,
     "mutation UpsellAddLine($draftId: ID!, $input: SubscriptionLineInput!) { "
     "subscriptionDraftLineAdd(draftId: $draftId, input: $input) { lineAdded { id } " USER_ERRORS
     "} }"},
    {"read_draft", FIRST, LAST, ORDERS | CONTRACTS,
     "query UpsellReadDraft($draftId: ID!, $evidence: String!) { subscriptionDraft(id: $draftId) { "
     "id lines(first: 250) { pageInfo { hasNextPage } nodes { id variantId quantity sellingPlanId "
     "currentPrice { amount } customAttributes { key value } } } originalContract { id status "
     "originOrder { id " EVIDENCE "} " MARKERS "} } }"},
    {"commit_draft", FIRST, LAST, CHANGE_CONTRACTS,
     "mutation UpsellCommitDraft($draftId: ID!) { subscriptionDraftCommit(draftId: $draftId) { "
     "contract { id } " USER_ERRORS "} }"},

    /* Adding a line by calculating the whole contract again. */
    {"read_contract", LAST, LAST, ORDERS | CONTRACTS | UPSELL__READ_PRODUCTS,
     "query UpsellReadContract($id: ID!, $evidence: String!) { subscriptionContract(id: $id) { id "
     "status revisionId originOrder { id " EVIDENCE
     "} lines(first: 100) { pageInfo { hasNextPage } nodes { id variantId quantity sellingPlanId "
     "sellingPlanName currentPrice " MONEY "customAttributes { key value } pricingPolicy { "
     "basePrice " MONEY "cycleDiscounts { afterCycle adjustmentType adjustmentValue { ... on "
     "MoneyV2 { amount } ... on SellingPlanPricingPolicyPercentageValue { percentage } } "
     "computedPrice " MONEY "} } discountAllocations { discount { __typename ... on "
     "SubscriptionManualDiscount { id title recurringCycleLimit value { ... on "
     "SubscriptionDiscountPercentageValue { percentage } ... on "
     "SubscriptionDiscountFixedAmountValue { amount " MONEY "appliesOnEachItem } } } } } } } "
     "discounts(first: 100) { pageInfo { hasNextPage } nodes { id title recurringCycleLimit "
     "entitledLines { all } } } } }"},
    {"calculate", LAST, LAST, CHANGE_CONTRACTS,
     "mutation UpsellCalculate($contractId: ID!, $input: "
     "SubscriptionContractCalculationContractUpdateInput!) { "
     "subscriptionContractUpdateCalculate(contractId: $contractId, actor: PARTNER, "
     "contractUpdateInput: $input) { subscriptionContractCalculation { __typename ... on "
     "SubscriptionContractCalculationPending { id } ... on SubscriptionContractCalculationSuccess "
     "{ id } ... on SubscriptionContractCalculationFailure { id } } " USER_ERRORS "} }"},
    {"read_calculation", LAST, LAST, CONTRACTS,
     "query UpsellReadCalculation($id: ID!) { subscriptionContractCalculation(id: $id) { "
     "__typename ... on SubscriptionContractCalculationSuccess { id calculatedContract { "
     "lines(first: 250) { nodes { variantId quantity currentPrice { amount } customAttributes { "
     "key value } } } } } ... on SubscriptionContractCalculationFailure { id errors { code message "
     "} } ... on SubscriptionContractCalculationPending { id } } }"},
    {"compare_contract", LAST, LAST, ORDERS | CONTRACTS,
     "query UpsellCompareContract($id: ID!, $evidence: String!) { subscriptionContract(id: $id) { "
     "id status revisionId originOrder { id " EVIDENCE "} " MARKERS "} }"},
    {"commit_calculation", LAST, LAST, CHANGE_CONTRACTS,
     "mutation UpsellCommitCalculation($id: ID!) { subscriptionContractCalculationCommit(id: $id) "
     "{ contract { __typename ... on SubscriptionContract { id } } " USER_ERRORS "} }"},
};

size_t upsell__scope_names(uint32_t scopes, upsell_str names[UPSELL__SCOPES])
{
  static const char *const all[UPSELL__SCOPES] = {"read_orders", "read_own_subscription_contracts",
                                                  "read_products", "write_orders",
                                                  "write_own_subscription_contracts"};
  size_t count = 0;
  unsigned i;

  for (i = 0; i < UPSELL__SCOPES; i++) {
    if (scopes >> i & 1)
      names[count++] = upsell_str_of(all[i]);
  }
  return count;
}

const upsell__document *upsell__document_find(upsell_str name, int32_t api_version)
{
  size_t i;

  for (i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
    const upsell__document *document = &documents[i];
    if (api_version >= document->since && api_version <= document->until &&
        upsell__str_equal(name, upsell_str_of(document->name)))
      return document;
  }
  return NULL;
}
