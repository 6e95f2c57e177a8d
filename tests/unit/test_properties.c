/* SPDX-License-Identifier: MIT */
/* What holds for every input, tried on many random ones. */
#include "../support/check_main.h"
#include "random_shop.h"

enum { SHOPS = 400, ORDERS = 12, PRICES = 10000 };

static upsell_decision *decision;
static upsell_decision *other;

static void set_up(void)
{
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  ck_assert_int_eq(upsell_decision_new(&other), UPSELL_OK);
}

static void tear_down(void)
{
  upsell_decision_free(decision);
  upsell_decision_free(other);
}

/* ---- decisions ---- */

static const upsell_decision_view *decide(const upsell_catalog *catalog, const upsell_order *order,
                                          uint32_t flags, upsell_decision *made)
{
  upsell_error error = UPSELL_ERROR_INIT;

  if (upsell_decide(catalog, order, flags, made, &error))
    ck_abort_msg("%s: %s", error.pointer, error.message);
  return upsell_decision_get(made);
}

static upsell_catalog *build(const upsell_catalog_input *input)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;

  if (upsell_catalog_new(input, &catalog, &error))
    ck_abort_msg("%s: %s", error.pointer, error.message);
  return catalog;
}

static const char *text_of(upsell_decision *made)
{
  upsell_str text = {NULL, 0};

  if (upsell_decision_to_json(made, &text.data, &text.len))
    ck_abort_msg("no text");
  return text.data;
}

/* Something that holds for one catalogue and one order. */
typedef void (*property)(shop *s, const upsell_catalog *catalog, uint64_t *state);

static void hold_everywhere(property holds, uint64_t seed)
{
  uint64_t state = seed;
  int offers = 0;
  int i;
  int j;

  for (i = 0; i < SHOPS; i++) {
    upsell_catalog *catalog;
    shop s;
    shop_make(&s, &state);
    catalog = build(&s.catalog);
    for (j = 0; j < ORDERS; j++) {
      shop_make_order(&s, &state);
      offers += decide(catalog, &s.order, UPSELL_DECIDE_EXPLAIN, decision)->outcome ==
                UPSELL_OUTCOME_OFFER;
      holds(&s, catalog, &state);
    }
    upsell_catalog_free(catalog);
  }
  ck_assert_int_gt(offers, SHOPS * ORDERS / 10); /* it was tried on something */
}

/* Twice the same bytes; and without explaining, all but `considered` the same. */
static void same_again(shop *s, const upsell_catalog *catalog, uint64_t *state)
{
  const char *explained = text_of(decision);
  const char *quick;
  size_t common;

  (void)state;
  decide(catalog, &s->order, UPSELL_DECIDE_EXPLAIN, other);
  if (strcmp(text_of(other), explained) != 0)
    ck_abort_msg("%s", explained);
  decide(catalog, &s->order, 0, other);
  quick = text_of(other);
  common = (size_t)(strstr(explained, ",\"considered\":[") - explained);
  if (strncmp(quick, explained, common) != 0 || strcmp(quick + common, ",\"considered\":[]}") != 0)
    ck_abort_msg("%s -- %s", explained, quick);
}

static void shuffle_lines(shop *s, uint64_t *state)
{
  uint32_t i;

  for (i = (uint32_t)s->order.line_count; i > 1; i--) {
    uint32_t at = random_below(state, i);
    upsell_order_line line = s->lines[i - 1];
    s->lines[i - 1] = s->lines[at];
    s->lines[at] = line;
  }
}

/* The targets as a number in which their sequence does not count. */
static uint64_t targets_sum(const upsell_decision_view *view)
{
  uint64_t sum = 0;
  size_t i;

  for (i = 0; i < view->target_count; i++) {
    const upsell_target *target = &view->targets[i];
    uint64_t one = target->line_count;
    one = one * 31 + (uint64_t)target->price.checkout.line;
    one = one * 31 + (uint64_t)target->price.offer_page.line;
    one = one * 31 + (uint64_t)target->price.plan_unit;
    if (target->selling_plan_id.data)
      one = one * 31 + (uint64_t)target->selling_plan_id.data[3];
    sum += random_next(&one);
  }
  return sum;
}

