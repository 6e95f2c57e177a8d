/* SPDX-License-Identifier: MIT */
/* A preview is the decision for its made-up order, were the scenario the only one (DEC-17). */
#include "../support/check_main.h"
#include "random_shop.h"
#include "store.h"

enum { SHOPS = 600 };

static upsell_decision *decision;
static upsell_decision *other;
static upsell_catalog *catalog;

static void set_up(void)
{
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  ck_assert_int_eq(upsell_decision_new(&other), UPSELL_OK);
  catalog = NULL;
}

static void tear_down(void)
{
  upsell_decision_free(decision);
  upsell_decision_free(other);
  upsell_catalog_free(catalog);
}

static upsell_catalog *build(const upsell_catalog_input *input)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *built = NULL;

  if (upsell_catalog_new(input, &built, &error))
    ck_abort_msg("%s: %s", error.pointer, error.message);
  return built;
}

static const char *text_of(upsell_decision *made)
{
  upsell_str text = {NULL, 0};

  ck_assert_int_eq(upsell_decision_to_json(made, &text.data, &text.len), UPSELL_OK);
  return text.data;
}

/* ---- random shops ---- */

static const upsell_selling_plan_input *find_plan(const shop *s, upsell_str id)
{
  uint32_t i;

  for (i = 0; i < SHOP_PLANS; i++) {
    if (strcmp(s->plans[i].id.data, id.data) == 0)
      return &s->plans[i];
  }
  return NULL;
}

static int suits(const shop *s, const upsell_scenario_input *scenario, upsell_str id)
{
  const upsell_selling_plan_input *plan = find_plan(s, id);
  int32_t same = plan && scenario->offer_kind == UPSELL_KIND_ONE_TIME;
  size_t i;

  for (i = 0; plan && !same && i < scenario->selling_plan_count; i++)
    upsell_cycle_same(&plan->cycle, &find_plan(s, scenario->selling_plan_ids[i])->cycle, &same);
  return same;
}

/* The entry's plan for the line, or an absent text. */
static upsell_str suitable_plan(const shop *s, const upsell_scenario_input *scenario,
                                const upsell_trigger_input *entry)
{
  const upsell_str *ids = entry->selling_plan_count ? entry->selling_plan_ids : shop_plan_ids;
  size_t count = entry->selling_plan_count ? entry->selling_plan_count : SHOP_PLANS;
  size_t i;

  for (i = 0; i < count; i++) {
    if (suits(s, scenario, ids[i]))
      return ids[i];
  }
  return upsell_str_of(NULL);
}

/* The made-up line, from the rule's own words and the input alone. */
static upsell_order_line make_line(const shop *s, const upsell_scenario_input *scenario)
{
  upsell_order_line line = {0};
  const upsell_trigger_input *entry = scenario->triggers;
  size_t i;

  line.size = sizeof(line);
  line.id = upsell_str_of("preview-1");
  line.quantity = 1;
  if (scenario->trigger_kind == UPSELL_KIND_SUBSCRIPTION) {
    for (i = 0; i < scenario->trigger_count && !line.selling_plan_id.data; i++) {
      line.selling_plan_id = suitable_plan(s, scenario, &scenario->triggers[i]);
      if (line.selling_plan_id.data)
        entry = &scenario->triggers[i];
    }
    if (!line.selling_plan_id.data)
      line.selling_plan_id =
          entry->selling_plan_count ? entry->selling_plan_ids[0] : upsell_str_of("nobody's");
  }
  line.product_id = entry->product_id;
  if (entry->variant_count)
    line.variant_id = entry->variant_ids[0];
  return line;
}

/* A preview's bytes are those of deciding for the made-up order, where only this scenario
 * is published, in a store that is ready. Returns the outcome. */
static int32_t check_preview(const shop *s, uint32_t number)
{
  upsell_order_line line = make_line(s, &s->scenarios[number]);
  upsell_order order = {sizeof(order), UPSELL_YES, "JPY", 0, upsell_str_of("preview"), &line, 1};
  shop alone = *s;
  upsell_catalog *built;
  uint32_t i;

  for (i = 0; i < SHOP_SCENARIOS; i++)
    alone.scenarios[i].status = i == number ? UPSELL_SCENARIO_PUBLISHED : UPSELL_SCENARIO_DRAFT;
  alone.catalog.scenarios = alone.scenarios;
  built = build(&alone.catalog);
  if (upsell_decide(built, &order, UPSELL_DECIDE_EXPLAIN, other, NULL) ||
      upsell_preview(catalog, number, decision, NULL))
    ck_abort_msg("refused");
  if (strcmp(text_of(decision), text_of(other)) != 0 ||
      upsell_decision_get(decision)->scenario_index != upsell_decision_get(other)->scenario_index)
    ck_abort_msg("%s -- %s", text_of(decision), text_of(other));
  upsell_catalog_free(built);
  return upsell_decision_get(decision)->outcome;
}

