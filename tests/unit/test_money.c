/* SPDX-License-Identifier: MIT */
/* Currencies, decimal texts, percentages (VAL-2, VAL-3, VAL-4, VAL-6, OUT-3). */
#include <stdio.h>

#include "../support/check_main.h"
#include "money/currency.h"
#include "money/decimal.h"
#include "random.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- currencies, as the specification lists them ---- */

static const char *const by_decimals[5] = {
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    "",
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
    "GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD "
    "LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB "
    "PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
    "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW "
    "ZWG",
    "BHD IQD JOD KWD LYD OMR TND",
    "CLF UYW",
};

/* The decimals of a code, or -1 where it is in no list. */
static int listed_decimals(const char *code)
{
  int decimals;

  for (decimals = 0; decimals < 5; decimals++) {
    if (strstr(by_decimals[decimals], code))
      return decimals;
  }
  return -1;
}

START_TEST(test_currency_list)
{
  upsell_currency previous = {"", 0};
  upsell_currency currency;
  size_t i;

  for (i = 0; upsell_currency_at(i, &currency) == UPSELL_OK; i++) {
    ck_assert_uint_eq(strlen(currency.code), 3);
    ck_assert_int_lt(strcmp(previous.code, currency.code), 0);
    ck_assert_int_eq(currency.decimals, listed_decimals(currency.code));
    previous = currency;
  }
  ck_assert_uint_eq(i, 165);
  ck_assert_int_eq(upsell_currency_at(165, &currency), UPSELL_OUT_OF_RANGE);
  ck_assert_int_eq(upsell_currency_at(SIZE_MAX, &currency), UPSELL_OUT_OF_RANGE);
  ck_assert_int_eq(upsell_currency_at(0, NULL), UPSELL_INVALID_ARGUMENT);
}
END_TEST

/* Every code of three capitals: found just when the specification lists it. */
START_TEST(test_every_code)
{
  char code[4] = {0};
  int i;

  for (i = 0; i < 26 * 26 * 26; i++) {
    upsell_currency currency = {"", -1};
    upsell_str text = {code, 3};
    upsell_status status;
    code[0] = (char)('A' + i / 676);
    code[1] = (char)('A' + i / 26 % 26);
    code[2] = (char)('A' + i % 26);
    status = upsell_currency_find(text, &currency);
    if (currency.decimals != listed_decimals(code) ||
        status != (currency.decimals < 0 ? UPSELL_UNKNOWN_CURRENCY : UPSELL_OK))
      ck_abort_msg("%s", code);
  }
}
END_TEST

START_TEST(test_no_currency)
{
  static const upsell_str codes[] = {UPSELL_STR(""),     UPSELL_STR("JP"),     UPSELL_STR("JPYY"),
                                     UPSELL_STR("jpy"),  UPSELL_STR("Jpy"),    UPSELL_STR("JP\0"),
                                     UPSELL_STR(" JPY"), UPSELL_STR("JP\xD9"), UPSELL_STR("392"),
                                     UPSELL_STR("XXX"),  UPSELL_STR("BGN"),    {NULL, 0}};
  upsell_currency currency = {"abc", 9};

  ck_assert_int_eq(upsell_currency_find(codes[_i], &currency), UPSELL_UNKNOWN_CURRENCY);
  ck_assert_int_eq(currency.decimals, 9);
  ck_assert_int_eq(upsell_currency_find(codes[_i], NULL), UPSELL_INVALID_ARGUMENT);
}
END_TEST

/* ---- reading ---- */

typedef struct parse_case {
  upsell_str text;
  int32_t decimals; /* of the currency; -1: a percentage */
  upsell_status status;
  int64_t value;
} parse_case;

#define GOOD(text, decimals, value)                                                                \
  {                                                                                                \
    UPSELL_STR(text), decimals, UPSELL_OK, value                                                   \
  }
#define BAD(text, decimals, status)                                                                \
  {                                                                                                \
    UPSELL_STR(text), decimals, UPSELL_##status, 0                                                 \
  }

