/* SPDX-License-Identifier: MIT */
#include "shopify/payload.h"

#include <inttypes.h>
#include <stdio.h>

#include "model/values.h"
#include "money/currency.h"
#include "money/decimal.h"
#include "shopify/gid.h"

upsell__spot upsell__spot_document(const upsell__value *value)
{
  upsell__spot spot = {value, {NULL, NULL, 0, 0}, 1};

  return spot;
}

upsell__spot upsell__spot_key(const upsell__spot *object, const char *key)
{
  upsell__spot spot = {upsell__value_member(object->value, key),
                       upsell__at_key(upsell__spot_path(object), key), 0};

  return spot;
}

upsell__spot upsell__spot_item(const upsell__spot *array, size_t index, const upsell__value *item)
{
  upsell__spot spot = {item, upsell__at_index(upsell__spot_path(array), index), 0};

  return spot;
}

static int wrong_type(const upsell__payload *payload, const upsell__spot *spot,
                      const char *expected)
{
  char found[UPSELL__SHOWN_SIZE];

  upsell__report(payload->sink, UPSELL_WRONG_TYPE, upsell__spot_path(spot),
                 "%s was expected, found %s.", expected, upsell__value_show(spot->value, found));
  return 0;
}

/* Whether there is a value, be it null. */
static int is_there(const upsell__payload *payload, const upsell__spot *spot)
{
  if (spot->value)
    return 1;
  upsell__report(payload->sink, UPSELL_MISSING_KEY, upsell__spot_path(spot),
                 "The key \"%s\" is required here; add it.", spot->path.key);
  return 0;
}

int upsell__payload_kind(const upsell__payload *payload, const upsell__spot *spot,
                         upsell__json_kind kind, const char *expected)
{
  if (!is_there(payload, spot))
    return 0;
  return spot->value->kind == kind || wrong_type(payload, spot, expected);
}

int upsell__payload_object_or_null(const upsell__payload *payload, const upsell__spot *spot,
                                   int *is_null)
{
  if (!is_there(payload, spot))
    return 0;
  *is_null = spot->value->kind == UPSELL__JSON_NULL;
  return *is_null || upsell__payload_kind(payload, spot, UPSELL__JSON_OBJECT, "An object or null");
}

/* The text of a string or a number. */
static int id_text(const upsell__payload *payload, const upsell__spot *spot, const char *expected,
                   upsell_str *text)
{
  if (!is_there(payload, spot))
    return 0;
  if (spot->value->kind != UPSELL__JSON_STRING && spot->value->kind != UPSELL__JSON_NUMBER)
    return wrong_type(payload, spot, expected);
  *text = spot->value->text;
  return 1;
}

int upsell__payload_id(const upsell__payload *payload, const upsell__spot *spot, upsell_str *id)
{
  static const char expected[] = "An id (a string or an integer)";
  upsell__check check = {payload->sink, 1};
  int64_t number;

  if (!id_text(payload, spot, expected, id))
    return 0;
  if (spot->value->kind == UPSELL__JSON_NUMBER && !upsell__value_as_integer(spot->value, &number))
    return wrong_type(payload, spot, expected);
  return upsell__check_id_at(&check, upsell__spot_path(spot), *id);
}

/* The GID of an id that was checked. */
static int to_gid(const upsell__payload *payload, const char *type, upsell_str *id)
{
  int64_t number;

  if (upsell__gid_number(*id, type, &number))
    *id = upsell__gid_make(payload->arena, type, number);
  if (id->data)
    return 1;
  upsell__report_no_memory(payload->sink);
  return 0;
}

int upsell__payload_shopify_id(const upsell__payload *payload, const upsell__spot *spot,
                               const char *type, upsell_str *id)
{
  char found[UPSELL__SHOWN_SIZE];
  upsell_str text;

  if (!id_text(payload, spot, "A number or a GID", &text))
    return 0;
  if (upsell__gid_digits(text, type, id))
    return !payload->gids || to_gid(payload, type, id);
  upsell__report(payload->sink, UPSELL_ID_NOT_SHOPIFY, upsell__spot_path(spot),
                 "A number from 1 to 2^53 or a GID \"gid://shopify/%s/...\" was expected, found "
                 "%s.",
                 type, upsell__value_show(spot->value, found));
  return 0;
}

int upsell__payload_gid(const upsell__payload *payload, const upsell__spot *spot, const char *type,
                        upsell_str *gid)
{
  char found[UPSELL__SHOWN_SIZE];

  if (!upsell__payload_kind(payload, spot, UPSELL__JSON_STRING, "A GID"))
    return 0;
  *gid = spot->value->text;
  if (upsell__is_gid(*gid, type))
    return 1;
  upsell__report(payload->sink, UPSELL_ID_NOT_SHOPIFY, upsell__spot_path(spot),
                 "A GID \"gid://shopify/%s/...\" was expected, found %s.", type,
                 upsell__value_show(spot->value, found));
  return 0;
}

/* A number written as an integer, whether or not it fits in 64 bits. */
static int is_whole(const upsell__value *value)
{
  upsell_str text = value->text;
  size_t i = text.data[0] == '-';

  if (text.data[i] == '0' && i == 1)
    return 0; /* -0 is no integer (DOC-8) */
  while (i < text.len && text.data[i] >= '0' && text.data[i] <= '9')
    i++;
  return i == text.len;
}

