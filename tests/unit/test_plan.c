/* SPDX-License-Identifier: MIT */
/* Making plans from structs: offers that have changed, options and arguments (PLN-1 ...
 * PLN-3). */
#include "../support/check_main.h"
#include "plan_drift.h"

/* ---- the offer has changed ---- */

/* An order in wons, for a catalogue in yen. */
#define WON SET(order.currency[0], 'K'), SET(order.currency[1], 'R'), SET(order.currency[2], 'W')

static const drift offers[] = {
    CASE("nothing changed", P1, FINE, END),
    CASE("nothing changed, 2", P2, FINE, END),
    CASE("nothing changed, 3", P3, FINE, END),
    CASE("nothing changed, 4", P4, FINE, END),
    CASE("an unknown scenario", P1, RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
         TEXT(acceptance.scenario_id, "S5")),
    CASE("a draft", P1, RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
         TEXT(acceptance.scenario_id, "S0")),
    CASE("a survivor of lower priority", P1,
         RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
         TEXT(acceptance.scenario_id, "S9")),
    IN_SHOP("another one wins now", P1, "'priority':2", "'priority':0",
            RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"), END),
    CASE("its name in other letters", P1, RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
         TEXT(acceptance.scenario_id, "s1")),
    CASE("its name and a space", P1, RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
         TEXT(acceptance.scenario_id, "S1 ")),
    IN_SHOP("no offer: a store plan", P1, "'enterprise'", "'standard'",
            RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"), END),
    IN_SHOP("no offer: another app", P1, "'post_purchase_app':true", "'post_purchase_app':false",
            RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"), END),
    CASE("another currency", P1, RESULT(UPSELL_CURRENCY_MISMATCH, "/order/currency"), WON),
    CASE("another currency goes before another scenario", P1,
         RESULT(UPSELL_CURRENCY_MISMATCH, "/order/currency"), WON,
         TEXT(acceptance.scenario_id, "S5"), SET(acceptance.quantity, 9)),
    CASE("and before lines that give no offer", P1,
         RESULT(UPSELL_CURRENCY_MISMATCH, "/order/currency"), WON, TEXT(lines[0].product_id, "120"),
         TEXT(lines[1].product_id, "120")),
    CASE("an option goes before another currency", P1, RESULT(UPSELL_BAD_VALUE, "/options/dialect"),
         WON, SET(options.dialect, 3)),
    CASE("no offer: no candidate", P1, RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
         TEXT(lines[0].product_id, "120"), TEXT(lines[1].product_id, "120")),
    CASE("no offer: no address", P3, RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
         SET(order.has_shipping_address, UPSELL_NO)),
    CASE("no offer: a subscription besides", P3,
         RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
         TEXT(lines[2].selling_plan_id, "9")),
    IN_SHOP("no offer: switched off", P4, "'one_time_to_one_time':true",
            "'one_time_to_one_time':false", RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
            END),
    IN_SHOP("no offer: sold out", P4, "'available':7", "'available':0",
            RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"), END),
};

/* ---- quantities ---- */

static const drift quantities[] = {
    CASE("none", P1, RESULT(UPSELL_OUT_OF_RANGE, "/acceptance/quantity"),
         SET(acceptance.quantity, 0)),
    CASE("less than none", P1, RESULT(UPSELL_OUT_OF_RANGE, "/acceptance/quantity"),
         SET(acceptance.quantity, -1)),
    CASE("more than any", P1, RESULT(UPSELL_OUT_OF_RANGE, "/acceptance/quantity"),
         SET(acceptance.quantity, 10000)),
    CASE("the most", P1, FINE, SET(acceptance.quantity, 5)),
    CASE("one too many", P1, RESULT(UPSELL_QUANTITY_OUT_OF_RANGE, "/acceptance/quantity"),
         SET(acceptance.quantity, 6)),
    CASE("the most that there is", P1, RESULT(UPSELL_QUANTITY_OUT_OF_RANGE, "/acceptance/quantity"),
         SET(acceptance.quantity, 9999)),
    IN_SHOP("below a default that can be adjusted", P1, "'default':1,'max':5",
            "'default':3,'max':5", FINE, SET(acceptance.quantity, 1)),
    CASE("below a fixed one", P2, RESULT(UPSELL_QUANTITY_OUT_OF_RANGE, "/acceptance/quantity"),
         SET(acceptance.quantity, 1)),
    CASE("above a fixed one", P2, RESULT(UPSELL_QUANTITY_OUT_OF_RANGE, "/acceptance/quantity"),
         SET(acceptance.quantity, 3)),
    CASE("all that are in stock", P4, FINE, SET(acceptance.quantity, 7)),
    CASE("more than are in stock", P4, RESULT(UPSELL_QUANTITY_OUT_OF_RANGE, "/acceptance/quantity"),
         SET(acceptance.quantity, 8)),
    IN_SHOP("stock is shared by two contracts", P1, "'red','price':'1000','available':null",
            "'red','price':'1000','available':7",
            RESULT(UPSELL_QUANTITY_OUT_OF_RANGE, "/acceptance/quantity"),
            TEXT(lines[1].selling_plan_id, "gid://shopify/SellingPlan/301"),
            SET(acceptance.quantity, 4)),
    IN_SHOP("stock that is enough for two", P1, "'red','price':'1000','available':null",
            "'red','price':'1000','available':7", FINE,
            TEXT(lines[1].selling_plan_id, "gid://shopify/SellingPlan/301"),
            SET(acceptance.quantity, 3)),
};

/* ---- selling plans ---- */

#define PLAN(pattern, id, result)                                                                  \
  CASE("plan " id " in pattern " #pattern, pattern, RESULT(result),                                \
       TEXT(acceptance.selling_plan_id, id))
#define REFUSED UPSELL_PLAN_NOT_OFFERED, "/acceptance/selling_plan_id"

static const drift plans[] = {
    PLAN(P1, "300", FINE),
    PLAN(P1, "gid://shopify/SellingPlan/301", REFUSED),
    /* the offer's, not the target's */
    PLAN(P1, "302", REFUSED),
    /* the catalogue's, not the offer's */
    PLAN(P1, "303", REFUSED),
    PLAN(P1, "gid://shopify/SellingPlan/300", REFUSED),
    /* not as the catalogue names it */
    PLAN(P2, "300", REFUSED),
    PLAN(P2, "302", REFUSED),
    PLAN(P3, "300", FINE),
    PLAN(P3, "gid://shopify/SellingPlan/301", FINE),
    PLAN(P3, "302", REFUSED),
    PLAN(P3, "303", REFUSED),
    PLAN(P4, "300", REFUSED),
    CASE("one plan for two contracts", P1, REFUSED,
         TEXT(lines[1].selling_plan_id, "gid://shopify/SellingPlan/301"),
         TEXT(acceptance.selling_plan_id, "300")),
    IN_SHOP("the only plan", P3,
            "['300','gid://shopify/SellingPlan/301'],"
            "'discount':{'type':'percentage','value':'20'},"
            "'quantity':{'default':1,'max':5,'adjustable':true}}},{'id':'S4'",
            "['300'],'discount':{'type':'percentage','value':'20'}}},{'id':'S4'", FINE,
            TEXT(acceptance.selling_plan_id, "300")),
    CASE("no plan, but an id", P1, RESULT(UPSELL_BAD_ID, "/acceptance/selling_plan_id"),
         TEXT(acceptance.selling_plan_id, "")),
};

/* ---- the total ---- */

#define TOTAL(pattern, units, amount, result)                                                      \
  CASE("total " #amount " in pattern " #pattern, pattern, RESULT(result),                          \
       SET(acceptance.has_total, 1), SET(acceptance.total, amount),                                \
       SET(acceptance.quantity, units))
#define DEARER UPSELL_PRICE_CHANGED, "/acceptance/total"

static const drift totals[] = {
    TOTAL(P1, 1, 800, FINE),
    TOTAL(P1, 1, 799, DEARER),
    TOTAL(P1, 1, 801, DEARER),
    TOTAL(P1, 1, 0, DEARER),
    TOTAL(P1, 5, 4000, FINE),
    TOTAL(P1, 5, 800, DEARER),
    /* of one unit */
    TOTAL(P1, 1, 900, DEARER),
    /* of the next cycle */
    TOTAL(P2, 2, 1600, FINE),
    TOTAL(P2, 2, 800, DEARER),
    TOTAL(P3, 1, 720, FINE),
    TOTAL(P3, 1, 800, DEARER),
    /* not on top of the plan's price */
    TOTAL(P4, 1, 1500, FINE),
    TOTAL(P4, 2, 3000, FINE),
    TOTAL(P4, 1, INT64_MAX, DEARER),
    TOTAL(P4, 1, -1, RESULT(UPSELL_OUT_OF_RANGE, "/acceptance/total")),
    CASE("a total that does not count", P1, FINE, SET(acceptance.total, 1)),
    CASE("neither given nor not", P1, RESULT(UPSELL_BAD_VALUE, "/acceptance"),
         SET(acceptance.has_total, 2)),
    IN_SHOP("the page's total, not the checkout's", P4, "'price':'1800'", "'price':'356'", FINE,
            SET(acceptance.has_total, 1), SET(acceptance.total, 56)),
    CASE("of both contracts", P1, FINE,
         TEXT(lines[1].selling_plan_id, "gid://shopify/SellingPlan/301"),
         SET(acceptance.has_total, 1), SET(acceptance.total, 1600)),
    CASE("of one contract of two", P1, DEARER,
         TEXT(lines[1].selling_plan_id, "gid://shopify/SellingPlan/301"),
         SET(acceptance.has_total, 1), SET(acceptance.total, 800)),
};

/* ---- what the messages say: both sides ---- */

typedef struct said {
  drift change;
  const char *words[2]; /* what was accepted, and what holds now */
} said;

static const said messages[] = {
    {CASE("another one wins", P1, RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
          TEXT(acceptance.scenario_id, "S9")),
     {"\"S9\" was accepted", "wins now is \"S1\""}},
    {CASE("an unknown one", P3, RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
          TEXT(acceptance.scenario_id, "winter sale")),
     {"\"winter sale\" was accepted", "wins now is \"S3\""}},
    {CASE("no candidate", P1, RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"),
          TEXT(lines[0].product_id, "120"), TEXT(lines[1].product_id, "120")),
     {"\"S1\" was accepted", "no offer now, with reason no_candidate"}},
    {IN_SHOP("a store that may not sell", P4, "'enterprise'", "'standard'",
             RESULT(UPSELL_OFFER_CHANGED, "/acceptance/scenario_id"), END),
     {"\"S4\" was accepted", "no offer now, with reason "}},
    {CASE("dearer now", P1, RESULT(UPSELL_PRICE_CHANGED, "/acceptance/total"),
          SET(acceptance.has_total, 1), SET(acceptance.total, 799)),
     {"799 JPY was accepted", "is 800 now"}},
    {CASE("for the accepted quantity", P1, RESULT(UPSELL_PRICE_CHANGED, "/acceptance/total"),
          SET(acceptance.has_total, 1), SET(acceptance.total, 800), SET(acceptance.quantity, 5)),
     {"800 JPY was accepted", "is 4000 now"}},
    {CASE("as much as can be", P4, RESULT(UPSELL_PRICE_CHANGED, "/acceptance/total"),
          SET(acceptance.has_total, 1), SET(acceptance.total, INT64_MAX)),
     {"9223372036854775807 JPY was accepted", "is 1500 now"}},
    {CASE("a currency", P1, RESULT(UPSELL_CURRENCY_MISMATCH, "/order/currency"), WON),
     {"currency is JPY", "Charge nothing"}},
};

static void check_said(const said *m, const char *message)
{
  size_t i;

  for (i = 0; i < COUNT_OF(m->words); i++)
    ck_assert_msg(strstr(message, m->words[i]) != NULL, "%s: %s", m->change.name, message);
}

START_TEST(test_message)
{
  const said *m = &messages[_i];
  upsell_catalog *catalog = sale_shop(m->change.from, m->change.to);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = untouched;
  sale s;

  check_drift(&m->change);
  sale_of(&s, &m->change);
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error),
                   m->change.code);
  check_said(m, error.message);
  upsell_catalog_free(catalog);
}
END_TEST

/* ---- options and arguments ---- */

#define REFERENCE "/options/reference_id"

static const drift options[] = {
    CASE("an acceptance without a size", P1, RESULT(UPSELL_INVALID_ARGUMENT, "/acceptance"),
         SET(acceptance.size, 0)),
    CASE("an acceptance that is too short", P1, RESULT(UPSELL_INVALID_ARGUMENT, "/acceptance"),
         SET(acceptance.size, sizeof(upsell_acceptance) - 8)),
    CASE("an acceptance that is not all zeros", P1,
         RESULT(UPSELL_INVALID_ARGUMENT, "/acceptance/reserved"), SET(acceptance.reserved, 1)),
    CASE("an acceptance of nothing", P1, RESULT(UPSELL_MISSING_KEY, "/acceptance/scenario_id"),
         GONE(acceptance.scenario_id)),
    CASE("a scenario that is no id", P1, RESULT(UPSELL_BAD_ID, "/acceptance/scenario_id"),
         TEXT(acceptance.scenario_id, "\xFF")),
    CASE("an order that breaks its rules", P1,
         RESULT(UPSELL_OUT_OF_RANGE, "/order/lines/1/quantity"), SET(lines[1].quantity, 0)),
    CASE("an order without a size", P1, RESULT(UPSELL_INVALID_ARGUMENT, "/order"),
         SET(order.size, 0)),
    CASE("an order comes before an acceptance", P1, RESULT(UPSELL_INVALID_ARGUMENT, "/order"),
         SET(order.size, 0), SET(acceptance.size, 0)),
    CASE("options without a size", P1, RESULT(UPSELL_INVALID_ARGUMENT, "/options"),
         SET(options.size, 0)),
    CASE("options that are too long", P1, RESULT(UPSELL_INVALID_ARGUMENT, "/options"),
         SET(options.size, 1 << 20)),
    CASE("options that are not all zeros", P1, RESULT(UPSELL_INVALID_ARGUMENT, "/options/reserved"),
         SET(options.reserved, -1)),
    CASE("the first version", P1, FINE, SET(options.api_version, UPSELL_API_2025_10)),
    CASE("the last version", P1, FINE, SET(options.api_version, UPSELL_API_2026_10)),
    CASE("a version to come", P1, RESULT(UPSELL_BAD_VALUE, "/options/api_version"),
         SET(options.api_version, 6)),
    CASE("a version that never was", P1, RESULT(UPSELL_BAD_VALUE, "/options/api_version"),
         SET(options.api_version, -1)),
    CASE("a third dialect", P1, RESULT(UPSELL_BAD_VALUE, "/options/dialect"),
         SET(options.dialect, 3)),
    CASE("the draft dialect", P1, FINE, SET(options.api_version, UPSELL_API_2026_10),
         SET(options.dialect, UPSELL_DIALECT_DRAFT)),
    CASE("the calculation dialect", P1, FINE, SET(options.api_version, UPSELL_API_2026_10),
         SET(options.dialect, UPSELL_DIALECT_CALCULATION)),
    CASE("the calculation dialect too early", P1, RESULT(UPSELL_NOT_APPLICABLE, "/options/dialect"),
         SET(options.api_version, UPSELL_API_2026_07),
         SET(options.dialect, UPSELL_DIALECT_CALCULATION)),
    CASE("the calculation dialect in the default version", P1,
         RESULT(UPSELL_NOT_APPLICABLE, "/options/dialect"),
         SET(options.dialect, UPSELL_DIALECT_CALCULATION)),
    CASE("no shop", P1, FINE, GONE(options.shop)),
    CASE("a shop without a name", P1, RESULT(UPSELL_BAD_ID, "/options/shop"),
         TEXT(options.shop, "")),
    CASE("a shop that is no text", P1, RESULT(UPSELL_BAD_ID, "/options/shop"),
         TEXT(options.shop, "\xC3")),
    CASE("no reference", P1, FINE, GONE(options.reference_id)),
    CASE("every letter of a reference", P1, FINE,
         TEXT(options.reference_id, "ABCXYZabcxyz0189._-")),
    CASE("an empty reference", P1, RESULT(UPSELL_BAD_VALUE, REFERENCE),
         TEXT(options.reference_id, "")),
    CASE("a reference with a space", P1, RESULT(UPSELL_BAD_VALUE, REFERENCE),
         TEXT(options.reference_id, "a b")),
    CASE("a reference with another condition", P1, RESULT(UPSELL_BAD_VALUE, REFERENCE),
         TEXT(options.reference_id, "a OR id:1")),
    CASE("a reference with a colon", P1, RESULT(UPSELL_BAD_VALUE, REFERENCE),
         TEXT(options.reference_id, "a:b")),
    CASE("a reference with a star", P1, RESULT(UPSELL_BAD_VALUE, REFERENCE),
         TEXT(options.reference_id, "a*")),
    CASE("a reference with a quote", P1, RESULT(UPSELL_BAD_VALUE, REFERENCE),
         TEXT(options.reference_id, "a\"")),
    CASE("a reference with a NUL", P1, RESULT(UPSELL_BAD_VALUE, REFERENCE),
         TEXT(options.reference_id, "a\0")),
    CASE("a reference with a line end", P1, RESULT(UPSELL_BAD_VALUE, REFERENCE),
         TEXT(options.reference_id, "a\n")),
    CASE("a reference in other letters", P1, RESULT(UPSELL_BAD_VALUE, REFERENCE),
         TEXT(options.reference_id, "\xE8\x8C\xB6")),
};

START_TEST(test_offer)
{
  check_drift(&offers[_i]);
}
END_TEST

START_TEST(test_quantity)
{
  check_drift(&quantities[_i]);
}
END_TEST

START_TEST(test_plan)
{
  check_drift(&plans[_i]);
}
END_TEST

START_TEST(test_total)
{
  check_drift(&totals[_i]);
}
END_TEST

START_TEST(test_options)
{
  check_drift(&options[_i]);
}
END_TEST

/* 255 characters are the most. */
START_TEST(test_long_reference)
{
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = NULL;
  char reference[256];
  sale s;

  memset(reference, 'r', sizeof(reference));
  sale_init(&s, P4);
  s.options.reference_id.data = reference;
  s.options.reference_id.len = 255;
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error),
                   UPSELL_OK);
  upsell_plan_free(plan);
  s.options.reference_id.len = 256;
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error),
                   UPSELL_BAD_VALUE);
  ck_assert_str_eq(error.pointer, REFERENCE);
  upsell_catalog_free(catalog);
}
END_TEST

