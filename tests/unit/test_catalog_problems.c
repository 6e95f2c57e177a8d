/* SPDX-License-Identifier: MIT */
/* Every problem that structs can have: one change, one problem, at its place (CAT-1 ... CAT-19). */
#include "../support/check_main.h"
#include "change.h"

#define X64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define PLAN0 "/selling_plans/0"
#define TEA "/products/0"
#define S0 "/scenarios/0"
#define S1 "/scenarios/1"
#define TRIGGER0 S0 "/trigger/products/0"

static const change changes[] = {
    /* the catalogue itself */
    SET(catalog.size, 0, INVALID_ARGUMENT, ""),
    SET(catalog.size, sizeof(upsell_catalog_input) - 1, INVALID_ARGUMENT, ""),
    SET(catalog.size, 4097, INVALID_ARGUMENT, ""),
    SET(catalog.reserved, 1, INVALID_ARGUMENT, "/reserved"),
    SET(catalog.reserved_size, 1, INVALID_ARGUMENT, "/reserved"),
    SET(catalog.currency, 0, MISSING_KEY, "/currency"),
    SET(catalog.currency[3], 'X', UNKNOWN_CURRENCY, "/currency"),
    SET(catalog.currency[0], 'j', UNKNOWN_CURRENCY, "/currency"),
    SET(catalog.currency[2], 0, UNKNOWN_CURRENCY, "/currency"),
    SET(catalog.store_plan, 4, BAD_VALUE, "/store/plan"),
    SET(catalog.store_plan, -1, BAD_VALUE, "/store/plan"),
    SET(catalog.post_purchase_app, 3, BAD_VALUE, "/store/post_purchase_app"),
    SET(catalog.one_time_to_one_time, -1, BAD_VALUE, "/store/one_time_to_one_time"),
    SET(catalog.rounding.checkout.mode, 6, BAD_VALUE, "/rounding/checkout/mode"),
    SET(catalog.rounding.checkout.target, 3, BAD_VALUE, "/rounding/checkout/target"),
    SET(catalog.rounding.offer_page.basis, -1, BAD_VALUE, "/rounding/offer_page/basis"),
    SET(catalog.products, 0, INVALID_ARGUMENT, "/products"),
    SET(catalog.scenarios, 0, INVALID_ARGUMENT, "/scenarios"),
    SET(catalog.selling_plans, 0, INVALID_ARGUMENT, "/selling_plans"),
    /* selling plans */
    SET(plans[0].size, 0, INVALID_ARGUMENT, PLAN0),
    SET(plans[1].size, sizeof(upsell_selling_plan_input) + 8, INVALID_ARGUMENT, "/selling_plans/1"),
    SET(plans[0].reserved, 7, INVALID_ARGUMENT, PLAN0 "/reserved"),
    NO_TEXT(plans[0].name, MISSING_KEY, PLAN0 "/name"),
    TEXT(plans[0].name, "a\0b", BAD_TEXT, PLAN0 "/name"),
    TEXT(plans[0].name, "\xFF", BAD_TEXT, PLAN0 "/name"),
    SET(plans[0].cycle.billing, 0, MISSING_KEY, PLAN0 "/billing"),
    SET(plans[0].cycle.billing.unit, 0, MISSING_KEY, PLAN0 "/billing/interval"),
    SET(plans[0].cycle.billing.unit, 5, BAD_VALUE, PLAN0 "/billing/interval"),
    SET(plans[0].cycle.billing.count, 0, OUT_OF_RANGE, PLAN0 "/billing/count"),
    SET(plans[0].cycle.billing.count, 1000, OUT_OF_RANGE, PLAN0 "/billing/count"),
    SET(plans[0].cycle.delivery.unit, 0, MISSING_KEY, PLAN0 "/delivery/interval"),
    SET(plans[0].cycle.delivery.count, -1, OUT_OF_RANGE, PLAN0 "/delivery/count"),
    SET(plans[0].pricing, 0, INVALID_ARGUMENT, PLAN0 "/pricing"),
    SET(pricing[0].after_cycle, -1, OUT_OF_RANGE, PLAN0 "/pricing/0/after_cycle"),
    SET(pricing[1].after_cycle, 1000, OUT_OF_RANGE, PLAN0 "/pricing/1/after_cycle"),
    SET(pricing[1].after_cycle, 0, DUPLICATE_CYCLE, PLAN0 "/pricing/1/after_cycle"),
    SET(pricing[0].type, 0, MISSING_KEY, PLAN0 "/pricing/0/type"),
    SET(pricing[0].type, UPSELL_ADJUST_NONE, BAD_VALUE, PLAN0 "/pricing/0/type"),
    SET(pricing[0].type, 5, BAD_VALUE, PLAN0 "/pricing/0/type"),
    SET(pricing[0].value, -1, OUT_OF_RANGE, PLAN0 "/pricing/0/value"),
    SET(pricing[0].value, 1000001, OUT_OF_RANGE, PLAN0 "/pricing/0/value"),
    SET(pricing[1].value, UPSELL_MONEY_MAX + 1, OUT_OF_RANGE, PLAN0 "/pricing/1/value"),
    TEXT(plans[1].id, "sp-m1", DUPLICATE_ID, "/selling_plans/1/id"),
    SET(plans[0].min_cycles, -1, OUT_OF_RANGE, PLAN0 "/min_cycles"),
    SET(plans[0].min_cycles, 1000, OUT_OF_RANGE, PLAN0 "/min_cycles"),
    SET(plans[0].min_cycles, 13, OUT_OF_RANGE, PLAN0 "/min_cycles"), /* more than max_cycles */
    SET(plans[0].max_cycles, 2, OUT_OF_RANGE, PLAN0 "/min_cycles"),
    SET(plans[0].max_cycles, -1, OUT_OF_RANGE, PLAN0 "/max_cycles"),
    SET(plans[0].max_cycles, 1000, OUT_OF_RANGE, PLAN0 "/max_cycles"),
    /* products and variants */
    SET(products[0].size, 4, INVALID_ARGUMENT, TEA),
    SET(products[0].reserved, 1, INVALID_ARGUMENT, TEA "/reserved"),
    SET(products[0].requires_shipping, 3, BAD_VALUE, TEA "/requires_shipping"),
    SET(products[0].requires_selling_plan, 3, BAD_VALUE, TEA "/requires_selling_plan"),
    NO_TEXT(products[0].title, MISSING_KEY, TEA "/title"),
    TEXT(products[0].title, "\xE7\x85", BAD_TEXT, TEA "/title"),
    TEXT(products[1].id, "p-tea", DUPLICATE_ID, "/products/1/id"),
    SET(products[0].variants, 0, INVALID_ARGUMENT, TEA "/variants"),
    SET(tea[1].size, 0, INVALID_ARGUMENT, TEA "/variants/1"),
    TEXT(tea[1].id, "v-100", DUPLICATE_ID, TEA "/variants/1/id"),
    NO_TEXT(tea[0].title, MISSING_KEY, TEA "/variants/0/title"),
    SET(tea[0].price, -1, OUT_OF_RANGE, TEA "/variants/0/price"),
    SET(tea[0].price, UPSELL_MONEY_MAX + 1, OUT_OF_RANGE, TEA "/variants/0/price"),
    SET(tea[0].stock_tracked, 3, BAD_VALUE, TEA "/variants/0/available"),
    SET(tea[0].stock_tracked, 0, MISSING_KEY, TEA "/variants/0/available"), /* CAT-7 */
    SET(tea[1].available, -1, OUT_OF_RANGE, TEA "/variants/1/available"),
    SET(tea[1].available, INT64_C(1) << 53, OUT_OF_RANGE, TEA "/variants/1/available"),
    /* scenarios and their triggers */
    SET(scenarios[0].size, 12, INVALID_ARGUMENT, S0),
    NO_TEXT(scenarios[0].id, MISSING_KEY, S0 "/id"),
    TEXT(scenarios[0].id, "", BAD_ID, S0 "/id"),
    TEXT(scenarios[0].id, X64 X64 X64 X64, BAD_ID, S0 "/id"),
    TEXT(scenarios[0].id, "a\0b", BAD_ID, S0 "/id"),
    TEXT(scenarios[0].id, "\xC0\x80", BAD_ID, S0 "/id"),
    TEXT(scenarios[1].id, "S1", DUPLICATE_ID, S1 "/id"),
    NO_TEXT(scenarios[0].name, MISSING_KEY, S0 "/name"),
    SET(scenarios[0].status, 0, MISSING_KEY, S0 "/status"),
    SET(scenarios[0].status, 3, BAD_VALUE, S0 "/status"),
    SET(scenarios[0].priority, -1, OUT_OF_RANGE, S0 "/priority"),
    SET(scenarios[0].priority, 1000001, OUT_OF_RANGE, S0 "/priority"),
    SET(scenarios[0].trigger_kind, 0, MISSING_KEY, S0 "/trigger/kind"),
    SET(scenarios[0].trigger_kind, 3, BAD_VALUE, S0 "/trigger/kind"),
    SET(scenarios[0].other_items, 3, BAD_VALUE, S0 "/trigger/other_items"),
    SET(scenarios[0].triggers, 0, INVALID_ARGUMENT, S0 "/trigger/products"),
    SET(scenarios[0].trigger_count, 0, BAD_COUNT, S0 "/trigger/products"),
    SET(triggers[0].size, 0, INVALID_ARGUMENT, TRIGGER0),
    SET(triggers[0].reserved, 1, INVALID_ARGUMENT, TRIGGER0 "/reserved"),
    NO_TEXT(triggers[0].product_id, MISSING_KEY, TRIGGER0 "/product_id"),
    TEXT(triggers[0].product_id, "", BAD_ID, TRIGGER0 "/product_id"),
    SET(triggers[0].variant_ids, 0, INVALID_ARGUMENT, TRIGGER0 "/variant_ids"),
    TEXT(trigger_variants[1], "v-cup", UNKNOWN_ID, TRIGGER0 "/variant_ids/1"),
    TEXT(trigger_variants[1], "v-100", DUPLICATE_ID, TRIGGER0 "/variant_ids/1"),
    TEXT(trigger_variants[1], "", BAD_ID, TRIGGER0 "/variant_ids/1"),
    NO_TEXT(trigger_variants[0], BAD_ID, TRIGGER0 "/variant_ids/0"),
    SET(triggers[0].selling_plan_ids, 0, INVALID_ARGUMENT, TRIGGER0 "/selling_plan_ids"),
    TEXT(trigger_plans[1], "sp-m1", DUPLICATE_ID, TRIGGER0 "/selling_plan_ids/1"),
    TEXT(trigger_plans[0], "\xFF", BAD_ID, TRIGGER0 "/selling_plan_ids/0"),
    SET(scenarios[0].trigger_kind, UPSELL_KIND_ONE_TIME, NOT_APPLICABLE,
        TRIGGER0 "/selling_plan_ids"),
    /* the offer */
    SET(scenarios[0].offer_kind, 0, MISSING_KEY, S0 "/offer/kind"),
    SET(scenarios[0].offer_kind, 9, BAD_VALUE, S0 "/offer/kind"),
    SET(scenarios[0].offer_kind, UPSELL_KIND_ONE_TIME, NOT_APPLICABLE,
        S0 "/offer/selling_plan_ids"),
    SET(scenarios[1].offer_kind, UPSELL_KIND_SUBSCRIPTION, BAD_COUNT, S1 "/offer/selling_plan_ids"),
    SET(scenarios[0].selling_plan_count, 0, BAD_COUNT, S0 "/offer/selling_plan_ids"),
    SET(scenarios[0].selling_plan_ids, 0, INVALID_ARGUMENT, S0 "/offer/selling_plan_ids"),
    NO_TEXT(scenarios[0].product_id, MISSING_KEY, S0 "/offer/product_id"),
    TEXT(scenarios[0].product_id, "p-gone", UNKNOWN_ID, S0 "/offer/product_id"),
    NO_TEXT(scenarios[0].variant_id, MISSING_KEY, S0 "/offer/variant_id"),
    TEXT(scenarios[0].variant_id, "v-cup", UNKNOWN_ID, S0 "/offer/variant_id"),
    TEXT(offer_plans[0], "sp-gone", UNKNOWN_ID, S0 "/offer/selling_plan_ids/0"),
    TEXT(offer_plans[1], "sp-m1", DUPLICATE_ID, S0 "/offer/selling_plan_ids/1"),
    SET(plans[1].cycle, 0, MISSING_KEY, "/selling_plans/1/billing"),
    SET(scenarios[0].discount.type, 4, BAD_VALUE, S0 "/offer/discount/type"),
    SET(scenarios[0].discount.type, -1, BAD_VALUE, S0 "/offer/discount/type"),
    SET(scenarios[0].discount.type, 0, NOT_APPLICABLE, S0 "/offer/discount/value"),
    SET(scenarios[0].discount.type, UPSELL_ADJUST_NONE, NOT_APPLICABLE, S0 "/offer/discount/value"),
    SET(scenarios[0].discount.value, 1000001, OUT_OF_RANGE, S0 "/offer/discount/value"),
    SET(scenarios[0].discount.value, -1, OUT_OF_RANGE, S0 "/offer/discount/value"),
    SET(scenarios[1].discount.value, UPSELL_MONEY_MAX + 1, OUT_OF_RANGE,
        S1 "/offer/discount/value"),
    SET(scenarios[0].discount.reserved, 1, INVALID_ARGUMENT, S0 "/offer/discount" "/reserved"),
    SET(scenarios[0].quantity.reserved, 1, INVALID_ARGUMENT, S0 "/offer/quantity" "/reserved"),
    SET(scenarios[0].quantity.initial, -1, OUT_OF_RANGE, S0 "/offer/quantity/default"),
    SET(scenarios[0].quantity.initial, 10000, OUT_OF_RANGE, S0 "/offer/quantity/default"),
    SET(scenarios[0].quantity.max, 10000, OUT_OF_RANGE, S0 "/offer/quantity/max"),
    SET(scenarios[0].quantity.initial, 6, OUT_OF_RANGE, S0 "/offer/quantity/max"),
    SET(scenarios[0].quantity.adjustable, UPSELL_NO, NOT_APPLICABLE, S0 "/offer/quantity/max"),
    SET(scenarios[0].quantity.adjustable, 0, NOT_APPLICABLE, S0 "/offer/quantity/max"),
    SET(scenarios[0].quantity.adjustable, 3, BAD_VALUE, S0 "/offer/quantity/adjustable"),
    /* the page */
    SET(page.size, 0, INVALID_ARGUMENT, S0 "/page"),
    SET(page.reserved, 1, INVALID_ARGUMENT, S0 "/page" "/reserved"),
    SET(page.reserved_size, 1, INVALID_ARGUMENT, S0 "/page" "/reserved"),
    SET(page.timer_enabled, 3, BAD_VALUE, S0 "/page/timer/enabled"),
    SET(page.timer_seconds, 0, MISSING_KEY, S0 "/page/timer/seconds"),
    SET(page.timer_seconds, -1, OUT_OF_RANGE, S0 "/page/timer/seconds"),
    SET(page.timer_seconds, 3601, OUT_OF_RANGE, S0 "/page/timer/seconds"),
    SET(page.description_visible, -1, BAD_VALUE, S0 "/page/description/visible"),
    SET(page.close_visible, 3, BAD_VALUE, S0 "/page/close_button/visible"),
    TEXT(page.title, "\0", BAD_TEXT, S0 "/page/title"),
    TEXT(page.timer_text, "\x80", BAD_TEXT, S0 "/page/timer/text"),
    TEXT(page.description, "\xED\xA0\x80", BAD_TEXT, S0 "/page/description/text"),
    TEXT(page.buy_button, "\xF5", BAD_TEXT, S0 "/page/buy_button"),
    TEXT(page.close_label, "\xC2", BAD_TEXT, S0 "/page/close_button/label"),
    /* what the buyer is told */
    SET(disclosures[0].size, 0, INVALID_ARGUMENT, "/disclosure"),
    SET(disclosures[0].reserved, 1, INVALID_ARGUMENT, "/disclosure" "/reserved"),
    TEXT(disclosures[0].price, "a\0b", BAD_TEXT, "/disclosure/price"),
    TEXT(disclosures[0].payment, "\x80", BAD_TEXT, "/disclosure/payment"),
    TEXT(disclosures[0].delivery, "\xF5", BAD_TEXT, "/disclosure/delivery"),
    TEXT(disclosures[0].period, "\xC2", BAD_TEXT, "/disclosure/period"),
    TEXT(disclosures[0].withdrawal, "\xED\xA0\x80", BAD_TEXT, "/disclosure/withdrawal"),
    TEXT(disclosures[0].cancellation, "\xFF", BAD_TEXT, "/disclosure/cancellation"),
    SET(disclosures[1].size, 4097, INVALID_ARGUMENT, S0 "/page/disclosure"),
    SET(disclosures[1].reserved, 1, INVALID_ARGUMENT, S0 "/page/disclosure" "/reserved"),
    TEXT(disclosures[1].withdrawal, "\0", BAD_TEXT, S0 "/page/disclosure/withdrawal"),
};

