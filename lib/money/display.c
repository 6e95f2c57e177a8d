/* SPDX-License-Identifier: MIT */
#include "money/display.h"

#include "base/str.h"
#include "money/decimal.h"

#define YEN_SIGN "\xEF\xBF\xA5" /* U+FFE5 */
#define YEN_WORD "\xE5\x86\x86" /* U+5186 */

static size_t append(char *out, size_t len, const char *text, size_t text_len)
{
  memcpy(out + len, text, text_len);
  return len + text_len;
}

/* Digits in groups of three, with commas. */
static size_t append_grouped(char *out, size_t len, int64_t amount)
{
  char digits[UPSELL__MONEY_TEXT_MAX];
  size_t count = upsell__money_write(amount, 0, digits);
  size_t i;

  for (i = 0; i < count; i++) {
    if (i && (count - i) % 3 == 0)
      out[len++] = ',';
    out[len++] = digits[i];
  }
  return len;
}

static size_t display_iso(int64_t amount, const upsell_currency *currency, char *out)
{
  size_t len = append(out, 0, currency->code, 3);

  out[len++] = ' ';
  return len + upsell__money_write(amount, currency->decimals, out + len);
}

size_t upsell__money_display(int64_t amount, const upsell_currency *currency, int32_t style,
                             char out[UPSELL__DISPLAY_MAX])
{
  size_t len = 0;

  if (style == UPSELL_MONEY_ISO || currency->decimals || memcmp(currency->code, "JPY", 3) != 0)
    return display_iso(amount, currency, out);
  if (style == UPSELL_MONEY_YEN_SIGN)
    len = append(out, len, YEN_SIGN, sizeof(YEN_SIGN) - 1);
  len = append_grouped(out, len, amount);
  if (style == UPSELL_MONEY_YEN_WORD)
    len = append(out, len, YEN_WORD, sizeof(YEN_WORD) - 1);
  return len;
}

/* The code becomes part of a text, so that it must be one, known or not. */
static int currency_ok(const upsell_currency *currency)
{
  size_t i;

  if (!currency || currency->decimals < 0 || currency->decimals > 4 || currency->code[3])
    return 0;
  for (i = 0; i < 3; i++) {
    if (currency->code[i] < 'A' || currency->code[i] > 'Z')
      return 0;
  }
  return 1;
}

upsell_status upsell_money_display(int64_t amount, const upsell_currency *currency, int32_t style,
                                   char *buffer, size_t size, size_t *needed)
{
  char text[UPSELL__DISPLAY_MAX];
  upsell_str written = {text, 0};

  if (!currency_ok(currency) || (!buffer && size))
    return UPSELL_INVALID_ARGUMENT;
  if (!upsell__money_style_exists(style))
    return UPSELL_BAD_VALUE;
  if (amount < 0)
    return UPSELL_OUT_OF_RANGE;
  written.len = upsell__money_display(amount, currency, style, text);
  return upsell__str_give(written, buffer, size, needed);
}
