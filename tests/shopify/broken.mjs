// SPDX-License-Identifier: MIT
// Plans with one mistake each, and what the validator must say of it.
import { calculationPlan, draftPlan } from './samples.mjs';
import { tokens } from './shape.mjs';

const gid = (type) => `gid://shopify/${type}/1`;
const step = (plan, id) => plan.steps.find((one) => one.id === id);

/** Changes the text of a step's document. */
function reword(id, from, to) {
  return (plan) => {
    const call = step(plan, id).poll ?? step(plan, id);
    const text = call.document.replace(from, to);
    if (text === call.document) throw new Error(`${id} has no ${from}`);
    call.document = text;
  };
}

/** Puts a value where a pointer leads in a step; undefined takes away what is there. */
function put(id, pointer, value) {
  return (plan) => {
    const path = tokens(pointer);
    const last = path.pop();
    const parent = path.reduce((here, key) => here[key], step(plan, id));
    if (value === undefined && !(last in parent)) throw new Error(`${id} has no ${pointer}`);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  };
}

const drop = (id, pointer) => put(id, pointer, undefined);
const header = (key, value) => (plan) => { plan[key] = value(plan[key]); };
const all = (...changes) => (plan) => changes.forEach((change) => change(plan));

const check = (at, op, value, where) => ({ name: 'one', at, op, value, where });
const compared = (id, ...test) => put(id, '/checks', [check(...test)]);
const DRAFT_ID = '/subscriptionContractUpdate/draft/id';
const DRAFT_LINES = '/subscriptionContractUpdate/draft/lines/nodes';
const STATUS = '/order/lineItems/nodes/0/contract/status';
const AMOUNT = '/order/lineItems/nodes/0/originalUnitPriceSet/shopMoney/amount';

const IN = '/variables/input';
const EACH = `${IN}/transactions/$map/each`;
const PICK = '/output/line/where';

/** Writes the lines to refund into the document instead of a variable. */
const writtenLines = (text) => all(
  reword('lines', ', $lines: [RefundLineItemInput!]', ''),
  reword('lines', '$lines', text),
);

const DOCUMENTS = [
  ['a document that is no GraphQL', reword('find', '(first', '((first'), /Syntax Error/],
  ['a field that is not there', reword('lines', 'cancelledAt', 'canceledAt'), /Cannot query/],
  ['a field that came later', reword('find', '{ id }', '{ id checkoutToken }'),
    /Cannot query field "checkoutToken"/, '2026-04'],
  ['an argument that came later', reword('open', '$contract)', '$contract, actor: PARTNER)'),
    /Unknown argument "actor"/, '2026-04'],
  ['a directive that came later', reword('refund', ') {', ') @idempotent(key: "k") {'),
    /Unknown directive/, '2025-10'],
  ['a deprecated field', reword('lines', 'quantity variant', 'quantity discountedTotal variant'),
    /Cannot query|deprecated/],
  ['a value that its enum lacks', reword('open', 'PARTNER', 'ROBOT'), /"ROBOT" does not exist/],
  ['a required argument left out', reword('commit', '(draftId: $draft)', ''),
    /"draftId" of type "ID!" is required/],
  ['a variable that is not used', reword('find', '$q: String!)', '$q: String!, $r: Int)'),
    /never used/],
  ['a variable of another type', reword('find', '$q: String!', '$q: Int!'), /used in position/],
  ['two operations', reword('find', /$/, ' query More { orders(first: 1) { nodes { id } } }'),
    /one operation is expected/],
  ['another operation than announced', put('find', '/poll/operation', 'order'), /is announced/],
  ['two fields at the root',
    reword('lines', 'order(id: $id)', 'node(id: $id) { id } order(id: $id)'), /is announced/],
  ['a poll that writes', (plan) => Object.assign(step(plan, 'find').poll, step(plan, 'claim')),
    /must only read/],
  ['a connection without a size', reword('lines', 'lineItems(first: 250)', 'lineItems'),
    /no fixed size/],
  ['a document that costs too much', reword('find', 'nodes { id }', 'nodes { id lineItems(first: '
    + '250) { nodes { variant { id } contract { lines(first: 250) { nodes { id } } } } } }'),
    /costs about/],
  ['a refund without its key', header('api_version', () => '2026-04'),
    /without @idempotent is refused/, '2026-01'],
  ['a key in another variable', put('refund', '/variables/key', 'other'), /not the step's key/],
  ['a key written into the document', all(reword('refund', ', $key: String!', ''),
    reword('refund', '(key: $key)', '(key: "k")')), /the key is no variable/],
  ['a keyed document in a step without key', drop('refund', '/idempotency_key'), /has no key/],
  ['user errors not asked for', reword('commit', 'userErrors { field message code }', ''),
    /userErrors is not asked for/],
  ['user errors without codes', reword('commit', 'message code', 'message'), /without their code/],
  ['a step that does not look at user errors', drop('commit', '/errors'), /"errors" is/],
  ['errors that are elsewhere', put('commit', '/errors', '/subscriptionDraftCommit/contract'),
    /"errors" is/],
  ['a written id that is none', reword('find', /}$/, 'order(id: "1") { id } }'), /no global id/],
  ['a written id of another type',
    reword('find', /}$/, `order(id: "${gid('LineItem')}") { id } }`), /an id of Order is expected/],
  ['a written id of another type in an object',
    writtenLines(`[{ lineItemId: "${gid('Order')}", quantity: 1 }]`), /an id of LineItem is/],
  ['one written object for a list',
    writtenLines(`{ lineItemId: "${gid('LineItem')}", quantity: 1 }`), /found one value/],
];

