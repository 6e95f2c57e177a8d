/* SPDX-License-Identifier: MIT */
/* Packed orders as structs, read by other code than the library's (BAT-2). */
#ifndef UPSELL_TESTS_FUZZ_UNPACK_H
#define UPSELL_TESTS_FUZZ_UNPACK_H

#include <inttypes.h>
#include <stdlib.h>
#include <upsell/order.h>

/* What is left of a text, and whether what was read of it is as it must be. */
typedef struct unpacking {
  const char *at;
  const char *end;
  int broken;
} unpacking;

/* The next text. */
static upsell_str unpack_text(unpacking *u)
{
  upsell_str text = {u->at, 0};

  while (u->at < u->end && *u->at)
    u->at++;
  text.len = (size_t)(u->at - text.data);
  if (u->at == u->end)
    u->broken = 1;
  else
    u->at++;
  return text;
}

/* The next text, which may be absent. */
static upsell_str unpack_optional(unpacking *u)
{
  static const upsell_str absent = {NULL, 0};
  upsell_str text = unpack_text(u);

  return text.len ? text : absent;
}

/* A number; one that is too large is as large as can be, and out of any range. */
static int64_t unpack_number(unpacking *u, int32_t *is_there)
{
  upsell_str text = unpack_text(u);
  uintmax_t number;

  *is_there = text.len != 0;
  if (u->broken || text.len > 19 || strspn(text.data, "0123456789") != text.len) {
    u->broken = 1;
    return 0;
  }
  number = strtoumax(text.data, NULL, 10);
  return number > INT64_MAX ? INT64_MAX : (int64_t)number;
}

static int64_t unpack_required(unpacking *u)
{
  int32_t is_there;
  int64_t number = unpack_number(u, &is_there);

  u->broken |= !is_there;
  return number;
}

static void unpack_line(unpacking *u, upsell_order_line *line)
{
  int64_t quantity;

  line->size = sizeof(*line);
  line->id = unpack_text(u);
  line->product_id = unpack_text(u);
  line->variant_id = unpack_optional(u);
  line->selling_plan_id = unpack_optional(u);
  line->contract_id = unpack_optional(u);
  quantity = unpack_required(u);
  line->quantity = quantity > INT32_MAX ? INT32_MAX : (int32_t)quantity;
  line->unit_price = unpack_number(u, &line->has_unit_price);
  line->discounted_total = unpack_number(u, &line->has_discounted_total);
}

/* A code of another length than 3 becomes one that is none, either. */
static void unpack_currency(unpacking *u, upsell_order *order)
{
  upsell_str code = unpack_text(u);

  if (code.len == 3)
    memcpy(order->currency, code.data, 3);
  else if (code.len)
    memcpy(order->currency, "???", 3);
}

static int32_t unpack_choice(unpacking *u)
{
  upsell_str choice = unpack_text(u);

  if (choice.len == 0)
    return UPSELL_DEFAULT;
  u->broken |= choice.len != 1 || (*choice.data != '0' && *choice.data != '1');
  return *choice.data == '1' ? UPSELL_YES : UPSELL_NO;
}

/*
 * Reads the next order, and moves on to what is behind it. Returns 0 when it is broken;
 * else its lines, of which there may be none, are the caller's to free.
 */
static int unpack_order(unpacking *u, upsell_order *order)
{
  upsell_order_line *lines = NULL;
  int64_t count = unpack_required(u);
  int64_t i;

  memset(order, 0, sizeof(*order));
  order->size = sizeof(*order);
  order->id = unpack_text(u);
  unpack_currency(u, order);
  order->has_shipping_address = unpack_choice(u);
  u->broken |= count > u->end - u->at; /* a line is more than a byte */
  if (!u->broken)
    lines = calloc((size_t)count + 1, sizeof(*lines));
  for (i = 0; lines && i < count && !u->broken; i++)
    unpack_line(u, &lines[i]);
  order->lines = lines;
  order->line_count = (size_t)count;
  if (u->broken)
    free(lines);
  return !u->broken;
}

#endif