static void line_order_is_indifferent(shop *s, const upsell_catalog *catalog, uint64_t *state)
{
  const upsell_decision_view *first = upsell_decision_get(decision);
  const upsell_decision_view *second;

  shuffle_lines(s, state);
  second = decide(catalog, &s->order, UPSELL_DECIDE_EXPLAIN, other);
  if (first->outcome != second->outcome || first->reason != second->reason ||
      first->scenario_index != second->scenario_index ||
      first->target_count != second->target_count || targets_sum(first) != targets_sum(second) ||
      first->total_checkout != second->total_checkout ||
      first->total_offer_page != second->total_offer_page ||
      first->considered_count != second->considered_count)
    ck_abort_msg("%s -- %s", text_of(decision), text_of(other));
}

static int sound_price(const upsell_price *price, int32_t quantity)
{
  size_t i;

  for (i = 0; i < price->recurring_count; i++) {
    const upsell_price_segment *segment = &price->recurring[i];
    if (segment->unit < 0 || segment->line != segment->unit * quantity ||
        segment->from_cycle < (i ? price->recurring[i - 1].from_cycle + 1 : 2) ||
        (i && segment->unit == price->recurring[i - 1].unit))
      return 0;
  }
  return price->checkout.unit >= 0 && price->checkout.line >= 0 && price->offer_page.unit >= 0 &&
         price->offer_page.line >= 0 && price->plan_unit >= 0;
}

/* Amounts add up and none is negative. */
static void amounts_are_sound(shop *s, const upsell_catalog *catalog, uint64_t *state)
{
  const upsell_decision_view *view = upsell_decision_get(decision);
  int64_t checkout = 0;
  int64_t offer_page = 0;
  size_t i;

  (void)s;
  (void)catalog;
  (void)state;
  for (i = 0; i < view->target_count; i++) {
    checkout += view->targets[i].price.checkout.line;
    offer_page += view->targets[i].price.offer_page.line;
    if (!sound_price(&view->targets[i].price, view->quantity.initial))
      ck_abort_msg("%s", text_of(decision));
  }
  for (i = 0; i < view->choice_count; i++) {
    if (!sound_price(&view->choices[i].price, view->quantity.initial))
      ck_abort_msg("%s", text_of(decision));
  }
  if (checkout != view->total_checkout || offer_page != view->total_offer_page ||
      view->differs != (checkout != offer_page))
    ck_abort_msg("%s", text_of(decision));
}

/* No target can get more than its share of the stock (DEC-12, DEC-13). */
static void stock_suffices(shop *s, const upsell_catalog *catalog, uint64_t *state)
{
  const upsell_decision_view *view = upsell_decision_get(decision);
  const upsell_variant_input *variant;

  (void)catalog;
  (void)state;
  if (view->outcome != UPSELL_OUTCOME_OFFER)
    return;
  variant = &s->variants[view->product_id.data[2] - '0'][view->variant_id.data[2] - '0'];
  if (view->quantity.max < view->quantity.initial ||
      (variant->stock_tracked == UPSELL_YES &&
       view->quantity.max * (int64_t)view->target_count > variant->available))
    ck_abort_msg("%s", text_of(decision));
}

