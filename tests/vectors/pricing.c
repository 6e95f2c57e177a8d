/* SPDX-License-Identifier: MIT */
/* Vectors on patterns, cycles, prices and priority (TGT-1, PRC-1 ... PRC-10, DEC-14). */
#include <check.h>

#include "vectors.h"

enum { PRICING_MAX = 16, PRIORITIES_MAX = 16 };

static const char *const kinds[] = {"subscription", "one_time", NULL};
static const char *const patterns[] = {"subscription_to_subscription", "subscription_to_one_time",
                                       "one_time_to_subscription", "one_time_to_one_time", NULL};
static const char *const intervals[] = {"day", "week", "month", "year", NULL};
static const char *const adjustments[] = {"none", "percentage", "fixed_amount", "price", NULL};
static const char *const modes[] = {"floor", "ceil", "half_up", "half_down", "half_even", NULL};
static const char *const targets[] = {"price", "discount", NULL};
static const char *const bases[] = {"unit", "line", NULL};

static void run_pattern(const vector *v)
{
  struct json_object *actual;
  int32_t pattern = -1;
  upsell_status status;

  vector_keys(v, v->given, "trigger_kind offer_kind");
  status = upsell_pattern_of(vector_name(v, v->given, "trigger_kind", kinds),
                             vector_name(v, v->given, "offer_kind", kinds), &pattern);
  if (status) {
    vector_expect_status(v, status);
    return;
  }
  actual = json_object_new_object();
  vector_add_text(actual, "pattern", upsell_pattern_name(pattern));
  vector_add_int(actual, "number", pattern);
  vector_expect(v, actual);
}

/* ---- cycles ---- */

static upsell_interval interval_of(const vector *v, struct json_object *given)
{
  upsell_interval interval;

  vector_keys(v, given, "interval count");
  interval.unit = vector_name(v, given, "interval", intervals);
  interval.count = vector_int32(v, given, "count");
  return interval;
}

static upsell_cycle cycle_of(const vector *v, const char *key)
{
  struct json_object *given = vector_get(v, v->given, key);
  upsell_cycle cycle = {{0, 0}, {0, 0}};

  vector_keys(v, given, "billing delivery");
  cycle.billing = interval_of(v, vector_get(v, given, "billing"));
  if (vector_find(given, "delivery"))
    cycle.delivery = interval_of(v, vector_find(given, "delivery"));
  return cycle;
}

static void run_same_cycle(const vector *v)
{
  upsell_cycle a = cycle_of(v, "a");
  upsell_cycle b = cycle_of(v, "b");
  struct json_object *actual;
  int32_t same = -1;
  int32_t other = -1;
  upsell_status status;

  vector_keys(v, v->given, "a b");
  status = upsell_cycle_same(&a, &b, &same);
  /* The order of the two has no meaning. */
  ck_assert_int_eq(upsell_cycle_same(&b, &a, &other), status);
  ck_assert_int_eq(other, same);
  if (status) {
    vector_expect_status(v, status);
    return;
  }
  actual = json_object_new_object();
  json_object_object_add(actual, "same", json_object_new_boolean(same));
  vector_expect(v, actual);
}

/* ---- prices ---- */

static size_t pricing_of(const vector *v, upsell_plan_price_entry *entries)
{
  struct json_object *list = vector_get(v, v->given, "pricing");
  size_t count = json_object_array_length(list);
  size_t i;

  ck_assert_uint_le(count, PRICING_MAX);
  for (i = 0; i < count; i++) {
    struct json_object *item = json_object_array_get_idx(list, i);
    vector_keys(v, item, "after_cycle type value");
    entries[i].after_cycle = vector_int32(v, item, "after_cycle");
    entries[i].type = vector_name(v, item, "type", adjustments);
    entries[i].value = vector_int(v, item, "value");
  }
  return count;
}

/* A policy; a key left out is left to its default, as is the whole. */
static upsell_rounding policy_of(const vector *v, struct json_object *parent, const char *key)
{
  struct json_object *given = parent ? vector_find(parent, key) : NULL;
  upsell_rounding policy = {0, 0, 0};

  if (!given)
    return policy;
  vector_keys(v, given, "mode target basis");
  if (vector_find(given, "mode"))
    policy.mode = vector_name(v, given, "mode", modes);
  if (vector_find(given, "target"))
    policy.target = vector_name(v, given, "target", targets);
  if (vector_find(given, "basis"))
    policy.basis = vector_name(v, given, "basis", bases);
  return policy;
}