/* The store is not ready and its drafts are many: previews do not care. */
START_TEST(test_random_shops)
{
  uint64_t state = 4000;
  int offers = 0;
  uint32_t i;
  int made;

  for (made = 0; made < SHOPS; made++) {
    shop s;
    shop_make(&s, &state);
    s.catalog.store_plan = (int32_t)random_below(&state, 4);
    s.catalog.post_purchase_app = (int32_t)random_below(&state, 3);
    catalog = build(&s.catalog);
    s.catalog.store_plan = UPSELL_STORE_ENTERPRISE;
    s.catalog.post_purchase_app = UPSELL_YES;
    for (i = 0; i < SHOP_SCENARIOS; i++)
      offers += check_preview(&s, i) == UPSELL_OUTCOME_OFFER;
    upsell_catalog_free(catalog);
    catalog = NULL;
  }
  ck_assert_int_gt(offers, SHOPS * SHOP_SCENARIOS / 2); /* of both kinds, and many */
  ck_assert_int_lt(offers, SHOPS * SHOP_SCENARIOS * 9 / 10);
}
END_TEST

/* ---- the view, and errors ---- */

START_TEST(test_view)
{
  const upsell_decision_view *view;
  store s;

  store_init(&s);
  s.catalog.store_plan = UPSELL_STORE_FREE;
  s.catalog.post_purchase_app = UPSELL_NO;
  s.scenarios[0].status = UPSELL_SCENARIO_DRAFT;
  catalog = build(&s.catalog);
  ck_assert_int_eq(upsell_preview(catalog, 0, decision, NULL), UPSELL_OK);
  view = upsell_decision_get(decision);
  ck_assert_int_eq(view->outcome, UPSELL_OUTCOME_OFFER);
  ck_assert_str_eq(view->order_id.data, "preview");
  ck_assert_str_eq(view->currency.code, "JPY");
  ck_assert_uint_eq(view->scenario_index, 0);
  ck_assert_uint_eq(view->target_count, 1);
  ck_assert_uint_eq(view->targets[0].line_count, 1);
  ck_assert_str_eq(view->targets[0].line_ids[0].data, "preview-1");
  ck_assert_str_eq(view->targets[0].selling_plan_id.data, "sp-m1");
  ck_assert_uint_eq(view->considered_count, 0);
  /* The object decides as before. */
  ck_assert_int_eq(upsell_decide(catalog, &s.order, 0, decision, NULL), UPSELL_OK);
  ck_assert_int_eq(view->reason, UPSELL_REASON_STORE_PLAN);
}
END_TEST

/* A scenario that can make no offer says why, in its own words. */
START_TEST(test_rejected)
{
  const upsell_decision_view *view = upsell_decision_get(decision);
  store s;

  store_init(&s);
  s.catalog.one_time_to_one_time = UPSELL_NO;
  catalog = build(&s.catalog);
  ck_assert_int_eq(upsell_preview(catalog, 1, decision, NULL), UPSELL_OK);
  ck_assert_int_eq(view->outcome, UPSELL_OUTCOME_NO_OFFER);
  ck_assert_int_eq(view->reason, UPSELL_REASON_ALL_REJECTED);
  ck_assert_uint_eq(view->considered_count, 1);
  ck_assert_uint_eq(view->considered[0].scenario_index, 1);
  ck_assert_int_eq(view->considered[0].reason, UPSELL_REASON_PATTERN_NOT_ENABLED);
  ck_assert_ptr_null(view->page);
}
END_TEST

/* After an error there is no decision, whatever there was. */
static void check_emptied(upsell_status status, upsell_status expected)
{
  ck_assert_int_eq(status, expected);
  ck_assert_int_eq(upsell_decision_get(decision)->outcome, UPSELL_OUTCOME_NONE);
  ck_assert_int_eq(upsell_preview(catalog, 0, decision, NULL), UPSELL_OK);
}

START_TEST(test_arguments)
{
  upsell_error error = UPSELL_ERROR_INIT;
  store s;

  store_init(&s);
  catalog = build(&s.catalog);
  ck_assert_int_eq(upsell_preview(catalog, 0, decision, NULL), UPSELL_OK);
  check_emptied(upsell_preview(catalog, 2, decision, &error), UPSELL_OUT_OF_RANGE);
  ck_assert_str_eq(error.message,
                   "The catalogue has 2 scenarios, counted from 0; found the number 2.");
  check_emptied(upsell_preview(catalog, SIZE_MAX, decision, &error), UPSELL_OUT_OF_RANGE);
  check_emptied(upsell_preview(catalog, (size_t)UINT32_MAX + 1, decision, NULL),
                UPSELL_OUT_OF_RANGE); /* not taken for 0 */
  check_emptied(upsell_preview(NULL, 0, decision, &error), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(error.code, UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_preview(catalog, 0, NULL, &error), UPSELL_INVALID_ARGUMENT);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("preview");
  TCase *previews = tcase_create("preview");

  tcase_set_timeout(previews, 120);
  tcase_add_checked_fixture(previews, set_up, tear_down);
  tcase_add_test(previews, test_random_shops);
  tcase_add_test(previews, test_view);
  tcase_add_test(previews, test_rejected);
  tcase_add_test(previews, test_arguments);
  suite_add_tcase(suite, previews);
  return check_main(suite);
}
