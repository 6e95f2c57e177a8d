/* SPDX-License-Identifier: MIT */
#include "plan/render.h"

static const upsell_str no_key = {NULL, 0};

static const upsell__value *render(upsell__filling *filling, const upsell__value *template,
                                   const upsell__value *item);

/* Notes trouble; returns NULL. */
static const upsell__value *trouble(upsell__filling *filling, upsell_status status)
{
  if (filling->status == UPSELL_OK)
    filling->status = status;
  return NULL;
}

static upsell__value *new_list_or_object(upsell__filling *filling, upsell__json_kind kind)
{
  upsell__value *value = upsell__value_new(filling->run->arena, kind);

  if (!value)
    trouble(filling, UPSELL_NO_MEMORY);
  return value;
}

/* Appends what is left of a member; NULL is nothing. */
static void append(upsell__filling *filling, upsell__value *parent, upsell_str key,
                   const upsell__value *child)
{
  if (child && !upsell__value_append(filling->run->arena, parent, key, child))
    trouble(filling, UPSELL_NO_MEMORY);
}

/* Whether another value may be filled in. What a template stands for may be many times
 * as long as the template and all outputs together. */
static int may_fill(upsell__filling *filling)
{
  if (filling->status != UPSELL_OK)
    return 0;
  filling->filled++;
  filling->run->filled++;
  if (filling->filled > UPSELL__FILL_MAX || filling->run->filled > UPSELL__FILL_EVENT_MAX)
    trouble(filling, UPSELL_UNBOUND);
  return filling->status == UPSELL_OK;
}

/* The output that "step/name" names. */
static const upsell__value *bound(upsell__filling *filling, upsell_str name)
{
  const upsell__run *run = filling->run;
  const upsell__value *output = NULL;
  upsell_str step = {name.data, 0};
  uint32_t number;

  while (step.len < name.len && name.data[step.len] != '/')
    step.len++;
  number = upsell__step_number(run->program, step);
  if (number != UPSELL__NO_STEP && step.len < name.len) {
    upsell_str rest = {name.data + step.len + 1, name.len - step.len - 1};
    output = upsell__value_member_of(run->steps[number].outputs, rest);
  }
  return output ? output : trouble(filling, UPSELL_UNBOUND);
}

static const upsell__value *run_id(upsell__filling *filling)
{
  const upsell__value *value = upsell__value_string(filling->run->arena, filling->run->run_id);

  return value ? value : trouble(filling, UPSELL_NO_MEMORY);
}

/* A null within an element is left out, as if it were not there. */
static const upsell__value *item_at(const upsell__value *item, upsell_str pointer)
{
  const upsell__value *found = upsell__value_at(item, pointer);

  return upsell__value_present(found) ? found : NULL;
}

/* The list a $map goes through; NULL where an element has none. */
static const upsell__value *map_source(upsell__filling *filling, const upsell__value *from,
                                       const upsell__value *item)
{
  const upsell__value *list;

  if (from->kind == UPSELL__JSON_STRING)
    list = bound(filling, from->text);
  else
    list = item_at(item, from->first->text);
  if (list && list->kind != UPSELL__JSON_ARRAY)
    return trouble(filling, UPSELL_UNBOUND);
  return list;
}

static const upsell__value *render_map(upsell__filling *filling, const upsell__value *map,
                                       const upsell__value *item)
{
  const upsell__value *each = upsell__value_member(map, "each");
  const upsell__value *more = upsell__value_member(map, "append");
  const upsell__value *source = map_source(filling, upsell__value_member(map, "from"), item);
  upsell__value *list = new_list_or_object(filling, UPSELL__JSON_ARRAY);
  int had_none = source && source->count == 0 && !(more && more->count);
  const upsell__value *child;

  child = source ? source->first : NULL;
  for (; child && filling->status == UPSELL_OK; child = child->next)
    append(filling, list, no_key, render(filling, each, child));
  child = more ? more->first : NULL;
  for (; child && filling->status == UPSELL_OK; child = child->next)
    append(filling, list, no_key, render(filling, child, item));
  return list && (list->count || had_none) ? list : NULL;
}

/* A list or an object that had members and lost them all is nothing. */
static const upsell__value *render_children(upsell__filling *filling, const upsell__value *template,
                                            const upsell__value *item)
{
  upsell__value *value = new_list_or_object(filling, template->kind);
  const upsell__value *child;

  for (child = template->first; child && filling->status == UPSELL_OK; child = child->next)
    append(filling, value, child->key, render(filling, child, item));
  return value && (value->count || !template->count) ? value : NULL;
}

/* The member that makes an object an operator, or NULL. A checked plan has no other
 * keys that begin with a dollar sign. */
static const upsell__value *operator_of(const upsell__value *template)
{
  const upsell__value *first = template->first;

  if (template->kind != UPSELL__JSON_OBJECT || template->count != 1)
    return NULL;
  return first->key.len && first->key.data[0] == '$' ? first : NULL;
}

static int key_is(const upsell__value *member, const char *key)
{
  return upsell__str_equal(member->key, upsell_str_of(key));
}

static const upsell__value *render(upsell__filling *filling, const upsell__value *template,
                                   const upsell__value *item)
{
  const upsell__value *op = operator_of(template);

  if (!may_fill(filling))
    return NULL;
  if (template->kind != UPSELL__JSON_OBJECT && template->kind != UPSELL__JSON_ARRAY)
    return template;
  if (!op)
    return render_children(filling, template, item);
  if (key_is(op, "$bind"))
    return bound(filling, op->text);
  if (key_is(op, "$host"))
    return run_id(filling);
  if (key_is(op, "$map"))
    return render_map(filling, op, item);
  return item_at(item, op->text);
}

/* Whether there is nothing to fill in. */
static int is_constant(const upsell__value *template)
{
  const upsell__value *child;

  if (operator_of(template))
    return 0;
  for (child = template->first; child; child = child->next) {
    if (!is_constant(child))
      return 0;
  }
  return 1;
}

/* `*left` is how many more values are looked at: what is bound more than once is shared
 * in memory and stands there only once, but here it counts each time. */
static int is_deeper(const upsell__value *value, int levels, uint32_t *left)
{
  const upsell__value *child;

  if ((*left)-- == 0)
    return 1;
  if (value->kind != UPSELL__JSON_OBJECT && value->kind != UPSELL__JSON_ARRAY)
    return 0;
  if (levels == 0)
    return 1;
  for (child = value->first; child; child = child->next) {
    if (is_deeper(child, levels - 1, left))
      return 1;
  }
  return 0;
}

int upsell__value_too_much(const upsell__value *value)
{
  uint32_t left = UPSELL__TEXT_MAX;

  return is_deeper(value, UPSELL__VALUE_DEPTH_MAX, &left);
}

const upsell__value *upsell__render(upsell__filling *filling, const upsell__value *template)
{
  const upsell__value *value;

  if (is_constant(template))
    return template;
  value = render(filling, template, NULL);
  if (filling->status != UPSELL_OK)
    return NULL;
  return value && upsell__value_too_much(value) ? trouble(filling, UPSELL_UNBOUND) : value;
}