/* One problem, found by checking and by building, which leaves its result alone. */
static void check_refused(const store *s, upsell_status code, const char *pointer)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_error problem = UPSELL_ERROR_INIT;
  upsell_problems *problems = NULL;
  upsell_catalog *catalog = (upsell_catalog *)1;

  ck_assert_int_eq(upsell_catalog_check(&s->catalog, &problems), UPSELL_OK);
  ck_assert_int_eq(upsell_problems_get(problems, 0, &problem), UPSELL_OK);
  ck_assert_str_eq(problem.pointer, pointer);
  ck_assert_str_eq(upsell_status_name(problem.code), upsell_status_name(code));
  /* What refers to the id that a duplicate took the place of is told as well. */
  if (code != UPSELL_DUPLICATE_ID)
    ck_assert_uint_eq(upsell_problems_count(problems), 1);
  ck_assert_int_eq(upsell_catalog_new(&s->catalog, &catalog, &error), code);
  ck_assert_ptr_eq(catalog, (upsell_catalog *)1);
  ck_assert_int_eq(error.code, code);
  ck_assert_str_eq(error.pointer, pointer);
  ck_assert_str_eq(error.message, problem.message);
  ck_assert_int_eq(error.offset, -1);
  upsell_problems_free(problems);
}

START_TEST(test_change)
{
  store s;

  store_init(&s);
  apply(&s, &changes[_i]);
  check_refused(&s, changes[_i].code, changes[_i].pointer);
}
END_TEST

