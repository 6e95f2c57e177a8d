// SPDX-License-Identifier: MIT
// Small plans by hand, right in every respect; broken.mjs breaks them one by one.

const gid = (type, number) => `gid://shopify/${type}/${number}`;
const ERRORS = 'userErrors { field message code }';

function findOrder() {
  return {
    id: 'find', channel: 'wait', depends_on: [], webhooks: ['orders/create'],
    poll: {
      operation: 'orders', every_seconds: 5, variables: { q: 'checkout_token:t1' },
      document: 'query Find($q: String!) { orders(first: 2, query: $q) { nodes { id } } }',
    },
    until: [{ name: 'found', at: '/orders/nodes', where: {}, op: 'present' }],
    output: { order: { at: '/orders/nodes', where: {}, take: '/id' } },
    timeout_seconds: 900,
    on: [{ when: 'timeout', do: 'stop', state: 'unknown' }],
  };
}

function claim() {
  return {
    id: 'claim', channel: 'admin_graphql', depends_on: ['find'], operation: 'metafieldsSet',
    document: 'mutation Claim($fields: [MetafieldsSetInput!]!) { '
      + `metafieldsSet(metafields: $fields) { metafields { id } ${ERRORS} } }`,
    variables: {
      fields: [{
        ownerId: { $bind: 'find/order' }, namespace: 'upsell', key: 'claim', compareDigest: null,
        type: 'single_line_text_field', value: { $host: 'run_id' },
      }],
    },
    errors: '/metafieldsSet/userErrors',
    on: [{ when: 'STALE_OBJECT', do: 'next' }, { when: 'no_answer', do: 'next' }],
  };
}

function readLines() {
  return {
    id: 'lines', channel: 'admin_graphql', depends_on: ['claim'], operation: 'order',
    document: 'query Lines($id: ID!, $lines: [RefundLineItemInput!]) { order(id: $id) { '
      + 'cancelledAt claim: metafield(namespace: "upsell", key: "claim") { value } '
      + 'lineItems(first: 250) { pageInfo { hasNextPage } nodes { id quantity variant { id } '
      + 'sellingPlan { sellingPlanId } contract { id status } '
      + 'originalUnitPriceSet { shopMoney { amount } } } } '
      + 'suggestedRefund(refundLineItems: $lines) { suggestedTransactions { gateway '
      + 'amountSet { shopMoney { amount } } parentTransaction { id } } } } }',
    variables: {
      id: { $bind: 'find/order' },
      lines: [{ lineItemId: gid('LineItem', 7), quantity: 1, restockType: 'CANCEL' }],
    },
    checks: [
      { name: 'cancelled', at: '/order/cancelledAt', op: 'present' },
      { name: 'more', at: '/order/lineItems/pageInfo/hasNextPage', op: 'eq', value: true },
      { name: 'foreign', at: '/order/claim/value', op: 'ne', value: { $host: 'run_id' } },
      { name: 'few', at: '/order/lineItems/nodes/0/quantity', op: 'lt', value: 2 },
    ],
    output: {
      line: {
        at: '/order/lineItems/nodes', take: '/id',
        where: {
          '/variant/id': gid('ProductVariant', 201), '/id': { not_in: [gid('LineItem', 7)] },
          '/sellingPlan/sellingPlanId': gid('SellingPlan', 300), '/contract/status': 'ACTIVE',
          '/originalUnitPriceSet/shopMoney/amount': '9.50',
        },
      },
      contract: { at: '/order/lineItems/nodes', where: { '/quantity': 2 }, take: '/contract/id' },
      payments: '/order/suggestedRefund/suggestedTransactions',
    },
    on: [{ when: 'cancelled', do: 'stop', state: 'unknown' }],
  };
}

function refund(version) {
  const keyed = version >= '2026-04';
  const key = '5f9c61f4-3f34-5d3c-9b1a-0d2c6a1b7e10';
  const input = {
    orderId: { $bind: 'find/order' },
    refundLineItems: [{ lineItemId: gid('LineItem', 7), quantity: 1, restockType: 'CANCEL' }],
    transactions: {
      $map: {
        from: 'lines/payments',
        each: {
          orderId: { $bind: 'find/order' }, kind: 'REFUND', gateway: { $item: '/gateway' },
          amount: { $item: '/amountSet/shopMoney/amount' },
          parentId: { $item: '/parentTransaction/id' },
        },
      },
    },
  };
  return {
    id: 'refund', channel: 'admin_graphql', depends_on: ['lines'], operation: 'refundCreate',
    document: `mutation Refund($input: RefundInput!${keyed ? ', $key: String!' : ''}) { `
      + `refundCreate(input: $input)${keyed ? ' @idempotent(key: $key)' : ''} `
      + '{ refund { id } userErrors { field message } } }',
    variables: { input, ...(keyed && { key }) }, ...(keyed && { idempotency_key: key }),
    errors: '/refundCreate/userErrors',
    on: [{ when: 'user_error', do: 'stop', state: 'delivered_not_refunded' }],
  };
}