static const parse_case parses[] = {
    GOOD("0", 0, 0),
    GOOD("1000", 0, 1000),
    GOOD("1000.00", 0, 1000),
    GOOD("12.5", 2, 1250),
    GOOD("12.50000000000000000000000", 2, 1250),
    GOOD("000012", 0, 12),
    GOOD("0.01", 2, 1),
    GOOD("00.010", 2, 1),
    GOOD("0.0001", 4, 1),
    GOOD("1.234", 3, 1234),
    GOOD("100000000000", 0, UPSELL_MONEY_MAX),
    GOOD("1000000000.00", 2, UPSELL_MONEY_MAX),
    GOOD("10000000.0000", 4, UPSELL_MONEY_MAX),
    GOOD("0000000000000000000000000000000001", 0, 1),
    GOOD("100000000000.0", 0, UPSELL_MONEY_MAX),
    BAD("", 0, BAD_DECIMAL),
    BAD(".", 2, BAD_DECIMAL),
    BAD("1.", 2, BAD_DECIMAL),
    BAD(".5", 2, BAD_DECIMAL),
    BAD("-1", 0, BAD_DECIMAL),
    BAD("+1", 0, BAD_DECIMAL),
    BAD(" 1", 0, BAD_DECIMAL),
    BAD("1 ", 0, BAD_DECIMAL),
    BAD("1,000", 0, BAD_DECIMAL),
    BAD("1e3", 0, BAD_DECIMAL),
    BAD("1.2.3", 2, BAD_DECIMAL),
    BAD("1\0", 0, BAD_DECIMAL),
    BAD("0x1", 0, BAD_DECIMAL),
    BAD("\xEF\xBC\x91", 0, BAD_DECIMAL),
    BAD("1..0", 2, BAD_DECIMAL),
    BAD("1.5", 0, TOO_MANY_DECIMALS),
    BAD("0.001", 2, TOO_MANY_DECIMALS),
    BAD("0.00001", 4, TOO_MANY_DECIMALS),
    BAD("12.345", 2, TOO_MANY_DECIMALS),
    BAD("100000000001", 0, OUT_OF_RANGE),
    BAD("1000000000.01", 2, OUT_OF_RANGE),
    BAD("10000000.0001", 4, OUT_OF_RANGE),
    BAD("99999999999999999999999999", 0, OUT_OF_RANGE),
    BAD("18446744073709551617", 0, OUT_OF_RANGE),
    BAD("1000000001", 2, OUT_OF_RANGE),
    GOOD("0", -1, 0),
    GOOD("100", -1, 1000000),
    GOOD("12.5", -1, 125000),
    GOOD("0.0001", -1, 1),
    GOOD("100.0000", -1, 1000000),
    GOOD("007", -1, 70000),
    GOOD("33.3333", -1, 333333),
    BAD("100.0001", -1, OUT_OF_RANGE),
    BAD("101", -1, OUT_OF_RANGE),
    BAD("0.00000", -1, TOO_MANY_DECIMALS),
    BAD("1.00001", -1, TOO_MANY_DECIMALS),
    BAD("10%", -1, BAD_DECIMAL),
    BAD("-5", -1, BAD_DECIMAL),
    BAD("", -1, BAD_DECIMAL),
    BAD("99999999999999999999", -1, OUT_OF_RANGE),
};

START_TEST(test_parse)
{
  const parse_case *c = &parses[_i];
  upsell_currency currency = {"XTS", c->decimals};
  int64_t value = -5;
  upsell_status status = c->decimals < 0 ? upsell_percentage_parse(c->text, &value)
                                         : upsell_money_parse(c->text, &currency, &value);

  ck_assert_int_eq(status, c->status);
  ck_assert_int_eq(value, c->status ? -5 : c->value);
}
END_TEST

/* The grammar again, as a state machine: 0 start, 1 digits, 2 point, 3 decimals. */
static int is_decimal(const char *text, size_t len)
{
  int state = 0;
  size_t i;

  for (i = 0; i < len; i++) {
    if (text[i] >= '0' && text[i] <= '9')
      state |= 1; /* 0 -> 1, 2 -> 3 */
    else if (text[i] == '.' && state == 1)
      state = 2;
    else
      return 0;
  }
  return state & 1;
}

/* Every text of up to 5 characters of a small alphabet. */
START_TEST(test_all_short_texts)
{
  static const char alphabet[] = "019.-+ e";
  int number;

  for (number = 0; number < 8 * 8 * 8 * 8 * 8; number++) {
    char text[5];
    size_t len;
    for (len = 0; len < 5; len++)
      text[len] = alphabet[number >> (3 * len) & 7];
    for (len = 0; len <= 5; len++) {
      upsell_str slice = {text, len};
      size_t decimals = 99;
      int64_t scaled = -1;
      upsell_status status = upsell__decimal_parse(slice, &scaled, &decimals);
      if (status != (is_decimal(text, len) ? UPSELL_OK : UPSELL_BAD_DECIMAL))
        ck_abort_msg("%.*s: %d", (int)len, text, status);
    }
  }
}
END_TEST