static void run_plan_price(const vector *v)
{
  upsell_plan_price_entry entries[PRICING_MAX];
  size_t count = pricing_of(v, entries);
  upsell_rounding checkout = policy_of(v, v->given, "checkout");
  struct json_object *actual;
  int64_t unit = -1;
  upsell_status status;

  vector_keys(v, v->given, "list_unit pricing cycle checkout");
  status = upsell_plan_price(vector_int(v, v->given, "list_unit"), entries, count,
                             vector_int32(v, v->given, "cycle"),
                             vector_find(v->given, "checkout") ? &checkout : NULL, &unit);
  if (status) {
    vector_expect_status(v, status);
    return;
  }
  actual = json_object_new_object();
  vector_add_int(actual, "unit", unit);
  vector_expect(v, actual);
}

static upsell_discount discount_of(const vector *v)
{
  struct json_object *given = vector_find(v->given, "discount");
  upsell_discount discount = {0, 0, 0};

  if (!given)
    return discount;
  vector_keys(v, given, "type value");
  discount.type = vector_name(v, given, "type", adjustments);
  if (vector_find(given, "value"))
    discount.value = vector_int(v, given, "value");
  return discount;
}

static void add_amounts(struct json_object *object, const char *key, const upsell_amounts *amounts)
{
  struct json_object *both = json_object_new_object();

  vector_add_int(both, "unit", amounts->unit);
  vector_add_int(both, "line", amounts->line);
  json_object_object_add(object, key, both);
}

static void run_first_price(const vector *v)
{
  upsell_plan_price_entry entries[PRICING_MAX];
  size_t count = pricing_of(v, entries);
  upsell_discount discount = discount_of(v);
  struct json_object *rounding = vector_find(v->given, "rounding");
  upsell_rounding_pair policies;
  struct json_object *actual;
  upsell_price price;
  upsell_status status;

  vector_keys(v, v->given, "pattern list_unit pricing discount quantity rounding");
  if (rounding)
    vector_keys(v, rounding, "checkout offer_page");
  policies.checkout = policy_of(v, rounding, "checkout");
  policies.offer_page = policy_of(v, rounding, "offer_page");
  status = upsell_first_price(
      vector_name(v, v->given, "pattern", patterns), vector_int(v, v->given, "list_unit"), entries,
      count, vector_find(v->given, "discount") ? &discount : NULL,
      vector_int32(v, v->given, "quantity"), rounding ? &policies : NULL, &price);
  if (status) {
    vector_expect_status(v, status);
    return;
  }
  ck_assert_uint_eq(price.recurring_count, 0);
  actual = json_object_new_object();
  vector_add_int(actual, "list_unit", price.list_unit);
  json_object_object_add(actual, "plan_unit",
                         price.has_plan ? json_object_new_int64(price.plan_unit) : NULL);
  add_amounts(actual, "checkout", &price.checkout);
  add_amounts(actual, "offer_page", &price.offer_page);
  vector_expect(v, actual);
}

/* ---- priority ---- */

static void run_priority(const vector *v)
{
  struct json_object *list = vector_get(v, v->given, "priorities");
  size_t count = json_object_array_length(list);
  int32_t priorities[PRIORITIES_MAX];
  struct json_object *actual;
  size_t winner = SIZE_MAX;
  upsell_status status;
  size_t i;

  vector_keys(v, v->given, "priorities");
  ck_assert_uint_le(count, PRIORITIES_MAX);
  for (i = 0; i < count; i++)
    priorities[i] = json_object_get_int(json_object_array_get_idx(list, i));
  status = upsell_priority_resolve(priorities, count, &winner);
  if (status) {
    vector_expect_status(v, status);
    return;
  }
  actual = json_object_new_object();
  vector_add_int(actual, "winner", (int64_t)winner);
  vector_expect(v, actual);
}

const vector_function vector_pricing[] = {
    {"pattern", run_pattern},       {"same_cycle", run_same_cycle},
    {"plan_price", run_plan_price}, {"first_price", run_first_price},
    {"priority", run_priority},     {NULL, NULL},
};