function openDraft(version) {
  const actor = version >= '2026-07' ? ', actor: PARTNER' : '';
  return {
    id: 'open', channel: 'admin_graphql', depends_on: ['lines'],
    operation: 'subscriptionContractUpdate',
    document: 'mutation Open($contract: ID!) { subscriptionContractUpdate(contractId: $contract'
      + `${actor}) { draft { id lines(first: 250) { nodes { customAttributes { key value } } } } `
      + `${ERRORS} } }`,
    variables: { contract: { $bind: 'lines/contract' } },
    output: { draft: '/subscriptionContractUpdate/draft/id' },
    errors: '/subscriptionContractUpdate/userErrors',
    checks: [{
      name: 'already', at: '/subscriptionContractUpdate/draft/lines/nodes', op: 'present',
      where: { '/customAttributes': { contains: { key: '_upsell', value: 'p1' } } },
    }],
    on: [{ when: 'HAS_FUTURE_EDITS', do: 'stop', state: 'paid_not_delivered' }],
  };
}

function addLine() {
  return {
    id: 'add', channel: 'admin_graphql', depends_on: ['open'],
    operation: 'subscriptionDraftLineAdd',
    document: 'mutation Add($draft: ID!, $input: SubscriptionLineInput!) { '
      + `subscriptionDraftLineAdd(draftId: $draft, input: $input) { lineAdded { id } ${ERRORS} } }`,
    variables: {
      draft: { $bind: 'open/draft' },
      input: {
        productVariantId: gid('ProductVariant', 201), sellingPlanId: gid('SellingPlan', 300),
        quantity: 1, currentPrice: '9.50', customAttributes: [{ key: '_upsell', value: 'p1' }],
        pricingPolicy: {
          basePrice: '10.00',
          cycleDiscounts: [{
            afterCycle: 0, adjustmentType: 'PERCENTAGE', adjustmentValue: { percentage: 5 },
            computedPrice: '9.50',
          }],
        },
      },
    },
    output: { added: '/subscriptionDraftLineAdd/lineAdded/id' },
    errors: '/subscriptionDraftLineAdd/userErrors',
    on: [],
  };
}

function commitDraft() {
  return {
    id: 'commit', channel: 'admin_graphql', depends_on: ['add'],
    operation: 'subscriptionDraftCommit',
    document: 'mutation Commit($draft: ID!) { subscriptionDraftCommit(draftId: $draft) '
      + `{ contract { id } ${ERRORS} } }`,
    variables: { draft: { $bind: 'open/draft' } },
    errors: '/subscriptionDraftCommit/userErrors',
    on: [{ when: 'STALE_CONTRACT', do: 'restart_from', step: 'open', max: 3 }],
  };
}

function readContract() {
  const money = '{ amount currencyCode }';
  return {
    id: 'read', channel: 'admin_graphql', depends_on: ['lines'], operation: 'subscriptionContract',
    document: 'query Read($id: ID!) { subscriptionContract(id: $id) { revisionId '
      + `lines(first: 100) { nodes { id variantId quantity sellingPlanId currentPrice ${money} `
      + 'customAttributes { key value } '
      + `pricingPolicy { basePrice ${money} cycleDiscounts { afterCycle adjustmentType `
      + 'adjustmentValue { ... on MoneyV2 { amount } '
      + '... on SellingPlanPricingPolicyPercentageValue { percentage } } '
      + `computedPrice ${money} } } `
      + 'discountAllocations { discount { __typename ... on SubscriptionManualDiscount { id title '
      + 'value { ... on SubscriptionDiscountPercentageValue { percentage } '
      + `... on SubscriptionDiscountFixedAmountValue { amount ${money} appliesOnEachItem } } } } } `
      + '} } } }',
    variables: { id: { $bind: 'lines/contract' } },
    checks: [{
      name: 'code', at: '/subscriptionContract/lines/nodes', op: 'present',
      where: {
        '/discountAllocations': {
          contains: { discount: { __typename: 'SubscriptionAppliedCodeDiscount' } },
        },
      },
    }],
    output: {
      revision: '/subscriptionContract/revisionId',
      lines: { at: '/subscriptionContract/lines/nodes', where: {}, all: true },
    },
    on: [],
  };
}

const DISCOUNT = {
  id: { $item: '/discount/id' }, title: { $item: '/discount/title' }, recurringCycleLimit: 0,
  value: {
    percentage: { $item: '/discount/value/percentage' },
    fixedAmount: {
      amount: { $item: '/discount/value/amount' },
      appliesOnEachItem: { $item: '/discount/value/appliesOnEachItem' },
    },
  },
};