/* ---- writing ---- */

typedef struct format_case {
  int64_t amount;
  int32_t decimals;
  const char *text;
} format_case;

static const format_case formats[] = {
    {0, 0, "0"},
    {0, 2, "0.00"},
    {5, 2, "0.05"},
    {50, 2, "0.50"},
    {100, 2, "1.00"},
    {1999, 2, "19.99"},
    {800, 0, "800"},
    {1, 4, "0.0001"},
    {12345, 3, "12.345"},
    {99, 1, "9.9"},
    {10000, 4, "1.0000"},
    {UPSELL_MONEY_MAX, 2, "1000000000.00"},
    {INT64_MAX, 0, "9223372036854775807"},
    {INT64_MAX, 4, "922337203685477.5807"},
};

START_TEST(test_format)
{
  const format_case *c = &formats[_i];
  upsell_currency currency = {"XTS", c->decimals};
  size_t len = strlen(c->text);
  size_t size;

  for (size = 0; size <= len + 2; size++) {
    char *buffer = malloc(size + 1);
    size_t needed = 0;
    memset(buffer, '#', size + 1);
    ck_assert_int_eq(upsell_money_format(c->amount, &currency, buffer, size, &needed),
                     size > len ? UPSELL_OK : UPSELL_BUFFER_TOO_SMALL);
    ck_assert_uint_eq(needed, len);
    ck_assert_int_eq(buffer[size], '#');
    if (size > len)
      ck_assert_str_eq(buffer, c->text);
    else
      ck_assert_int_eq(buffer[0], '#');
    free(buffer);
  }
}
END_TEST

/* What is written reads back, for all decimals: the edges, then at random. */
START_TEST(test_round_trip)
{
  upsell_currency currency = {"XTS", _i};
  uint64_t state = 3;
  int64_t round;

  for (round = 0; round < 40000; round++) {
    int64_t amount = round < 10000   ? round
                     : round < 20000 ? UPSELL_MONEY_MAX - (round - 10000)
                                     : random_between(&state, 0, UPSELL_MONEY_MAX);
    char text[32];
    size_t len = 0;
    int64_t back = -1;
    upsell_str slice = {text, 0};
    upsell_money_format(amount, &currency, text, sizeof(text), &len);
    slice.len = len;
    if (upsell_money_parse(slice, &currency, &back) != UPSELL_OK || back != amount ||
        (_i && text[len - (size_t)_i - 1] != '.'))
      ck_abort_msg("%s", text);
  }
}
END_TEST

START_TEST(test_arguments)
{
  upsell_currency good = {"JPY", 0};
  upsell_currency bad[] = {{"XTS", -1}, {"XTS", 5}};
  upsell_str text = UPSELL_STR("1");
  upsell_str absent = {NULL, 0};
  char buffer[32];
  int64_t value;
  size_t i;

  for (i = 0; i < 2; i++) {
    ck_assert_int_eq(upsell_money_parse(text, &bad[i], &value), UPSELL_INVALID_ARGUMENT);
    ck_assert_int_eq(upsell_money_format(1, &bad[i], buffer, 32, NULL), UPSELL_INVALID_ARGUMENT);
  }
  ck_assert_int_eq(upsell_money_parse(absent, &good, &value), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_money_parse(text, NULL, &value), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_money_parse(text, &good, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_percentage_parse(absent, &value), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_percentage_parse(text, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_money_format(-1, &good, buffer, 32, NULL), UPSELL_OUT_OF_RANGE);
  ck_assert_int_eq(upsell_money_format(1, NULL, buffer, 32, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_money_format(1, &good, NULL, 32, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_money_format(1, &good, NULL, 0, NULL), UPSELL_BUFFER_TOO_SMALL);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("money");
  TCase *currency = tcase_create("currency");
  TCase *decimal = tcase_create("decimal");

  tcase_add_test(currency, test_currency_list);
  tcase_add_test(currency, test_every_code);
  tcase_add_loop_test(currency, test_no_currency, 0, 12);
  tcase_add_loop_test(decimal, test_parse, 0, COUNT_OF(parses));
  tcase_add_test(decimal, test_all_short_texts);
  tcase_add_loop_test(decimal, test_format, 0, COUNT_OF(formats));
  tcase_add_loop_test(decimal, test_round_trip, 0, 5);
  tcase_add_test(decimal, test_arguments);
  suite_add_tcase(suite, currency);
  suite_add_tcase(suite, decimal);
  return check_main(suite);
}
