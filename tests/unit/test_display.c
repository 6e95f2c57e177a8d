/* SPDX-License-Identifier: MIT */
/* Amounts for people (PAG-4): what vectors cannot ask, and every length. */
#include <inttypes.h>
#include <stdio.h>
#include <upsell/money.h>

#include "../support/check_main.h"
#include "random.h"

static const upsell_currency yen = {"JPY", 0};
static const upsell_currency dollar = {"USD", 2};

/* Groups of three, made from the right by taking remainders. */
static void grouped(int64_t amount, char *out)
{
  if (amount < 1000) {
    sprintf(out, "%" PRId64, amount);
    return;
  }
  grouped(amount / 1000, out);
  sprintf(out + strlen(out), ",%03d", (int)(amount % 1000));
}

static void check_amount(int64_t amount)
{
  char digits[32];
  char expected[3][48];
  char text[48];
  size_t needed = 0;
  int32_t style;

  grouped(amount, digits);
  sprintf(expected[0], "JPY %" PRId64, amount);
  sprintf(expected[1], "\xEF\xBF\xA5%s", digits);
  sprintf(expected[2], "%s\xE5\x86\x86", digits);
  for (style = UPSELL_MONEY_ISO; style <= UPSELL_MONEY_YEN_WORD; style++) {
    ck_assert_int_eq(upsell_money_display(amount, &yen, style, text, sizeof(text), &needed),
                     UPSELL_OK);
    ck_assert_str_eq(text, expected[style - 1]);
    ck_assert_uint_eq(needed, strlen(text));
  }
}

START_TEST(test_every_length)
{
  uint64_t state = 4;
  int64_t power;
  int i;

  check_amount(0);
  for (power = 1; power <= INT64_MAX / 10; power *= 10) {
    check_amount(power - 1);
    check_amount(power);
    check_amount(power + 1);
  }
  check_amount(INT64_MAX);
  for (i = 0; i < 20000; i++)
    check_amount((int64_t)(random_next(&state) >> (1 + random_below(&state, 63))));
}
END_TEST

/* Any other currency is as in "iso", whatever the style. */
START_TEST(test_other_currencies)
{
  upsell_currency currency;
  char number[32];
  char expected[48];
  char text[48];
  size_t i;
  int32_t style;

  for (i = 0; upsell_currency_at(i, &currency) == UPSELL_OK; i++) {
    ck_assert_int_eq(upsell_money_format(INT64_MAX, &currency, number, sizeof(number), NULL),
                     UPSELL_OK);
    sprintf(expected, "%s %s", currency.code, number);
    for (style = UPSELL_MONEY_ISO; style <= UPSELL_MONEY_YEN_WORD; style++) {
      if (style != UPSELL_MONEY_ISO && strcmp(currency.code, "JPY") == 0)
        continue;
      ck_assert_int_eq(upsell_money_display(INT64_MAX, &currency, style, text, sizeof(text), NULL),
                       UPSELL_OK);
      ck_assert_str_eq(text, expected);
    }
  }
  ck_assert_uint_gt(i, 100);
}
END_TEST

START_TEST(test_buffer)
{
  static const char untouched[] = "----------------";
  char text[sizeof(untouched)];
  size_t needed;
  size_t size;

  for (size = 0; size <= 8; size++) {
    memcpy(text, untouched, sizeof(text));
    needed = 0;
    ck_assert_int_eq(upsell_money_display(1000, &yen, UPSELL_MONEY_YEN_WORD, text, size, &needed),
                     UPSELL_BUFFER_TOO_SMALL);
    ck_assert_uint_eq(needed, 8);
    ck_assert_str_eq(text, untouched);
  }
  ck_assert_int_eq(upsell_money_display(1000, &yen, UPSELL_MONEY_YEN_WORD, text, 9, NULL),
                   UPSELL_OK);
  ck_assert_str_eq(text, "1,000\xE5\x86\x86");
  ck_assert_int_eq(upsell_money_display(1000, &yen, UPSELL_MONEY_YEN_WORD, NULL, 0, &needed),
                   UPSELL_BUFFER_TOO_SMALL);
}
END_TEST

START_TEST(test_arguments)
{
  static const upsell_currency bad[] = {
      {"JPY", -1}, {"JPY", 5},    {"jpy", 0}, {"JP", 0},
      {"", 0},     {"J\xE3P", 0}, {"JP[", 0}, {{'J', 'P', 'Y', 'X'}, 0}};
  char text[48];
  size_t needed;
  size_t i;

  for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
    ck_assert_int_eq(upsell_money_display(1, &bad[i], UPSELL_MONEY_ISO, text, 48, &needed),
                     UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_money_display(1, NULL, UPSELL_MONEY_ISO, text, 48, &needed),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_money_display(1, &yen, UPSELL_MONEY_ISO, NULL, 48, &needed),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_money_display(1, &dollar, 0, text, 48, &needed), UPSELL_BAD_VALUE);
  ck_assert_int_eq(upsell_money_display(1, &dollar, 4, text, 48, &needed), UPSELL_BAD_VALUE);
  ck_assert_int_eq(upsell_money_display(-1, &dollar, UPSELL_MONEY_ISO, text, 48, &needed),
                   UPSELL_OUT_OF_RANGE);
}
END_TEST

/* Yen that a caller gives decimals are no yen of ours: nothing is cut off. */
START_TEST(test_yen_with_decimals)
{
  static const upsell_currency odd = {"JPY", 2};
  char text[48];

  ck_assert_int_eq(upsell_money_display(123456, &odd, UPSELL_MONEY_YEN_WORD, text, 48, NULL),
                   UPSELL_OK);
  ck_assert_str_eq(text, "JPY 1234.56");
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("display");
  TCase *tests = tcase_create("display");

  tcase_add_test(tests, test_every_length);
  tcase_add_test(tests, test_other_currencies);
  tcase_add_test(tests, test_buffer);
  tcase_add_test(tests, test_arguments);
  tcase_add_test(tests, test_yen_with_decimals);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