const LINE = {
  id: { $item: '/id' }, productVariantId: { $item: '/variantId' }, quantity: { $item: '/quantity' },
  originSellingPlanId: { $item: '/sellingPlanId' }, priceOverride: { $item: '/currentPrice' },
  customAttributes: { $item: '/customAttributes' },
  discounts: { $map: { from: { $item: '/discountAllocations' }, each: DISCOUNT } },
  appManagedPricingPolicy: {
    basePrice: { $item: '/pricingPolicy/basePrice' },
    cyclePriceAdjustments: {
      $map: {
        from: { $item: '/pricingPolicy/cycleDiscounts' },
        each: {
          afterCycle: { $item: '/afterCycle' }, adjustmentType: { $item: '/adjustmentType' },
          adjustmentValue: {
            percentage: { $item: '/adjustmentValue/percentage' },
            fixedValue: { $item: '/adjustmentValue/amount' },
          },
          computedPrice: { $item: '/computedPrice' },
        },
      },
    },
  },
};

function calculate() {
  const added = {
    productVariantId: gid('ProductVariant', 201), quantity: 1, discounts: [],
    priceOverride: { amount: '9.50', currencyCode: 'USD' },
    customAttributes: [{ key: '_upsell', value: 'p1' }],
  };
  const member = (type) => `... on SubscriptionContractCalculation${type} { id }`;
  return {
    id: 'calculate', channel: 'admin_graphql', depends_on: ['read'],
    operation: 'subscriptionContractUpdateCalculate',
    document: 'mutation Calculate($id: ID!, '
      + '$input: SubscriptionContractCalculationContractUpdateInput!) { '
      + 'subscriptionContractUpdateCalculate(contractId: $id, contractUpdateInput: $input) { '
      + 'subscriptionContractCalculation { __typename '
      + `${member('Pending')} ${member('Success')} ${member('Failure')} } ${ERRORS} } }`,
    variables: {
      id: { $bind: 'lines/contract' },
      input: {
        withMerchandiseCustomizations: false,
        lines: {
          $map: {
            from: 'read/lines', each: { productVariantLine: LINE },
            append: [{ productVariantLine: added }],
          },
        },
      },
    },
    output: {
      calculation: '/subscriptionContractUpdateCalculate/subscriptionContractCalculation/id',
    },
    errors: '/subscriptionContractUpdateCalculate/userErrors',
    on: [{ when: 'INVALID', do: 'stop', state: 'paid_not_delivered' }],
  };
}

function awaitCalculation() {
  const state = '/subscriptionContractCalculation/__typename';
  return {
    id: 'ready', channel: 'wait', depends_on: ['calculate'],
    webhooks: ['subscription_contract_calculations/succeed'],
    poll: {
      operation: 'subscriptionContractCalculation', every_seconds: 2,
      document: 'query Ready($id: ID!) { subscriptionContractCalculation(id: $id) { __typename '
        + '... on SubscriptionContractCalculationFailure { errors { code } } } }',
      variables: { id: { $bind: 'calculate/calculation' } },
    },
    checks: [
      { name: 'failed', at: state, op: 'eq', value: 'SubscriptionContractCalculationFailure' },
      {
        name: 'too_late', at: '/subscriptionContractCalculation/errors', op: 'present',
        where: { '/code': 'CALCULATION_TIMEOUT' },
      },
    ],
    until: [
      { name: 'done', at: state, op: 'eq', value: 'SubscriptionContractCalculationSuccess' },
    ],
    timeout_seconds: 300,
    on: [{ when: 'failed', do: 'stop', state: 'paid_not_delivered' }],
  };
}

function commitCalculation() {
  return {
    id: 'commit', channel: 'admin_graphql', depends_on: ['ready'],
    operation: 'subscriptionContractCalculationCommit',
    document: 'mutation Commit($id: ID!) { subscriptionContractCalculationCommit(id: $id) '
      + `{ contract { ... on SubscriptionContract { id } } ${ERRORS} } }`,
    variables: { id: { $bind: 'calculate/calculation' } },
    errors: '/subscriptionContractCalculationCommit/userErrors',
    on: [{ when: 'STALE_CONTRACT', do: 'restart_from', step: 'read', max: 3 }],
  };
}

const SCOPES = ['read_orders', 'read_own_subscription_contracts', 'read_products', 'write_orders',
  'write_own_subscription_contracts'];

/** A plan with a refund and a contract changed by a draft. */
export function draftPlan(version) {
  return {
    format: 'upsell.plan/1', plan_id: 'p1', api_version: version, scopes: SCOPES,
    steps: [{ id: 'charge', channel: 'changeset', depends_on: [] }, findOrder(), claim(),
      readLines(), refund(version), openDraft(version), addLine(), commitDraft()],
  };
}

/** A plan with a contract changed by a calculation. */
export function calculationPlan() {
  return {
    format: 'upsell.plan/1', plan_id: 'p1', api_version: '2026-10', scopes: SCOPES,
    steps: [findOrder(), claim(), readLines(), readContract(), calculate(), awaitCalculation(),
      commitCalculation()],
  };
}