/* Scenarios that cannot be set off, drafts and further products change nothing. */
static void bystanders_are_indifferent(shop *s, const upsell_catalog *catalog, uint64_t *state)
{
  static const upsell_str ids[] = {UPSELL_STR("T0"), UPSELL_STR("T1"), UPSELL_STR("p-z")};
  upsell_scenario_input scenarios[SHOP_SCENARIOS + 2];
  upsell_product_input products[SHOP_PRODUCTS + 1];
  upsell_catalog_input input = s->catalog;
  upsell_trigger_input trigger = {sizeof(trigger), 0, shop_text, NULL, 0, NULL, 0};
  upsell_catalog *larger;
  uint32_t at = random_below(state, 2) * 2;

  (void)catalog;
  memcpy(scenarios + at, s->scenarios, sizeof(s->scenarios));
  at = at ? 0 : SHOP_SCENARIOS;
  scenarios[at] = scenarios[at + 1] = s->scenarios[random_below(state, SHOP_SCENARIOS)];
  scenarios[at].id = ids[0];
  scenarios[at].triggers = &trigger;
  scenarios[at].trigger_count = 1;
  scenarios[at].priority = scenarios[at + 1].priority = 0;
  scenarios[at + 1].id = ids[1];
  scenarios[at + 1].status = UPSELL_SCENARIO_DRAFT;
  memcpy(products + 1, s->products, sizeof(s->products));
  products[0] = s->products[0];
  products[0].id = ids[2];
  input.scenarios = scenarios;
  input.scenario_count = SHOP_SCENARIOS + 2;
  input.products = products;
  input.product_count = SHOP_PRODUCTS + 1;
  larger = build(&input);
  decide(larger, &s->order, UPSELL_DECIDE_EXPLAIN, other);
  if (strcmp(text_of(decision), text_of(other)) != 0)
    ck_abort_msg("%s -- %s", text_of(decision), text_of(other));
  upsell_catalog_free(larger);
}

/* Without the winner, the next of the survivors wins. */
static void runner_up_follows(shop *s, const upsell_catalog *catalog, uint64_t *state)
{
  const upsell_decision_view *view = upsell_decision_get(decision);
  const upsell_considered *next = NULL;
  upsell_catalog *smaller;
  size_t i;

  (void)catalog;
  (void)state;
  if (view->outcome != UPSELL_OUTCOME_OFFER)
    return;
  for (i = 0; i < view->considered_count; i++) {
    const upsell_considered *one = &view->considered[i];
    if (one->reason == UPSELL_REASON_LOWER_PRIORITY &&
        (!next ||
         s->scenarios[one->scenario_index].priority < s->scenarios[next->scenario_index].priority))
      next = one;
  }
  s->scenarios[view->scenario_index].status = UPSELL_SCENARIO_DRAFT;
  smaller = build(&s->catalog);
  s->scenarios[view->scenario_index].status = UPSELL_SCENARIO_PUBLISHED;
  decide(smaller, &s->order, 0, other);
  if (next ? upsell_decision_get(other)->scenario_index != next->scenario_index
           : upsell_decision_get(other)->outcome != UPSELL_OUTCOME_NO_OFFER)
    ck_abort_msg("%s -- %s", text_of(decision), text_of(other));
  upsell_catalog_free(smaller);
}

/* A larger discount of the winner: the same winner, and no higher total. */
static void larger_discount_is_cheaper(shop *s, const upsell_catalog *catalog, uint64_t *state)
{
  const upsell_decision_view *view = upsell_decision_get(decision);
  const upsell_decision_view *cheaper;
  upsell_discount *discount = &s->scenarios[view->scenario_index].discount;
  upsell_discount before = *discount;
  upsell_catalog *changed;

  (void)catalog;
  if (view->outcome != UPSELL_OUTCOME_OFFER || discount->type == UPSELL_ADJUST_NONE)
    return;
  discount->value = random_between(
      state, discount->value,
      discount->type == UPSELL_ADJUST_PERCENTAGE ? UPSELL_PERCENTAGE_MAX : UPSELL_MONEY_MAX);
  changed = build(&s->catalog);
  *discount = before;
  cheaper = decide(changed, &s->order, 0, other);
  if (cheaper->scenario_index != view->scenario_index ||
      cheaper->total_checkout > view->total_checkout ||
      cheaper->total_offer_page > view->total_offer_page)
    ck_abort_msg("%s -- %s", text_of(decision), text_of(other));
  upsell_catalog_free(changed);
}

static const property properties[] = {
    same_again,
    line_order_is_indifferent,
    amounts_are_sound,
    stock_suffices,
    bystanders_are_indifferent,
    runner_up_follows,
    larger_discount_is_cheaper,
};

START_TEST(test_property)
{
  hold_everywhere(properties[_i], (uint64_t)_i + 100);
}
END_TEST

/* ---- prices ---- */

