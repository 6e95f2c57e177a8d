/* SPDX-License-Identifier: MIT */
/* Decisions: structs as JSON, the fields of the view, what errors leave behind. */
#include <stdio.h>

#include "../support/check_main.h"
#include "files.h"
#include "model/catalog.h"
#include "store.h"
#include "structs.h"

static upsell_decision *decision;
static upsell_catalog *catalog;
static store s;

static void set_up(void)
{
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  catalog = NULL;
  store_init(&s);
}

static void tear_down(void)
{
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
}

static const upsell_decision_view *decide_store(uint32_t flags)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status;

  if (!catalog)
    ck_assert_int_eq(upsell_catalog_new(&s.catalog, &catalog, NULL), UPSELL_OK);
  status = upsell_decide(catalog, &s.order, flags, decision, &error);
  ck_assert_msg(status == UPSELL_OK, "%s: %s", error.pointer, error.message);
  return upsell_decision_get(decision);
}

/* ---- structs against JSON on the example store ---- */

static upsell_str json_of(upsell_decision *made)
{
  upsell_str text;

  ck_assert_int_eq(upsell_decision_to_json(made, &text.data, &text.len), UPSELL_OK);
  ck_assert_uint_eq(strlen(text.data), text.len);
  return text;
}

/* Decides for one order of the store both ways; the same bytes must come. */
static void compare_order(const upsell_catalog *from_structs, const upsell_catalog *from_json,
                          upsell_str line, uint32_t flags)
{
  upsell__arena arena = {0};
  struct json_object *tree = tree_of(line);
  upsell_order order = order_of(tree, &arena);
  upsell_decision *other = NULL;

  ck_assert_int_eq(upsell_decision_new(&other), UPSELL_OK);
  ck_assert_int_eq(upsell_decide(from_structs, &order, flags, decision, NULL), UPSELL_OK);
  ck_assert_int_eq(upsell_decide_json(from_json, line.data, line.len, flags, other, NULL),
                   UPSELL_OK);
  json_object_put(tree); /* the decision keeps nothing of the order */
  upsell__arena_free(&arena);
  ck_assert_str_eq(json_of(decision).data, json_of(other).data);
  ck_assert_int_eq(upsell_decision_get(decision)->reason, upsell_decision_get(other)->reason);
  upsell_decision_free(other);
}

/* What no decision shows: the texts that a buyer is told, and the ends of plans. */
static void compare_facts(const upsell_catalog *a, const upsell_catalog *b)
{
  uint32_t i;
  size_t j;

  for (i = 0; i < a->scenario_count; i++) {
    const upsell_str *texts = &a->scenarios[i].disclosure->price;
    const upsell_str *others = &b->scenarios[i].disclosure->price;
    for (j = 0; j < sizeof(upsell__disclosure) / sizeof(*texts); j++) {
      ck_assert_ptr_nonnull(texts[j].data);
      ck_assert_str_eq(texts[j].data, others[j].data);
    }
  }
  for (i = 0; i < a->plan_count; i++) {
    ck_assert_int_eq(a->plans[i].min_cycles, b->plans[i].min_cycles);
    ck_assert_int_eq(a->plans[i].max_cycles, b->plans[i].max_cycles);
  }
}

START_TEST(test_structs_as_json)
{
  upsell_str text = read_file(TEA_STORE "/catalog.json");
  upsell_str orders = read_file(TEA_STORE "/orders.ndjson");
  upsell__arena arena = {0};
  struct json_object *tree = tree_of(text);
  upsell_catalog_input input = catalog_of(tree, &arena);
  upsell_catalog *from_json = NULL;
  upsell_str line;
  size_t at = 0;
  int count = 0;

  ck_assert_int_eq(upsell_catalog_new(&input, &catalog, NULL), UPSELL_OK);
  ck_assert_int_eq(upsell_catalog_new_from_json(text.data, text.len, &from_json, NULL), UPSELL_OK);
  json_object_put(tree); /* nor does the catalogue */
  upsell__arena_free(&arena);
  free((char *)text.data);
  compare_facts(catalog, from_json);
  while ((line = next_line(orders, &at)).data) {
    compare_order(catalog, from_json, line, 0);
    compare_order(catalog, from_json, line, UPSELL_DECIDE_EXPLAIN);
    count++;
  }
  ck_assert_int_eq(count, 41);
  upsell_catalog_free(from_json);
  free((char *)orders.data);
}
END_TEST

/* ---- the view ---- */