/* An integer of 64 bits; `expected` begins the sentence when it is none. */
static int whole_number(const upsell__payload *payload, const upsell__spot *spot,
                        const char *expected, int64_t *number)
{
  if (!upsell__payload_kind(payload, spot, UPSELL__JSON_NUMBER, expected))
    return 0;
  if (upsell__value_as_integer(spot->value, number))
    return 1;
  if (!is_whole(spot->value))
    return wrong_type(payload, spot, expected);
  upsell__report(payload->sink, UPSELL_INTEGER_RANGE, upsell__spot_path(spot),
                 "This integer does not fit in 64 bits.");
  return 0;
}

int upsell__payload_integer(const upsell__payload *payload, const upsell__spot *spot, int64_t min,
                            int64_t max, int64_t *number)
{
  if (!whole_number(payload, spot, "An integer", number))
    return 0;
  if (*number >= min && *number <= max)
    return 1;
  upsell__report(payload->sink, UPSELL_OUT_OF_RANGE, upsell__spot_path(spot),
                 "A number from %" PRId64 " to %" PRId64 " was expected, found %" PRId64 ".", min,
                 max, *number);
  return 0;
}

int upsell__payload_currency(upsell__payload *payload, const upsell__spot *spot,
                             upsell_order *order)
{
  char found[UPSELL__SHOWN_SIZE];

  if (!upsell__payload_kind(payload, spot, UPSELL__JSON_STRING, "A currency's code"))
    return 0;
  payload->currency = upsell__currency_find(spot->value->text);
  if (!payload->currency) {
    upsell__report(payload->sink, UPSELL_UNKNOWN_CURRENCY, upsell__spot_path(spot),
                   "A current ISO 4217 code such as \"JPY\" was expected, found %s.",
                   upsell__quote(spot->value->text, found));
    return 0;
  }
  memcpy(order->currency, payload->currency->code, sizeof(order->currency));
  return 1;
}

int upsell__payload_same_currency(const upsell__payload *payload, const upsell__spot *spot)
{
  char found[UPSELL__SHOWN_SIZE];

  if (!upsell__payload_kind(payload, spot, UPSELL__JSON_STRING, "A currency's code"))
    return 0;
  if (upsell__value_is(spot->value, payload->currency->code))
    return 1;
  upsell__report(payload->sink, UPSELL_CURRENCY_MISMATCH, upsell__spot_path(spot),
                 "The order is in %s and this is in %s; an offer can only be made where the buyer "
                 "pays in the shop's currency.",
                 payload->currency->code, upsell__quote(spot->value->text, found));
  return 0;
}

static void report_amount(const upsell__payload *payload, const upsell__spot *spot,
                          upsell_status status)
{
  const upsell__path *path = upsell__spot_path(spot);
  const upsell_currency *currency = payload->currency;
  char found[UPSELL__SHOWN_SIZE];

  if (status == UPSELL_TOO_MANY_DECIMALS)
    upsell__report(payload->sink, status, path,
                   "%s has %" PRId32 " decimals and this amount has more: %s.", currency->code,
                   currency->decimals, upsell__value_show(spot->value, found));
  else if (status == UPSELL_OUT_OF_RANGE)
    upsell__report(payload->sink, status, path,
                   "An amount from 0 to %" PRId64 " minor units of %s was expected, found %s.",
                   UPSELL_MONEY_MAX, currency->code, upsell__value_show(spot->value, found));
  else
    upsell__report(payload->sink, status, path,
                   "A decimal such as \"1000\" or \"12.50\" was expected, found %s.",
                   upsell__value_show(spot->value, found));
}

/* A decimal string or an integer, in minor units (VAL-2). */
static int read_amount(const upsell__payload *payload, const upsell__spot *spot, int64_t *amount)
{
  static const char expected[] = "A decimal string or an integer";
  upsell_status status = UPSELL_OUT_OF_RANGE;
  int64_t scaled = 0;
  size_t decimals;

  if (!is_there(payload, spot))
    return 0;
  if (spot->value->kind == UPSELL__JSON_STRING)
    status = upsell__decimal_parse(spot->value->text, &scaled, &decimals);
  else if (!whole_number(payload, spot, expected, &scaled))
    return 0;
  else if (scaled >= 0)
    status = upsell__decimal_parse(spot->value->text, &scaled, &decimals);
  if (!status)
    status = upsell__money_from_scaled(scaled, payload->currency->decimals, amount);
  if (status)
    report_amount(payload, spot, status);
  return status == UPSELL_OK;
}

int upsell__payload_money(const upsell__payload *payload, const upsell__spot *money,
                          int64_t *amount)
{
  upsell__spot currency = upsell__spot_key(money, "currencyCode");
  upsell__spot value = upsell__spot_key(money, "amount");

  return upsell__payload_kind(payload, money, UPSELL__JSON_OBJECT, "An object") &&
         upsell__payload_same_currency(payload, &currency) && read_amount(payload, &value, amount);
}

void upsell__line_set_paid(upsell_order_line *line, int64_t total, int64_t units)
{
  line->has_unit_price = total % units == 0;
  line->unit_price = line->has_unit_price ? total / units : 0;
  line->has_discounted_total = line->has_unit_price || units == line->quantity;
  if (line->has_discounted_total)
    line->discounted_total = units == line->quantity ? total : line->unit_price * line->quantity;
}