START_TEST(test_unchanged)
{
  upsell_problems *problems = NULL;
  upsell_catalog *catalog = NULL;
  store s;

  store_init(&s);
  ck_assert_int_eq(upsell_catalog_check(&s.catalog, &problems), UPSELL_OK);
  ck_assert_uint_eq(upsell_problems_count(problems), 0);
  ck_assert_int_eq(upsell_catalog_new(&s.catalog, &catalog, NULL), UPSELL_OK);
  upsell_problems_free(problems);
  upsell_catalog_free(catalog);
  upsell_catalog_free(NULL);
}
END_TEST

/* Two plans of one offer with the same cycle, in whatever units (CAT-13). */
START_TEST(test_same_cycle)
{
  store s;

  store_init(&s);
  s.plans[0].cycle.billing.unit = UPSELL_INTERVAL_DAY;
  s.plans[0].cycle.billing.count = 14;
  s.plans[0].cycle.delivery = s.plans[0].cycle.billing;
  check_refused(&s, UPSELL_SAME_CYCLE, "/scenarios/0/offer/selling_plan_ids/1");
}
END_TEST

/* All problems at once, in the same order on every run; the first is the error. */
START_TEST(test_many_at_once)
{
  static const char *const pointers[] = {"/currency",
                                         "/selling_plans/0/pricing/1/after_cycle",
                                         "/products/0/title",
                                         "/products/0/variants/1/available",
                                         "/scenarios/0/priority",
                                         "/scenarios/0/offer/variant_id",
                                         "/scenarios/1/id"};
  upsell_problems *problems = NULL;
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_str same = UPSELL_STR("S1");
  size_t i;
  store s;

  store_init(&s);
  s.catalog.currency[0] = 'X';
  s.pricing[1].after_cycle = 0;
  s.products[0].title.data = NULL;
  s.tea[1].available = -1;
  s.scenarios[0].priority = -1;
  s.scenarios[0].variant_id = s.cup[0].id;
  s.scenarios[1].id = same;
  ck_assert_int_eq(upsell_catalog_check(&s.catalog, &problems), UPSELL_OK);
  ck_assert_uint_eq(upsell_problems_count(problems), COUNT_OF(pointers));
  for (i = 0; i < COUNT_OF(pointers); i++) {
    upsell_problems_get(problems, i, &error);
    ck_assert_str_eq(error.pointer, pointers[i]);
  }
  upsell_problems_free(problems);
}
END_TEST