/* What may not be NULL; options may, and are then all defaults. */
START_TEST(test_null)
{
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  upsell_plan *plan = untouched;
  sale s;

  sale_init(&s, P1);
  ck_assert_int_eq(upsell_plan_make(NULL, &s.order, &s.acceptance, NULL, &plan, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_plan_make(catalog, NULL, &s.acceptance, NULL, &plan, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, NULL, NULL, &plan, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, NULL, NULL, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_plan_make_json(NULL, "{}", 2, "{}", 2, NULL, &plan, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_plan_make_json(catalog, NULL, 0, "{}", 2, NULL, &plan, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_plan_make_json(catalog, "{}", 2, NULL, 0, NULL, &plan, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_plan_make_json(catalog, "{}", 2, "{}", 2, NULL, NULL, NULL),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_ptr_eq(plan, untouched);
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, NULL, &plan, NULL),
                   UPSELL_OK);
  ck_assert_int_eq(upsell_plan_get(plan)->api_version, UPSELL_API_2026_07);
  ck_assert_int_eq(upsell_plan_get(plan)->dialect, UPSELL_DIALECT_DRAFT);
  upsell_plan_free(plan);
  upsell_plan_free(NULL);
  ck_assert_ptr_null(upsell_plan_json(NULL, NULL));
  ck_assert_ptr_null(upsell_plan_get(NULL));
  upsell_catalog_free(catalog);
}
END_TEST

/* Structs of a newer caller: longer, with zeros behind. */
START_TEST(test_wider_structs)
{
  struct wide_acceptance {
    upsell_acceptance acceptance;
    int64_t newer;
  } acceptance = {{0}, 0};
  struct wide_options {
    upsell_plan_options options;
    int64_t newer;
  } options_of = {{0}, 0};
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  upsell_plan *plan = NULL;
  sale s;

  sale_init(&s, P1);
  acceptance.acceptance = s.acceptance;
  acceptance.acceptance.size = sizeof(acceptance);
  options_of.options = s.options;
  options_of.options.size = sizeof(options_of);
  ck_assert_int_eq(
      upsell_plan_make(catalog, &s.order, &acceptance.acceptance, &options_of.options, &plan, NULL),
      UPSELL_OK);
  upsell_plan_free(plan);
  acceptance.newer = 1;
  ck_assert_int_eq(
      upsell_plan_make(catalog, &s.order, &acceptance.acceptance, &options_of.options, &plan, NULL),
      UPSELL_INVALID_ARGUMENT);
  acceptance.newer = 0;
  options_of.newer = 1;
  ck_assert_int_eq(
      upsell_plan_make(catalog, &s.order, &acceptance.acceptance, &options_of.options, &plan, NULL),
      UPSELL_INVALID_ARGUMENT);
  upsell_catalog_free(catalog);
}
END_TEST

START_TEST(test_version_names)
{
  static const char *const names[] = {"2025-10", "2026-01", "2026-04", "2026-07", "2026-10"};
  int32_t i;

  for (i = 0; i < (int32_t)COUNT_OF(names); i++)
    ck_assert_str_eq(upsell_api_version_name(i + 1), names[i]);
  ck_assert_ptr_null(upsell_api_version_name(0));
  ck_assert_ptr_null(upsell_api_version_name(-1));
  ck_assert_ptr_null(upsell_api_version_name(6));
  ck_assert_ptr_null(upsell_api_version_name(INT32_MAX));
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("plan");
  TCase *tests = tcase_create("plan");

  tcase_add_loop_test(tests, test_offer, 0, (int)COUNT_OF(offers));
  tcase_add_loop_test(tests, test_quantity, 0, (int)COUNT_OF(quantities));
  tcase_add_loop_test(tests, test_plan, 0, (int)COUNT_OF(plans));
  tcase_add_loop_test(tests, test_total, 0, (int)COUNT_OF(totals));
  tcase_add_loop_test(tests, test_message, 0, (int)COUNT_OF(messages));
  tcase_add_loop_test(tests, test_options, 0, (int)COUNT_OF(options));
  tcase_add_test(tests, test_long_reference);
  tcase_add_test(tests, test_null);
  tcase_add_test(tests, test_wider_structs);
  tcase_add_test(tests, test_version_names);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