static void check_str(upsell_str got, const char *expected)
{
  ck_assert_ptr_nonnull(got.data);
  ck_assert_uint_eq(got.len, strlen(expected));
  ck_assert_str_eq(got.data, expected);
}

static void check_target(const upsell_target *target, const char *line, const char *contract,
                         const char *plan, int64_t plan_unit)
{
  ck_assert_uint_eq(target->line_count, 1);
  check_str(target->line_ids[0], line);
  check_str(target->contract_id, contract);
  check_str(target->selling_plan_id, plan);
  ck_assert_int_eq(target->price.list_unit, 1000);
  ck_assert_int_eq(target->price.has_plan, 1);
  ck_assert_int_eq(target->price.plan_unit, plan_unit);
  ck_assert_int_eq(target->price.checkout.unit, 800);
  ck_assert_int_eq(target->price.checkout.line, 800);
  ck_assert_int_eq(target->price.offer_page.unit, 800);
  ck_assert_int_eq(target->price.offer_page.line, 800);
}

/* Pattern 1 in two contracts: every field. */
START_TEST(test_view)
{
  const upsell_decision_view *view = decide_store(UPSELL_DECIDE_EXPLAIN);

  ck_assert_uint_eq(view->size, sizeof(*view));
  ck_assert_int_eq(view->outcome, UPSELL_OUTCOME_OFFER);
  ck_assert_int_eq(view->reason, 0);
  ck_assert_int_eq(view->pattern, UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION);
  ck_assert_str_eq(view->currency.code, "JPY");
  ck_assert_int_eq(view->currency.decimals, 0);
  check_str(view->order_id, "o-1");
  check_str(view->scenario_id, "S1");
  check_str(view->scenario_name, "More tea");
  ck_assert_int_eq(view->priority, 1);
  ck_assert_uint_eq(view->scenario_index, 0);
  check_str(view->product_id, "p-tea");
  check_str(view->product_title, "Sencha");
  check_str(view->variant_id, "v-100");
  check_str(view->variant_title, "100g");
  ck_assert_int_eq(view->quantity.initial, 1);
  ck_assert_int_eq(view->quantity.max, 5);
  ck_assert_int_eq(view->quantity.adjustable, UPSELL_YES);
  ck_assert_uint_eq(view->cancel_line_count, 0);
  ck_assert_uint_eq(view->target_count, 2);
  check_target(&view->targets[0], "l-1", "c-1", "sp-m1", 900);
  ck_assert_uint_eq(view->targets[0].price.recurring_count, 2);
  ck_assert_int_eq(view->targets[0].price.recurring[1].from_cycle, 3);
  ck_assert_int_eq(view->targets[0].price.recurring[1].unit, 850);
  check_target(&view->targets[1], "l-2", "c-2", "sp-w2", 1000);
  ck_assert_uint_eq(view->targets[1].price.recurring_count, 1);
  ck_assert_uint_eq(view->choice_count, 0);
  ck_assert_int_eq(view->total_checkout, 1600);
  ck_assert_int_eq(view->total_offer_page, 1600);
  ck_assert_int_eq(view->differs, 0);
  check_str(view->page->title, "One more?");
  ck_assert_uint_eq(view->considered_count, 0);
}
END_TEST

/* Turns the store into one of pattern 3: cups replaced by a plan for tea. */
static void make_pattern_3(void)
{
  upsell_str none = {NULL, 0};

  s.lines[0].product_id = s.lines[1].product_id = s.products[1].id;
  s.lines[0].selling_plan_id = s.lines[1].selling_plan_id = none;
  s.scenarios[0].trigger_kind = UPSELL_KIND_ONE_TIME;
  s.scenarios[0].triggers = s.cup_triggers;
  s.scenarios[0].trigger_count = 1;
  s.scenarios[0].quantity.initial = 3;
}

START_TEST(test_view_of_replacement)
{
  const upsell_decision_view *view;

  make_pattern_3();
  view = decide_store(UPSELL_DECIDE_EXPLAIN);
  ck_assert_int_eq(view->pattern, UPSELL_ONE_TIME_TO_SUBSCRIPTION);
  ck_assert_uint_eq(view->cancel_line_count, 2);
  check_str(view->cancel_line_ids[0], "l-1");
  check_str(view->cancel_line_ids[1], "l-2");
  ck_assert_uint_eq(view->target_count, 1);
  ck_assert_uint_eq(view->targets[0].line_count, 2);
  ck_assert_ptr_null(view->targets[0].contract_id.data);
  check_str(view->targets[0].selling_plan_id, "sp-m1");
  ck_assert_int_eq(view->targets[0].price.checkout.unit, 720);
  ck_assert_int_eq(view->targets[0].price.checkout.line, 2160);
  ck_assert_uint_eq(view->choice_count, 2);
  check_str(view->choices[1].selling_plan_id, "sp-w2");
  ck_assert_int_eq(view->choices[1].price.checkout.unit, 800);
  ck_assert_int_eq(view->total_checkout, 2160); /* choices do not count */
  ck_assert_uint_eq(view->considered_count, 1);
  check_str(view->considered[0].scenario_id, "S2");
  ck_assert_uint_eq(view->considered[0].scenario_index, 1);
  ck_assert_int_eq(view->considered[0].reason, UPSELL_REASON_LOWER_PRIORITY);
}
END_TEST