/* A plan whose id could not be read may be the one that an offer names: then
 * the name is not called unknown. */
START_TEST(test_no_consequences)
{
  store s;

  store_init(&s);
  s.plans[1].id.len = 0;
  check_refused(&s, UPSELL_BAD_ID, "/selling_plans/1/id");
  store_init(&s);
  s.tea[0].id.len = 0;
  check_refused(&s, UPSELL_BAD_ID, "/products/0/variants/0/id");
  store_init(&s);
  s.products[0].id.len = 0;
  check_refused(&s, UPSELL_BAD_ID, "/products/0/id");
}
END_TEST

START_TEST(test_arguments)
{
  upsell_problems *problems = NULL;
  upsell_catalog *catalog = NULL;
  store s;

  store_init(&s);
  ck_assert_int_eq(upsell_catalog_new(NULL, &catalog, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_new(&s.catalog, NULL, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_check(NULL, &problems), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_check(&s.catalog, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_new_from_json(NULL, 0, &catalog, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_new_from_json("{}", 2, NULL, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_check_json(NULL, 0, &problems), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_check_json("{}", 2, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_ptr_null(catalog);
  ck_assert_ptr_null(problems);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("catalog_problems");
  TCase *problems = tcase_create("problems");

  tcase_add_test(problems, test_unchanged);
  tcase_add_loop_test(problems, test_change, 0, COUNT_OF(changes));
  tcase_add_test(problems, test_same_cycle);
  tcase_add_test(problems, test_many_at_once);
  tcase_add_test(problems, test_no_consequences);
  tcase_add_test(problems, test_arguments);
  suite_add_tcase(suite, problems);
  return check_main(suite);
}
