/* SPDX-License-Identifier: MIT */
#include "plan/match.h"

/* A wanted null, or nothing, is found where there is null or nothing. */
static int is_same(const upsell__value *found, const upsell__value *wanted)
{
  if (!upsell__value_present(wanted))
    return !upsell__value_present(found);
  return upsell__value_equal(found, wanted);
}

/* Whether an element is the wanted value, or an object with all its members. */
static int has_all_of(const upsell__value *element, const upsell__value *wanted)
{
  const upsell__value *member;

  if (wanted->kind != UPSELL__JSON_OBJECT || element->kind != UPSELL__JSON_OBJECT)
    return is_same(element, wanted);
  for (member = wanted->first; member; member = member->next) {
    if (!is_same(upsell__value_member_of(element, member->key), member))
      return 0;
  }
  return 1;
}

static int contains(const upsell__value *list, const upsell__value *wanted)
{
  const upsell__value *element;

  if (!list || list->kind != UPSELL__JSON_ARRAY || !wanted)
    return 0;
  for (element = list->first; element; element = element->next) {
    if (has_all_of(element, wanted))
      return 1;
  }
  return 0;
}

static int is_in(const upsell__value *list, const upsell__value *found)
{
  const upsell__value *element;

  for (element = list->first; element; element = element->next) {
    if (upsell__value_equal(found, element))
      return 1;
  }
  return 0;
}

/* The argument of {"not_in":...} or {"contains":...}, or NULL. */
static const upsell__value *argument(const upsell__value *wanted, const char *name)
{
  return wanted->count == 1 ? upsell__value_member(wanted, name) : NULL;
}

/* A list of excluded values that is no list cannot tell. */
static void fill_condition(upsell__filling *filling, const upsell__value *wanted,
                           upsell__condition *condition)
{
  const upsell__value *excluded = argument(wanted, "not_in");
  const upsell__value *contained = argument(wanted, "contains");

  condition->at = wanted->key;
  condition->wants = UPSELL__WANTS_EQUAL;
  if (excluded) {
    condition->wants = UPSELL__WANTS_NOT_IN;
    wanted = excluded;
  } else if (contained) {
    condition->wants = UPSELL__WANTS_CONTAINS;
    wanted = contained;
  }
  condition->value = upsell__render(filling, wanted);
  if (excluded && condition->value && condition->value->kind != UPSELL__JSON_ARRAY)
    filling->status = UPSELL_UNBOUND;
}

int upsell__where_fill(upsell__filling *filling, const upsell__value *where,
                       upsell__conditions *conditions)
{
  upsell__condition *list = upsell__arena_alloc(filling->run->arena, where->count, sizeof(*list));
  const upsell__value *wanted;
  size_t count = 0;

  if (!list)
    filling->status = UPSELL_NO_MEMORY;
  for (wanted = where->first; wanted && filling->status == UPSELL_OK; wanted = wanted->next)
    fill_condition(filling, wanted, &list[count++]);
  conditions->list = list;
  conditions->count = count;
  return filling->status == UPSELL_OK;
}

/* A value that is not there is in no list. */
static int is_met(const upsell__condition *condition, const upsell__value *found)
{
  switch (condition->wants) {
  case UPSELL__WANTS_NOT_IN:
    return !condition->value || !is_in(condition->value, found);
  case UPSELL__WANTS_CONTAINS:
    return contains(found, condition->value);
  default:
    return is_same(found, condition->value);
  }
}

int upsell__where_matches(const upsell__conditions *conditions, const upsell__value *element)
{
  size_t i;

  for (i = 0; i < conditions->count; i++) {
    const upsell__condition *condition = &conditions->list[i];
    if (!is_met(condition, upsell__value_at(element, condition->at)))
      return 0;
  }
  return 1;
}

/* A list that is not there says nothing about its elements, not even that there
 * are none. */
static int list_holds(upsell__filling *filling, const upsell__test *test, const upsell__value *list)
{
  upsell__conditions conditions;
  const upsell__value *element;

  if (!list || list->kind != UPSELL__JSON_ARRAY)
    return 0;
  if (list->count && !upsell__where_fill(filling, test->where, &conditions))
    return 0;
  for (element = list->first; element; element = element->next) {
    if (upsell__where_matches(&conditions, element))
      return test->op == UPSELL__OP_PRESENT;
  }
  return test->op == UPSELL__OP_NULL;
}

static int compares(upsell__op op, int order)
{
  switch (op) {
  case UPSELL__OP_GE:
    return order == 0 || order == 1;
  default: /* UPSELL__OP_LT */
    return order == -1;
  }
}

static int value_holds(upsell__op op, const upsell__value *found, const upsell__value *value)
{
  switch (op) {
  case UPSELL__OP_EQ:
    return is_same(found, value);
  case UPSELL__OP_NE:
    return upsell__value_present(found) && !is_same(found, value);
  case UPSELL__OP_NULL:
    return !upsell__value_present(found);
  case UPSELL__OP_PRESENT:
    return upsell__value_present(found);
  case UPSELL__OP_CONTAINS:
    return contains(found, value);
  default:
    return compares(op, upsell__value_compare(found, value));
  }
}

int upsell__test_holds(upsell__filling *filling, const upsell__test *test,
                       const upsell__value *data)
{
  const upsell__value *found = upsell__value_at(data, test->at);
  const upsell__value *value;

  if (test->where)
    return list_holds(filling, test, found);
  value = test->value ? upsell__render(filling, test->value) : NULL;
  return filling->status == UPSELL_OK && value_holds(test->op, found, value);
}