const VARIABLES = [
  ['a variable left out', put('commit', '/variables', {}), /non-nullable/],
  ['a variable too many', put('commit', '/variables/more', 1), /has no variable/],
  ['a required field left out', drop('add', `${IN}/quantity`), /"quantity" of required/],
  ['a field that the input lacks', put('add', `${IN}/price`, '1'), /has no price/],
  ['a number for a decimal', put('add', `${IN}/currentPrice`, 9.5), /9.5 is no Decimal/],
  ['a decimal that is none', put('add', `${IN}/currentPrice`, '9,50'), /"9,50" is no Decimal/],
  ['a text for a number', put('add', `${IN}/quantity`, '1'), /quantity: Int cannot/],
  ['a fraction for a number', put('add', `${IN}/quantity`, 1.5), /quantity: Int cannot/],
  ['an object for a number', put('add', `${IN}/quantity`, { value: 1 }), /found an object/],
  ['a value that the enum of an input lacks',
    put('add', `${IN}/pricingPolicy/cycleDiscounts/0/adjustmentType`, 'PERCENT'),
    /"PERCENT" does not exist/],
  ['a null where none may be', put('add', `${IN}/productVariantId`, null), /non-nullable/],
  ['one object for a list', put('add', `${IN}/customAttributes`, { key: 'k', value: 'v' }),
    /a list is expected/],
  ['a kind of payment that does not exist', put('refund', `${EACH}/kind`, 'REFUNDED'),
    /"REFUNDED" does not exist/],
];

const IDS = [
  ['an id that is a number', put('add', `${IN}/productVariantId`, '201'), /no global id/],
  ['an id of another type', put('add', `${IN}/productVariantId`, gid('Product')),
    /an id of ProductVariant is expected/],
  ['an id of another type in a list', put('lines', '/variables/lines/0/lineItemId', gid('Order')),
    /an id of LineItem is expected/],
  ['an owner without metafields', put('claim', '/variables/fields/0/ownerId', gid('LineItem')),
    /an id of HasMetafields is expected/],
  ['a binding to an id of another type',
    put('open', '/variables/contract', { $bind: 'find/order' }),
    /an id of SubscriptionContract is expected/],
  ['a binding to an id of another type in an input',
    put('add', `${IN}/sellingPlanId`, { $bind: 'lines/line' }), /an id of SellingPlan is expected/],
  ['an item with an id of another type',
    put('refund', `${EACH}/orderId`, { $item: '/parentTransaction/id' }), /an id of Order is/],
  ['a where with an id of another type', put('lines', `${PICK}/~1variant~1id`, gid('Product')),
    /is compared with one of ProductVariant/],
  ['a not_in with an id of another type', put('lines', `${PICK}/~1id/not_in/0`, gid('Order')),
    /is compared with one of LineItem/],
];

