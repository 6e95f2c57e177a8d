/* SPDX-License-Identifier: MIT */
/* What warnings tell the merchant, and that they refuse nothing (CAT-20). The cases are in
 * tests/vectors/warnings.json. */
#include "../support/check_main.h"
#include "store.h"

static upsell_catalog *catalog;
static upsell_problems *warnings;
static store s;

static void set_up(void)
{
  store_init(&s);
  catalog = NULL;
  warnings = NULL;
}

static void tear_down(void)
{
  upsell_problems_free(warnings);
  upsell_catalog_free(catalog);
}

static size_t count_warnings(void)
{
  ck_assert_int_eq(upsell_catalog_new(&s.catalog, &catalog, NULL), UPSELL_OK);
  ck_assert_int_eq(upsell_catalog_warnings(catalog, &warnings), UPSELL_OK);
  return upsell_problems_count(warnings);
}

static void check_warning(size_t index, upsell_status code, const char *pointer,
                          const char *message)
{
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(upsell_problems_get(warnings, index, &error), UPSELL_OK);
  ck_assert_str_eq(upsell_status_name(error.code), upsell_status_name(code));
  ck_assert_str_eq(error.pointer, pointer);
  ck_assert_str_eq(error.message, message);
  ck_assert_int_eq(error.offset, -1);
}

START_TEST(test_none)
{
  ck_assert_uint_eq(count_warnings(), 0);
}
END_TEST

#define LAW                                                                                        \
  " Article 12-6 of Japan's Act on Specified Commercial Transactions wants it on the last screen " \
  "before the purchase; add it"

/* The message names the first scenario that needs the text. */
START_TEST(test_missing_texts)
{
  s.catalog.disclosure = NULL;
  s.disclosures[1].withdrawal.len = 0;
  ck_assert_uint_eq(count_warnings(), 2);
  check_warning(0, UPSELL_MISSING_TEXT, "/scenarios/0/page/disclosure/withdrawal",
                "The offer of /scenarios/0 is a subscription, but no text tells its buyer about "
                "returns and how to withdraw from the purchase." LAW
                ", or leave the key out to take the catalogue's.");
  check_warning(1, UPSELL_MISSING_TEXT, "/disclosure/cancellation",
                "The offer of /scenarios/0 is a subscription, but no text tells its buyer how and "
                "until when to cancel the subscription." LAW " for all scenarios.");
}
END_TEST

/* The message says what the buyer pays both ways, in major units. */
START_TEST(test_dearer)
{
  memcpy(s.catalog.currency, "USD", 4);
  s.scenarios[0].discount.value = 50000;
  ck_assert_uint_eq(count_warnings(), 1);
  check_warning(0, UPSELL_DEARER_THAN_PLAN, "/scenarios/0/offer/discount",
                "The offer costs 9.50 USD at first and its plan \"sp-m1\" alone 9.00 USD, since an "
                "offer that joins a subscription has this discount instead of the plan's first "
                "price; raise it, or leave it out to take the plan's.");
}
END_TEST

/* Two plans of one cycle, of which the other one is bought. */
static void let_plans_differ(upsell_str offered, upsell_str bought)
{
  s.plans[1].cycle = s.plans[0].cycle;
  s.plans[0].id = s.offer_plans[0] = offered;
  s.plans[1].id = s.trigger_plans[1] = bought;
  s.trigger_plans[0] = offered;
  s.scenarios[0].selling_plan_count = 1;
}

START_TEST(test_another_end)
{
  let_plans_differ(upsell_str_of("sp-m1"), upsell_str_of("sp-m"));
  ck_assert_uint_eq(count_warnings(), 1);
  check_warning(0, UPSELL_NOT_APPLICABLE, "/scenarios/0/offer/selling_plan_ids",
                "The buyer is told what the offer's plan \"sp-m1\" says, min_cycles 3 and "
                "max_cycles 12 (0: none); but the item joins the contract that was bought, perhaps "
                "of plan \"sp-m\" with 0 and 0, and ends with that. Give both plans the same, or "
                "name in trigger.products only plans that have them.");
}
END_TEST

START_TEST(test_longest_message_of_an_end)
{
  static const char a[] = "123456789012345678901234567890123456789012345678901234567890A";
  static const char b[] = "123456789012345678901234567890123456789012345678901234567890B";
  upsell_error error = UPSELL_ERROR_INIT;

  let_plans_differ(upsell_str_of(a), upsell_str_of(b));
  s.plans[0].min_cycles = s.plans[0].max_cycles = 999;
  s.plans[1].min_cycles = s.plans[1].max_cycles = 998;
  ck_assert_uint_eq(count_warnings(), 1);
  upsell_problems_get(warnings, 0, &error);
  ck_assert_str_eq(error.message + strlen(error.message) - 10, "have them.");
}
END_TEST

/* The longest amounts and ids leave the sentence whole. */
START_TEST(test_longest_message)
{
  static const char id[] = "123456789012345678901234567890123456789012345678901234567890"
                           "123456789012345678901234567890123456789012345678901234567890";
  upsell_error error = UPSELL_ERROR_INIT;

  s.plans[0].id = s.offer_plans[0] = s.trigger_plans[0] = upsell_str_of(id);
  memcpy(s.catalog.currency, "UYW", 4);
  s.tea[0].price = UPSELL_MONEY_MAX;
  s.scenarios[0].discount.value = 0;
  ck_assert_uint_eq(count_warnings(), 1);
  upsell_problems_get(warnings, 0, &error);
  ck_assert_ptr_nonnull(strstr(error.message, "costs 10000000.0000 UYW at first and its plan \"1"));
  ck_assert_ptr_nonnull(strstr(error.message, "...\" alone 9000000.0000 UYW, since"));
  ck_assert_str_eq(error.message + strlen(error.message) - 6, "plan's." + 1);
}
END_TEST

START_TEST(test_arguments)
{
  count_warnings();
  ck_assert_int_eq(upsell_catalog_warnings(NULL, &warnings), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_warnings(catalog, NULL), UPSELL_INVALID_ARGUMENT);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("warnings");
  TCase *told = tcase_create("warnings");

  tcase_add_checked_fixture(told, set_up, tear_down);
  tcase_add_test(told, test_none);
  tcase_add_test(told, test_missing_texts);
  tcase_add_test(told, test_dearer);
  tcase_add_test(told, test_longest_message);
  tcase_add_test(told, test_another_end);
  tcase_add_test(told, test_longest_message_of_an_end);
  tcase_add_test(told, test_arguments);
  suite_add_tcase(suite, told);
  return check_main(suite);
}
