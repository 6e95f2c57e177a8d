/* SPDX-License-Identifier: MIT */
#include "plan/changeset.h"

#include "plan/codes.h"

/* The names of a result as they are collected. */
typedef struct names {
  upsell__run *run;
  upsell_str *list;
  size_t count;
} names;

static void add(names *all, upsell_str name)
{
  upsell_str *list =
      upsell__arena_append(all->run->arena, all->list, all->count, sizeof(*all->list));

  if (!list) {
    all->run->failed = 1;
    return;
  }
  all->list = list;
  all->list[all->count++] = name;
}

/* "status/code" */
static void add_both(names *all, upsell_str status, upsell_str code)
{
  size_t len = status.len + 1 + code.len;
  char *text = upsell__arena_alloc(all->run->arena, len, 1);

  if (!text) {
    all->run->failed = 1;
    return;
  }
  memcpy(text, status.data, status.len);
  text[status.len] = '/';
  memcpy(text + status.len + 1, code.data, code.len);
  add(all, (upsell_str){text, len});
}

/* The code of an error; absent where it has none that can be used. */
static upsell_str code_of(const upsell__value *error)
{
  const upsell__value *code = upsell__value_member(error, "code");
  upsell_str none = {NULL, 0};

  if (!code || code->kind != UPSELL__JSON_STRING || !upsell__result_is_code(code->text))
    return none;
  return code->text;
}

static void add_names(names *all, upsell_str status, const upsell__value *errors)
{
  const upsell__value *first = errors && errors->kind == UPSELL__JSON_ARRAY ? errors->first : NULL;
  const upsell__value *error;

  for (error = first; error; error = error->next) {
    if (code_of(error).data)
      add_both(all, status, code_of(error));
  }
  add(all, status);
  for (error = first; error; error = error->next) {
    if (code_of(error).data)
      add(all, code_of(error));
  }
}

static upsell__result_kind kind_of(const upsell__value *status, const names *all)
{
  size_t i;

  if (!upsell__value_is(status, UPSELL__STATUS_UNPROCESSED))
    return UPSELL__RESULT_CHARGED;
  for (i = 0; i < all->count; i++) {
    if (upsell__str_equal(all->list[i], upsell_str_of(UPSELL__CODE_APPLIED)))
      return UPSELL__RESULT_CHARGED;
  }
  return UPSELL__RESULT_OTHER;
}

upsell__result upsell__changeset_read(upsell__run *run, const upsell__value *body)
{
  const upsell__value *status = upsell__value_member(body, "status");
  upsell__result result = upsell__result_no_answer();
  names all = {run, NULL, 0};

  if (!upsell__value_is(status, UPSELL__STATUS_PROCESSED) &&
      !upsell__value_is(status, UPSELL__STATUS_PARTIALLY) &&
      !upsell__value_is(status, UPSELL__STATUS_UNPROCESSED))
    return result;
  add_names(&all, status->text, upsell__value_member(body, "errors"));
  if (run->failed)
    return result;
  result.kind = kind_of(status, &all);
  result.name = all.list[0];
  result.others = all.list + 1;
  result.other_count = all.count - 1;
  return result;
}

upsell__result upsell__changeset_proven(const upsell__standing *standing,
                                        const upsell__result *result)
{
  if (!standing->unanswered || result->kind == UPSELL__RESULT_CHARGED)
    return *result;
  return upsell__result_no_answer();
}
