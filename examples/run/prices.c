/* SPDX-License-Identifier: MIT */
/*
 * What the platform would charge, against what the plan expects. A percentage is
 * rounded by the platform, and a fixed amount may count per unit or per line: nobody
 * is charged before both agree, line by line.
 */
#include <json-c/json.h>
#include <string.h>

#include "run.h"

/* The value at a path of keys; NULL where there is none. */
static json_object *at(json_object *value, const char *const *keys)
{
  for (; *keys && value; keys++) {
    json_object *member = NULL;
    if (!json_object_is_type(value, json_type_object))
      return NULL;
    json_object_object_get_ex(value, *keys, &member);
    value = member;
  }
  return value;
}

static int is_amount(json_object *value, const upsell_currency *currency, int64_t *amount)
{
  return json_object_is_type(value, json_type_string) &&
         upsell_money_parse(upsell_str_of(json_object_get_string(value)), currency, amount) ==
             UPSELL_OK;
}

static int is_currency(json_object *value, const upsell_currency *currency)
{
  return json_object_is_type(value, json_type_string) &&
         strcmp(json_object_get_string(value), currency->code) == 0;
}

static enum price_verdict compare_line(json_object *line, json_object *expected,
                                       const upsell_currency *currency)
{
  static const char *const money[] = {"totalPriceSet", "shopMoney", NULL};
  static const char *const amount[] = {"amount", NULL};
  static const char *const code[] = {"currencyCode", NULL};
  json_object *total = at(line, money);
  int64_t asked;
  int64_t wanted;

  if (!is_amount(at(total, amount), currency, &asked) || !is_amount(expected, currency, &wanted))
    return PRICE_UNKNOWN;
  return asked == wanted && is_currency(at(total, code), currency) ? PRICE_SAME : PRICE_DIFFERS;
}

static enum price_verdict compare_lines(json_object *lines, json_object *expected,
                                        const upsell_currency *currency)
{
  enum price_verdict verdict = PRICE_SAME;
  size_t count;
  size_t i;

  if (!json_object_is_type(lines, json_type_array) ||
      !json_object_is_type(expected, json_type_array))
    return PRICE_UNKNOWN;
  count = json_object_array_length(expected);
  if (json_object_array_length(lines) != count)
    return PRICE_DIFFERS;
  for (i = 0; i < count && verdict == PRICE_SAME; i++)
    verdict = compare_line(json_object_array_get_idx(lines, i),
                           json_object_array_get_idx(expected, i), currency);
  return verdict;
}

static enum price_verdict judge(json_object *answer, json_object *expected,
                                const upsell_currency *currency)
{
  static const char *const status_keys[] = {"status", NULL};
  static const char *const line_keys[] = {"calculatedPurchase", "updatedLineItems", NULL};
  json_object *status = at(answer, status_keys);

  if (!json_object_is_type(status, json_type_string))
    return PRICE_UNKNOWN;
  if (strcmp(json_object_get_string(status), "unprocessed") == 0)
    return PRICE_REFUSED;
  if (strcmp(json_object_get_string(status), "processed") != 0)
    return PRICE_UNKNOWN;
  return compare_lines(at(answer, line_keys), expected, currency);
}

/* NULL for text that is no JSON. */
static json_object *parse(upsell_str text)
{
  json_tokener *tokener = json_tokener_new();
  json_object *value;

  if (!tokener)
    end_without_memory();
  if (!text.len || text.len > INT32_MAX)
    value = NULL;
  else
    value = json_tokener_parse_ex(tokener, text.data, (int)text.len);
  json_tokener_free(tokener);
  return value;
}

enum price_verdict compare_prices(const text_buffer *answer, upsell_str action,
                                  const upsell_currency *currency)
{
  static const char *const keys[] = {"expect", "lines", NULL};
  json_object *answered = parse(text_str(answer));
  json_object *asked = parse(action);
  enum price_verdict verdict = judge(answered, at(asked, keys), currency);

  json_object_put(answered);
  json_object_put(asked);
  return verdict;
}

int has_consent(upsell_str action)
{
  static const char *const keys[] = {"buyer_consent", NULL};
  json_object *asked = parse(action);
  int consent = json_object_get_boolean(at(asked, keys));

  json_object_put(asked);
  return consent;
}
