/* SPDX-License-Identifier: MIT */
#include "money/decimal.h"

#include "base/str.h"

enum { SCALE_DECIMALS = 4 };

static int is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* The length of the run of digits from `from` on. */
static size_t digits_from(upsell_str text, size_t from)
{
  size_t at = from;

  while (at < text.len && is_digit(text.data[at]))
    at++;
  return at - from;
}

upsell_status upsell__decimal_parse(upsell_str text, int64_t *scaled, size_t *decimals)
{
  size_t whole = digits_from(text, 0);
  size_t fraction = 0;
  int64_t value = 0;
  size_t i;

  if (whole == 0)
    return UPSELL_BAD_DECIMAL;
  if (whole < text.len) {
    fraction = digits_from(text, whole + 1);
    if (text.data[whole] != '.' || fraction == 0 || whole + 1 + fraction != text.len)
      return UPSELL_BAD_DECIMAL;
  }
  for (i = 0; i < whole; i++) {
    value = value * 10 + (text.data[i] - '0');
    if (value > UPSELL_MONEY_MAX)
      return UPSELL_OUT_OF_RANGE;
  }
  for (i = 0; i < SCALE_DECIMALS; i++)
    value = value * 10 + (i < fraction ? text.data[whole + 1 + i] - '0' : 0);
  for (i = SCALE_DECIMALS; i < fraction; i++) {
    if (text.data[whole + 1 + i] != '0')
      return UPSELL_TOO_MANY_DECIMALS;
  }
  if (value > UPSELL__SCALED_MAX)
    return UPSELL_OUT_OF_RANGE;
  *scaled = value;
  *decimals = fraction;
  return UPSELL_OK;
}

/* 10 to the power of 0 ... 4. */
static int64_t power_of_ten(int32_t exponent)
{
  static const int64_t powers[] = {1, 10, 100, 1000, 10000};

  return powers[exponent];
}

upsell_status upsell__money_from_scaled(int64_t scaled, int32_t decimals, int64_t *amount)
{
  int64_t factor = power_of_ten(SCALE_DECIMALS - decimals);

  if (scaled % factor != 0)
    return UPSELL_TOO_MANY_DECIMALS;
  if (scaled / factor > UPSELL_MONEY_MAX)
    return UPSELL_OUT_OF_RANGE;
  *amount = scaled / factor;
  return UPSELL_OK;
}

size_t upsell__money_write(int64_t amount, int32_t decimals, char out[UPSELL__MONEY_TEXT_MAX])
{
  char digits[UPSELL__MONEY_TEXT_MAX];
  size_t at = sizeof(digits);
  int32_t left = decimals;

  do {
    digits[--at] = (char)('0' + amount % 10);
    amount /= 10;
    if (--left == 0)
      digits[--at] = '.';
  } while (amount || left >= 0);
  memcpy(out, digits + at, sizeof(digits) - at);
  return sizeof(digits) - at;
}

static int decimals_known(const upsell_currency *currency)
{
  return currency && currency->decimals >= 0 && currency->decimals <= SCALE_DECIMALS;
}

upsell_status upsell_money_parse(upsell_str text, const upsell_currency *currency, int64_t *amount)
{
  int64_t scaled;
  size_t decimals;
  upsell_status status;

  if (!text.data || !decimals_known(currency) || !amount)
    return UPSELL_INVALID_ARGUMENT;
  status = upsell__decimal_parse(text, &scaled, &decimals);
  return status ? status : upsell__money_from_scaled(scaled, currency->decimals, amount);
}

upsell_status upsell_percentage_parse(upsell_str text, int64_t *percentage)
{
  int64_t scaled;
  size_t decimals;
  upsell_status status;

  if (!text.data || !percentage)
    return UPSELL_INVALID_ARGUMENT;
  status = upsell__decimal_parse(text, &scaled, &decimals);
  if (status)
    return status;
  if (decimals > SCALE_DECIMALS)
    return UPSELL_TOO_MANY_DECIMALS;
  if (scaled > UPSELL_PERCENTAGE_MAX)
    return UPSELL_OUT_OF_RANGE;
  *percentage = scaled;
  return UPSELL_OK;
}

upsell_status upsell_money_format(int64_t amount, const upsell_currency *currency, char *buffer,
                                  size_t size, size_t *needed)
{
  char text[UPSELL__MONEY_TEXT_MAX];
  upsell_str written = {text, 0};

  if (!decimals_known(currency) || (!buffer && size))
    return UPSELL_INVALID_ARGUMENT;
  if (amount < 0)
    return UPSELL_OUT_OF_RANGE;
  written.len = upsell__money_write(amount, currency->decimals, text);
  return upsell__str_give(written, buffer, size, needed);
}