const BINDINGS = [
  ['a binding to a step that is not there', put('open', '/variables/contract', { $bind: 'no/id' }),
    /gives "no\/id"/],
  ['a binding to an output that is not there',
    put('open', '/variables/contract', { $bind: 'lines/id' }), /gives "lines\/id"/],
  ['a binding to a later step', put('lines', '/variables/id', { $bind: 'open/draft' }),
    /gives "open\/draft"/],
  ['a binding of another type', put('add', `${IN}/quantity`, { $bind: 'find/order' }),
    /Int is expected/],
  ['a list bound to a single value',
    put('add', `${IN}/sellingPlanName`, { $bind: 'lines/payments' }), /String is expected/],
  ['a single value bound to a list',
    put('refund', `${IN}/refundLineItems`, { $bind: 'find/order' }), /a list is expected/],
  ['a single value bound to an object', put('add', `${IN}/pricingPolicy`, { $bind: 'find/order' }),
    /SubscriptionPricingPolicyInput is expected/],
  ['objects bound that bring too much along',
    put('refund', `${IN}/transactions`, { $bind: 'lines/payments' }), /has no amountSet/],
  ['a map through something that is no list',
    put('refund', `${IN}/transactions/$map/from`, 'find/order'), /not a list/],
  ['a map with something else besides', put('refund', `${IN}/transactions/$map/where`, {}),
    /\$map has no where/],
  ['a map where no list goes',
    put('add', `${IN}/quantity`, { $map: { from: 'lines/payments', each: 1 } }), /\$map makes a/],
  ['a map to compare with',
    compared('open', DRAFT_ID, 'eq', { $map: { from: 'lines/payments', each: 1 } }),
    /\$map cannot stand here/],
  ['an item that is not selected',
    put('refund', `${EACH}/gateway`, { $item: '/formattedGateway' }), /not selected/],
  ['an item outside of a map', put('add', `${IN}/quantity`, { $item: '/quantity' }), /outside of/],
  ['an item of another type', put('refund', `${EACH}/amount`, { $item: '/gateway' }),
    /Money is expected/],
  ['a host value that is not there', put('claim', '/variables/fields/0/value', { $host: 'token' }),
    /the host knows no token/],
  ['an operator that is not there', put('claim', '/variables/fields/0/value', { $env: 'HOME' }),
    /no operator/],
  ['an operator with a neighbour',
    put('claim', '/variables/fields/0/value', { $host: 'run_id', a: 1 }), /no operator/],
];

const POINTERS = [
  ['an output that is not selected',
    put('open', '/output/draft', '/subscriptionContractUpdate/draft/status'), /"status" is not/],
  ['an output under another alias', put('lines', '/output/x', '/order/metafield/value'),
    /"metafield" is not selected/],
  ['an output at something else than a pointer', put('open', '/output/draft', 'draft'),
    /no JSON Pointer/],
  ['an output through an element that is no number',
    put('lines', '/output/x', '/order/lineItems/nodes/x/id'), /leads into a list/],
  ['a pointer below a leaf', put('lines', '/output/x', '/order/cancelledAt/day'),
    /leads into a leaf/],
  ['a where that is not selected', put('lines', `${PICK}/~1product~1id`, gid('Product')),
    /"product" is not selected/],
  ['a take that is not selected', put('lines', '/output/line/take', '/product/id'),
    /"product" is not selected/],
  ['a where through something that is no list', put('lines', '/output/line/at', '/order/lineItems'),
    /not a list/],
  ['a check that is not selected', put('lines', '/checks/0/at', '/order/closed'),
    /"closed" is not selected/],
  ['an until that is not selected', put('find', '/until/0/at', '/orders/edges'), /"edges" is not/],
  ['a check with an element that is not selected',
    put('open', '/checks/0/where', { '/quantity': 1 }), /"quantity" is not selected/],
  ['a contains with a member that is not selected',
    put('open', '/checks/0/where/~1customAttributes/contains', { name: '_upsell' }),
    /"name" is not selected/],
];

const COMPARISONS = [
  ['a status that does not exist', compared('lines', STATUS, 'eq', 'active'), /can never be/],
  ['a flag compared with a text', put('lines', '/checks/1/value', 'true'), /can never be/],
  ['an amount compared with a word', compared('lines', AMOUNT, 'eq', 'free'), /can never be/],
  ['an amount compared with an amount and its currency',
    compared('lines', AMOUNT.replace('/amount', ''), 'eq', '9.50'), /is compared with MoneyV2/],
  ['a number compared with an id', put('lines', '/checks/3/value', { $bind: 'find/order' }),
    /compared with Int/],
  ['an id compared with a list', compared('open', DRAFT_ID, 'eq', { $bind: 'lines/payments' }),
    /compared with ID/],
  ['an id compared with one of another type',
    compared('open', DRAFT_ID, 'eq', { $bind: 'find/order' }), /with ID<SubscriptionDraft>/],
  ['an id compared with a written list',
    compared('open', DRAFT_ID, 'eq', [gid('SubscriptionDraft')]), /a list is compared with/],
  ['an id compared with an object',
    compared('open', DRAFT_ID, 'eq', { id: gid('SubscriptionDraft') }), /an object is compared/],
  ['"contains" in something that is no list',
    compared('open', DRAFT_ID, 'contains', gid('SubscriptionDraft')), /"contains" in ID/],
  ['"contains" of a where in something that is no list',
    compared('open', DRAFT_LINES, 'present', undefined,
      { '/customAttributes/0/key': { contains: 'k' } }), /"contains" in String/],
  ['"less than" of a text', put('lines', '/checks/3/at', '/order/claim/value'), /is no number/],
  ['an op that is not there', put('lines', '/checks/0/op', 'exists'), /there is no op/],
  ['"equal" with where', compared('open', DRAFT_LINES, 'eq', 1, {}), /does not go with/],
];

