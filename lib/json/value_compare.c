/* SPDX-License-Identifier: MIT */
/* Values as numbers, and as equal or not. */
#include "json/value.h"

#include "base/alloc.h"
#include "base/idmap.h"

int upsell__value_as_integer(const upsell__value *value, int64_t *number)
{
  upsell_str text;
  uint64_t limit = INT64_MAX;
  uint64_t sum = 0;
  size_t i = 0;
  int negative;

  if (!value || value->kind != UPSELL__JSON_NUMBER)
    return 0;
  text = value->text;
  negative = text.data[0] == '-';
  limit += (uint64_t)negative;
  for (i = (size_t)negative; i < text.len; i++) {
    unsigned digit = (unsigned)(text.data[i] - '0');
    if (digit > 9 || sum > (limit - digit) / 10)
      return 0;
    sum = sum * 10 + digit;
  }
  if (negative && sum == 0)
    return 0; /* -0 is no integer */
  *number = negative ? (int64_t)(0 - sum) : (int64_t)sum;
  return 1;
}

/* A plain decimal, without zeros that do not count. */
typedef struct decimal {
  upsell_str whole;
  upsell_str fraction;
  int negative;
} decimal;

static size_t digits(upsell_str text, size_t from)
{
  size_t i = from;

  while (i < text.len && text.data[i] >= '0' && text.data[i] <= '9')
    i++;
  return i - from;
}

static int as_decimal(const upsell__value *value, decimal *out)
{
  upsell_str text;
  size_t at;

  if (!value || (value->kind != UPSELL__JSON_NUMBER && value->kind != UPSELL__JSON_STRING))
    return 0;
  text = value->text;
  if (!text.len)
    return 0;
  out->negative = text.data[0] == '-';
  at = (size_t)out->negative;
  out->whole.data = text.data + at;
  out->whole.len = digits(text, at);
  out->fraction.data = text.data;
  out->fraction.len = 0;
  at += out->whole.len;
  if (at < text.len && text.data[at] == '.') {
    out->fraction.data = text.data + ++at;
    out->fraction.len = digits(text, at);
    at += out->fraction.len;
    if (!out->fraction.len)
      return 0;
  }
  if (!out->whole.len || at != text.len)
    return 0;
  for (; out->whole.len && out->whole.data[0] == '0'; out->whole.len--)
    out->whole.data++;
  while (out->fraction.len && out->fraction.data[out->fraction.len - 1] == '0')
    out->fraction.len--;
  if (!out->whole.len && !out->fraction.len)
    out->negative = 0;
  return 1;
}

static int sign_of(int difference)
{
  return difference < 0 ? -1 : difference > 0;
}

/* Compares the amounts, whatever their signs. */
static int compare_amounts(const decimal *a, const decimal *b)
{
  size_t shorter = a->fraction.len < b->fraction.len ? a->fraction.len : b->fraction.len;
  int difference;

  if (a->whole.len != b->whole.len)
    return a->whole.len < b->whole.len ? -1 : 1;
  difference = memcmp(a->whole.data, b->whole.data, a->whole.len);
  if (difference == 0)
    difference = memcmp(a->fraction.data, b->fraction.data, shorter);
  if (difference == 0 && a->fraction.len != b->fraction.len)
    return a->fraction.len < b->fraction.len ? -1 : 1;
  return sign_of(difference);
}

int upsell__value_compare(const upsell__value *a, const upsell__value *b)
{
  decimal x;
  decimal y;

  if (!as_decimal(a, &x) || !as_decimal(b, &y))
    return 2;
  if (x.negative != y.negative)
    return x.negative ? -1 : 1;
  return x.negative ? compare_amounts(&y, &x) : compare_amounts(&x, &y);
}

/* From how many members on a lookup is worth its memory. */
enum { MEMBERS_FEW = 32 };

/* Members that are left of two objects, as many of both. */
typedef struct rest {
  const upsell__value *x;
  const upsell__value *y;
  uint32_t count;
} rest;

/* Looks for each one member by member. */
static int few_equal(const rest *left)
{
  const upsell__value *x;
  const upsell__value *y;

  for (x = left->x; x; x = x->next) {
    for (y = left->y; y && !upsell__str_equal(x->key, y->key);)
      y = y->next;
    if (!y || !upsell__value_equal(x, y))
      return 0;
  }
  return 1;
}

/* Notes where each key stands; 0 when memory ran out. */
static int note_members(const upsell__value *first, upsell__idmap *keys,
                        const upsell__value **members)
{
  uint32_t number;
  int added;

  for (; first; first = first->next) {
    if (!upsell__idmap_add(keys, 0, first->key, &number, &added))
      return 0;
    members[number] = first;
  }
  return 1;
}

static int noted_equal(const upsell__value *x, const upsell__idmap *keys,
                       const upsell__value *const *members)
{
  for (; x; x = x->next) {
    uint32_t number = upsell__idmap_find(keys, 0, x->key);
    if (number == UPSELL__NO_INDEX || !upsell__value_equal(x, members[number]))
      return 0;
  }
  return 1;
}

/* Many members are looked up. Where there is no memory for that, it takes longer. */
static int many_equal(const rest *left)
{
  const upsell__value **members = upsell__alloc(left->count, sizeof(*members));
  upsell__idmap keys = {0};
  int equal;

  if (members && note_members(left->y, &keys, members))
    equal = noted_equal(left->x, &keys, members);
  else
    equal = few_equal(left);
  upsell__idmap_free(&keys);
  upsell__free(members);
  return equal;
}

/* Mostly the members come in the same order. */
static int members_equal(const upsell__value *a, const upsell__value *b)
{
  rest left = {a->first, b->first, a->count};

  for (; left.x && upsell__str_equal(left.x->key, left.y->key); left.count--) {
    if (!upsell__value_equal(left.x, left.y))
      return 0;
    left.x = left.x->next;
    left.y = left.y->next;
  }
  return left.count > MEMBERS_FEW ? many_equal(&left) : few_equal(&left);
}

static int items_equal(const upsell__value *a, const upsell__value *b)
{
  const upsell__value *x = a->first;
  const upsell__value *y = b->first;

  for (; x; x = x->next, y = y->next) {
    if (!upsell__value_equal(x, y))
      return 0;
  }
  return 1;
}

int upsell__value_equal(const upsell__value *a, const upsell__value *b)
{
  int order = upsell__value_compare(a, b);

  if (order != 2)
    return order == 0;
  if (!a || !b || a->kind != b->kind)
    return 0;
  switch (a->kind) {
  case UPSELL__JSON_STRING:
  case UPSELL__JSON_NUMBER:
    return upsell__str_equal(a->text, b->text);
  case UPSELL__JSON_OBJECT:
    return a->count == b->count && members_equal(a, b);
  case UPSELL__JSON_ARRAY:
    return a->count == b->count && items_equal(a, b);
  default:
    return 1;
  }
}