/* Lines of one cycle, of which some have no contract yet: one target, and the
 * contract of the first line that has one (TGT-2). */
START_TEST(test_contract_of_a_cycle)
{
  upsell_order_line lines[3] = {s.lines[0], s.lines[0], s.lines[0]};
  const upsell_decision_view *view;
  upsell_str none = {NULL, 0};

  lines[0].contract_id = none;
  lines[1].contract_id = s.lines[1].contract_id; /* c-2 */
  lines[1].id = s.scenarios[0].id;
  lines[2].id = s.scenarios[1].id;
  s.order.lines = lines;
  s.order.line_count = 3;
  view = decide_store(0);
  ck_assert_uint_eq(view->target_count, 1);
  ck_assert_uint_eq(view->targets[0].line_count, 3);
  check_str(view->targets[0].contract_id, "c-2");
  lines[0].contract_id = s.lines[0].contract_id; /* now all have one: c-1, c-2, c-1 */
  view = decide_store(0);
  ck_assert_uint_eq(view->target_count, 2);
  ck_assert_uint_eq(view->targets[0].line_count, 2);
  check_str(view->targets[0].contract_id, "c-1");
  check_str(view->targets[1].contract_id, "c-2");
}
END_TEST

static void check_no_offer(const upsell_decision_view *view, int32_t reason)
{
  ck_assert_int_eq(view->outcome, UPSELL_OUTCOME_NO_OFFER);
  ck_assert_int_eq(view->reason, reason);
  check_str(view->order_id, "o-1");
  ck_assert_int_eq(view->pattern, 0);
  ck_assert_ptr_null(view->scenario_id.data);
  ck_assert_ptr_null(view->product_id.data);
  ck_assert_ptr_null(view->variant_title.data);
  ck_assert_uint_eq(view->target_count + view->choice_count + view->cancel_line_count, 0);
  ck_assert_ptr_null(view->page);
}

/* What refuses the whole order, in its order (DEC-1). */
START_TEST(test_refusals)
{
  static const int32_t reasons[] = {UPSELL_REASON_CURRENCY_MISMATCH,
                                    UPSELL_REASON_STORE_POST_PURCHASE_APP,
                                    UPSELL_REASON_STORE_PLAN};

  memcpy(s.order.currency, "USD", 4);
  if (_i >= 1)
    s.catalog.post_purchase_app = UPSELL_NO;
  if (_i >= 2)
    s.catalog.store_plan = UPSELL_STORE_STANDARD;
  check_no_offer(decide_store(UPSELL_DECIDE_EXPLAIN), reasons[_i]);
  ck_assert_uint_eq(upsell_decision_get(decision)->considered_count, 0);
}
END_TEST

START_TEST(test_no_candidate)
{
  upsell_str other = UPSELL_STR("p-other");

  s.lines[0].product_id = s.lines[1].product_id = other;
  check_no_offer(decide_store(_i ? UPSELL_DECIDE_EXPLAIN : 0), UPSELL_REASON_NO_CANDIDATE);
}
END_TEST

START_TEST(test_all_rejected)
{
  const upsell_decision_view *view;

  s.products[0].requires_shipping = UPSELL_NO;
  view = decide_store(_i ? UPSELL_DECIDE_EXPLAIN : 0);
  check_no_offer(view, UPSELL_REASON_ALL_REJECTED);
  ck_assert_uint_eq(view->considered_count, (size_t)_i);
  if (_i)
    ck_assert_int_eq(view->considered[0].reason, UPSELL_REASON_OFFER_NOT_SHIPPABLE);
}
END_TEST