const REST = [
  ['a row for a code that does not exist', put('commit', '/on/0/when', 'STALE'), /no result of/],
  ['a row for a check that does not exist', put('lines', '/on/0/when', 'canceled'), /no result of/],
  ['a topic that does not exist', put('find', '/webhooks', ['orders/created']), /is no topic/],
  ['a webhook bound to nothing', put('find', '/webhooks',
    [{ topic: 'orders/create', where: { '/id': { $bind: 'a/b' } } }]), /gives "a\/b"/],
  ['a scope that is missing', header('scopes', (list) => list.filter((s) => s !== 'read_products')),
    /needs the scope read_products/],
  ['a scope to write that is missing',
    header('scopes', (list) => list.filter((s) => s !== 'write_orders')),
    /needs the scope write_orders/],
  ['a scope that nothing needs', header('scopes', (list) => [...list, 'write_products']),
    /nothing needs the scope write_products/],
  ['a version that does not exist', header('api_version', () => '2026-08'), /no API version/],
];

const LINES = `${IN}/lines/$map`;
const COPY = `${LINES}/each/productVariantLine`;
const NEW = `${LINES}/append/0/productVariantLine`;
const CYCLES = `${COPY}/appManagedPricingPolicy/cyclePriceAdjustments/$map`;
const DISCOUNT = `${COPY}/discounts/$map/each`;
const CUSTOM = {
  title: 't', quantity: 1, discounts: [], taxable: true, requiresShipping: true,
  price: { amount: '1', currencyCode: 'USD' },
};

const CALCULATION = [
  ['a calculation before its version', header('api_version', () => '2026-07'),
    /Cannot query field "subscriptionContractUpdateCalculate"/],
  ['a line with two kinds', put('calculate', `${LINES}/append/0/customLine`, CUSTOM),
    /Exactly one/],
  ['a line without discounts', drop('calculate', `${NEW}/discounts`), /"discounts" of required/],
  ['a price without a currency', put('calculate', `${NEW}/priceOverride`, { amount: '1' }),
    /"currencyCode" of required/],
  ['a price that is a decimal only', put('calculate', `${NEW}/priceOverride`, '9.50'),
    /Expected type "MoneyInput"/],
  ['a currency that does not exist', put('calculate', `${NEW}/priceOverride/currencyCode`, 'US$'),
    /"US\$" does not exist/],
  ['merchandise customizations left out', drop('calculate', `${IN}/withMerchandiseCustomizations`),
    /"withMerchandiseCustomizations" of required/],
  ['an item of an outer list',
    put('calculate', `${CYCLES}/each/afterCycle`, { $item: '/quantity' }),
    /"quantity" is not selected/],
  ['a nested map through an object',
    put('calculate', `${CYCLES}/from`, { $item: '/pricingPolicy' }), /not a list/],
  ['an item with the id of something else',
    put('calculate', `${COPY}/productVariantId`, { $item: '/id' }),
    /an id of ProductVariant is expected/],
  ['discounts of a type that cannot be copied', put('read', '/checks', []), /"title" of required/],
  ['discounts of such a type that do not stop the run',
    put('read', '/on', [{ when: 'code', do: 'next' }]), /"title" of required/],
  ['discounts of such a type, the wrong one looked for',
    put('read', '/checks/0/where/~1discountAllocations/contains/discount/__typename',
      'SubscriptionManualDiscount'), /"title" of required/],
  ['a percentage besides an amount', put('calculate', `${DISCOUNT}/value/percentage`, 5),
    /Exactly one/],
  ['an item that no type has', put('calculate', `${DISCOUNT}/title`, { $item: '/discount/code' }),
    /"code" is not selected/],
  ['a contract taken for a calculation',
    put('commit', '/variables/id', { $bind: 'lines/contract' }),
    /an id of SubscriptionContractCalculation is expected/],
  ['a union without fragments', reword('commit', '... on SubscriptionContract { id }', 'id'),
    /Cannot query field "id"/],
  ['a type that the union lacks',
    put('ready', '/checks/0/value', 'SubscriptionContractCalculationFailed'), /can never be/],
  ['a diagnostic code that does not exist', put('ready', '/checks/1/where/~1code', 'TIMEOUT'),
    /can never be/],
  ['a code of the draft dialect', put('commit', '/on/0/when', 'COMMITTED'), /no result of/],
];

function entries(list, make) {
  return list.map(([name, spoil, expected, version = '2026-07']) => {
    const plan = structuredClone(make(version));
    spoil(plan);
    return { name, plan, expected };
  });
}

/** [{name, plan, expected}] */
export function brokenPlans() {
  const drafts = [DOCUMENTS, VARIABLES, IDS, BINDINGS, POINTERS, COMPARISONS, REST].flat();
  return [...entries(drafts, draftPlan), ...entries(CALCULATION, calculationPlan)];
}
