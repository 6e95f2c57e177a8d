/* SPDX-License-Identifier: MIT */
/* Vectors on currencies, decimals, percentages and rounding (VAL, PRC-8 ... PRC-12), and on amounts for
 * people (PAG-4). */
#include <check.h>

#include "vectors.h"

/* The currency at "currency", with a code that is known. */
static upsell_currency currency_of(const vector *v)
{
  upsell_currency currency;
  upsell_str code = upsell_str_of(json_object_get_string(vector_get(v, v->given, "currency")));

  ck_assert_int_eq(upsell_currency_find(code, &currency), UPSELL_OK);
  return currency;
}

/* Expects {key: value}, or {"code": …} on an error. */
static void expect_int(const vector *v, upsell_status status, const char *key, int64_t value)
{
  struct json_object *actual;

  if (status) {
    vector_expect_status(v, status);
    return;
  }
  actual = json_object_new_object();
  vector_add_int(actual, key, value);
  vector_expect(v, actual);
}

static void run_currency(const vector *v)
{
  upsell_currency currency = {"", -1};
  upsell_str code;
  upsell_status status;

  vector_keys(v, v->given, "code hex");
  code = vector_str(v, v->given, "code");
  status = upsell_currency_find(code, &currency);
  if (!status)
    ck_assert_mem_eq(currency.code, code.data, 3);
  expect_int(v, status, "decimals", currency.decimals);
}

static void run_money_parse(const vector *v)
{
  upsell_currency currency = currency_of(v);
  int64_t amount = -1;
  upsell_status status;

  vector_keys(v, v->given, "text hex currency");
  status = upsell_money_parse(vector_str(v, v->given, "text"), &currency, &amount);
  expect_int(v, status, "amount", amount);
}

static void run_percentage_parse(const vector *v)
{
  int64_t percentage = -1;
  upsell_status status;

  vector_keys(v, v->given, "text hex");
  status = upsell_percentage_parse(vector_str(v, v->given, "text"), &percentage);
  expect_int(v, status, "percentage", percentage);
}

static void run_money_format(const vector *v)
{
  upsell_currency currency = currency_of(v);
  int64_t amount = vector_int(v, v->given, "amount");
  struct json_object *actual;
  char text[32];
  size_t needed = 0;
  upsell_status status;

  vector_keys(v, v->given, "amount currency");
  status = upsell_money_format(amount, &currency, text, sizeof(text), &needed);
  if (status) {
    vector_expect_status(v, status);
    return;
  }
  ck_assert_uint_eq(needed, strlen(text));
  /* One byte less than text and NUL is too little, and says so. */
  ck_assert_int_eq(upsell_money_format(amount, &currency, text, needed, NULL),
                   UPSELL_BUFFER_TOO_SMALL);
  ck_assert_int_eq(upsell_money_format(amount, &currency, text, needed + 1, NULL), UPSELL_OK);
  actual = json_object_new_object();
  vector_add_text(actual, "text", text);
  vector_expect(v, actual);
}

static void run_money_display(const vector *v)
{
  static const char *const styles[] = {"iso", "yen_sign", "yen_word", NULL};
  upsell_currency currency = currency_of(v);
  int64_t amount = vector_int(v, v->given, "amount");
  int32_t style = vector_name(v, v->given, "style", styles);
  struct json_object *actual;
  char text[48];
  size_t needed = 0;
  upsell_status status;

  vector_keys(v, v->given, "amount currency style");
  status = upsell_money_display(amount, &currency, style, text, sizeof(text), &needed);
  if (status) {
    vector_expect_status(v, status);
    return;
  }
  ck_assert_uint_eq(needed, strlen(text));
  actual = json_object_new_object();
  vector_add_text(actual, "text", text);
  vector_expect(v, actual);
}

static const char *const modes[] = {"floor", "ceil", "half_up", "half_down", "half_even", NULL};
static const char *const targets[] = {"price", "discount", NULL};
static const char *const bases[] = {"unit", "line", NULL};

static void run_percentage(const vector *v)
{
  struct json_object *given = vector_get(v, v->given, "policy");
  upsell_amounts price = {-1, -1};
  upsell_rounding policy;
  struct json_object *actual;
  upsell_status status;

  vector_keys(v, v->given, "base percentage quantity policy");
  vector_keys(v, given, "mode target basis");
  policy.mode = vector_name(v, given, "mode", modes);
  policy.target = vector_name(v, given, "target", targets);
  policy.basis = vector_name(v, given, "basis", bases);
  status = upsell_percentage_price(vector_int(v, v->given, "base"),
                                   vector_int(v, v->given, "percentage"),
                                   vector_int32(v, v->given, "quantity"), &policy, &price);
  if (status) {
    vector_expect_status(v, status);
    return;
  }
  actual = json_object_new_object();
  vector_add_int(actual, "unit", price.unit);
  vector_add_int(actual, "line", price.line);
  vector_expect(v, actual);
}

const vector_function vector_money[] = {
    {"currency", run_currency},           {"money_parse", run_money_parse},
    {"money_format", run_money_format},   {"percentage_parse", run_percentage_parse},
    {"percentage", run_percentage},       {"money_display", run_money_display},
    {NULL, NULL},
};