/* A price under one policy. */
static upsell_amounts price(int64_t base, int64_t percentage, int32_t quantity,
                            const upsell_rounding *policy)
{
  upsell_amounts amounts = {-1, -1};

  if (upsell_percentage_price(base, percentage, quantity, policy, &amounts))
    ck_abort_msg("refused");
  return amounts;
}

/* How far apart the line and the sum of units may be: each unit is off by less
 * than one, the line too; and on one side only where rounding is one-sided. */
static int sound_line(upsell_amounts amounts, int32_t quantity, const upsell_rounding *policy)
{
  int64_t excess = amounts.line - amounts.unit * quantity;
  int down = policy->mode == UPSELL_ROUND_FLOOR;
  int up = policy->mode == UPSELL_ROUND_CEIL;

  if (policy->basis == UPSELL_ROUND_UNIT)
    return excess == 0;
  if (policy->target == UPSELL_ROUND_DISCOUNT ? up : down)
    return excess >= 0 && excess < quantity;
  if (policy->target == UPSELL_ROUND_DISCOUNT ? down : up)
    return excess <= 0 && -excess < quantity;
  return 2 * (excess < 0 ? -excess : excess) <= quantity + 1;
}

static void check_prices(int64_t base, int64_t less, int64_t more, int32_t quantity,
                         const upsell_rounding *policy)
{
  upsell_amounts dear = price(base, less, quantity, policy);
  upsell_amounts cheap = price(base, more, quantity, policy);

  if (cheap.unit > dear.unit || cheap.line > dear.line || cheap.unit < 0 || cheap.line < 0 ||
      dear.unit > base || dear.line > base * quantity || !sound_line(dear, quantity, policy) ||
      !sound_line(cheap, quantity, policy))
    ck_abort_msg("%lld x %d, %lld and %lld millionths, policy %d %d %d", (long long)base, quantity,
                 (long long)less, (long long)more, policy->mode, policy->target, policy->basis);
}

/* For every policy: a larger percentage never raises a price. */
START_TEST(test_percentages)
{
  const upsell_rounding policy = {_i / 4 + 1, _i / 2 % 2 + 1, _i % 2 + 1};
  const upsell_rounding_pair pair = {policy, policy};
  uint64_t state = (uint64_t)_i;
  int i;

  ck_assert_int_eq(price(1000, 0, 7, &policy).line, 7000);
  ck_assert_int_eq(price(1000, UPSELL_PERCENTAGE_MAX, 7, &policy).line, 0);
  for (i = 0; i < PRICES; i++) {
    int64_t base = shop_price(&state);
    int64_t less = shop_percentage(&state);
    int64_t more = random_between(
        &state, less, i % 2 ? less + (UPSELL_PERCENTAGE_MAX - less) / 1000 : UPSELL_PERCENTAGE_MAX);
    int32_t quantity = (int32_t)random_between(&state, 1, i % 3 ? 12 : UPSELL_QUANTITY_MAX);
    upsell_discount fixed = {UPSELL_ADJUST_FIXED_AMOUNT, 0, shop_price(&state)};
    upsell_price first;
    check_prices(base, less, more, quantity, &policy);
    if (upsell_first_price(UPSELL_SUBSCRIPTION_TO_ONE_TIME, base, NULL, 0, &fixed, quantity, &pair,
                           &first) ||
        first.checkout.unit > base || first.checkout.unit < 0 ||
        first.checkout.line != first.checkout.unit * quantity ||
        (fixed.value <= base && first.checkout.unit != base - fixed.value))
      ck_abort_msg("%lld less %lld", (long long)base, (long long)fixed.value);
  }
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("properties");
  TCase *decisions = tcase_create("decisions");
  TCase *prices = tcase_create("prices");

  tcase_set_timeout(decisions, 120);
  tcase_add_checked_fixture(decisions, set_up, tear_down);
  tcase_add_loop_test(decisions, test_property, 0, sizeof(properties) / sizeof(properties[0]));
  tcase_add_loop_test(prices, test_percentages, 0, 20);
  suite_add_tcase(suite, decisions);
  suite_add_tcase(suite, prices);
  return check_main(suite);
}