/* Stock is shared by the targets, and rejects when it is short (DEC-12, DEC-13). */
START_TEST(test_stock)
{
  static const int32_t max[] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5};
  int64_t stock;

  s.tea[0].stock_tracked = UPSELL_YES;
  for (stock = 0; stock <= 12; stock++) {
    const upsell_decision_view *view;
    upsell_catalog_free(catalog);
    catalog = NULL;
    s.tea[0].available = stock;
    view = decide_store(0);
    ck_assert_int_eq(view->outcome, stock < 2 ? UPSELL_OUTCOME_NO_OFFER : UPSELL_OUTCOME_OFFER);
    ck_assert_int_eq(view->quantity.max, max[stock]);
  }
}
END_TEST

/* ---- errors ---- */

/* After any error nothing of the earlier decision can be read. */
static void check_emptied(void)
{
  const upsell_decision_view *view = upsell_decision_get(decision);
  const char *text = "unchanged";
  size_t len;

  ck_assert_int_eq(view->outcome, UPSELL_OUTCOME_NONE);
  ck_assert_uint_eq(view->size, sizeof(*view));
  ck_assert_ptr_null(view->order_id.data);
  ck_assert_ptr_null(view->targets);
  ck_assert_ptr_null(view->page);
  ck_assert_int_eq(view->total_checkout, 0);
  ck_assert_int_eq(upsell_decision_to_json(decision, &text, &len), UPSELL_INVALID_ARGUMENT);
  ck_assert_str_eq(text, "unchanged");
}

START_TEST(test_errors_empty_the_decision)
{
  static const char bad[] = "{\"format\":\"upsell.order/1\"";
  upsell_error error = UPSELL_ERROR_INIT;

  check_emptied(); /* a new one is empty too */
  decide_store(0);
  s.lines[1].quantity = 0;
  ck_assert_int_eq(upsell_decide(catalog, &s.order, 0, decision, &error), UPSELL_OUT_OF_RANGE);
  ck_assert_str_eq(error.pointer, "/lines/1/quantity");
  check_emptied();
  s.lines[1].quantity = 1;
  decide_store(0);
  ck_assert_int_eq(upsell_decide_json(catalog, bad, sizeof(bad) - 1, 0, decision, NULL),
                   UPSELL_JSON_SYNTAX);
  check_emptied();
  decide_store(0);
  ck_assert_int_eq(upsell_decide(catalog, &s.order, 2, decision, NULL), UPSELL_INVALID_ARGUMENT);
  check_emptied();
  decide_store(0);
  ck_assert_int_eq(upsell_decide(NULL, &s.order, 0, decision, NULL), UPSELL_INVALID_ARGUMENT);
  check_emptied();
  decide_store(0);
  ck_assert_int_eq(upsell_decide(catalog, NULL, 0, decision, NULL), UPSELL_INVALID_ARGUMENT);
  check_emptied();
  decide_store(0);
  ck_assert_int_eq(upsell_decide_json(catalog, NULL, 0, 0, decision, NULL),
                   UPSELL_INVALID_ARGUMENT);
  check_emptied();
}
END_TEST

START_TEST(test_arguments)
{
  const char *text;
  size_t len;

  decide_store(0);
  ck_assert_int_eq(upsell_decide(catalog, &s.order, 0, NULL, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_decide_json(catalog, "{}", 2, 0, NULL, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_decision_to_json(NULL, &text, &len), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_decision_to_json(decision, NULL, &len), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_decision_to_json(decision, &text, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_decision_new(NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_ptr_null(upsell_decision_get(NULL));
  upsell_decision_free(NULL);
}
END_TEST

/* An error is not touched on success. */
START_TEST(test_error_untouched)
{
  upsell_error error = UPSELL_ERROR_INIT;

  error.code = 4711;
  decide_store(0);
  ck_assert_int_eq(upsell_decide(catalog, &s.order, 0, decision, &error), UPSELL_OK);
  ck_assert_int_eq(error.code, 4711);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("decide");
  TCase *decide = tcase_create("decide");

  tcase_set_timeout(decide, 60);
  tcase_add_checked_fixture(decide, set_up, tear_down);
  tcase_add_test(decide, test_structs_as_json);
  tcase_add_test(decide, test_view);
  tcase_add_test(decide, test_view_of_replacement);
  tcase_add_test(decide, test_contract_of_a_cycle);
  tcase_add_loop_test(decide, test_refusals, 0, 3);
  tcase_add_loop_test(decide, test_no_candidate, 0, 2);
  tcase_add_loop_test(decide, test_all_rejected, 0, 2);
  tcase_add_test(decide, test_stock);
  tcase_add_test(decide, test_errors_empty_the_decision);
  tcase_add_test(decide, test_arguments);
  tcase_add_test(decide, test_error_untouched);
  suite_add_tcase(suite, decide);
  return check_main(suite);
}
