/* SPDX-License-Identifier: MIT */
/* A plan document as a whole: its header, and which steps depend on which. */
#include "plan/program.h"

#include <inttypes.h>

#include "plan/loading.h"

static const char format[] = "upsell.plan/1";

void *upsell__load_array(upsell__loading *loading, size_t count, size_t size)
{
  void *items = upsell__arena_alloc(loading->arena, count, size);

  if (!items)
    upsell__report_no_memory(loading->sink);
  return items;
}

int upsell__find_step(const upsell__loading *loading, const upsell__path *path, upsell_str id,
                      uint32_t *number)
{
  uint32_t index = upsell__idmap_find(&loading->ids, 0, id);
  char quoted[UPSELL__QUOTE_SIZE];

  if (index != UPSELL__NO_INDEX) {
    *number = index;
    return 1;
  }
  upsell__report(loading->sink, UPSELL_UNKNOWN_STEP, path,
                 "The id of a step of this plan was expected, found %s.",
                 upsell__quote(id, quoted));
  return 0;
}

/* ---- the header ---- */

static int check_format(const upsell__part *plan)
{
  upsell__path path = upsell__at_key(NULL, "format");
  char quoted[UPSELL__QUOTE_SIZE];
  upsell_str text;

  if (!upsell__part_text(plan, "format", UPSELL__MUST_BE_THERE, &text))
    return 0;
  if (upsell__str_equal(text, upsell_str_of(format)))
    return 1;
  upsell__report(plan->sink, UPSELL_UNKNOWN_FORMAT, &path,
                 "The format \"%s\" was expected, found %s; another release may know it.", format,
                 upsell__quote(text, quoted));
  return 0;
}

static void check_texts(const upsell__part *plan, const char *key)
{
  upsell__path path = upsell__at_key(NULL, key);
  const upsell__value *list = upsell__part_list(plan, key, UPSELL__MAY_BE_ABSENT);
  const upsell__value *item = list ? list->first : NULL;
  size_t i;

  for (i = 0; item && upsell__sink_goes_on(plan->sink); item = item->next, i++) {
    upsell__path at = upsell__at_index(&path, i);
    upsell__must_be_string(plan->sink, &at, item);
  }
}

/* What people and other programs read; running needs none of it. */
static void check_about(const upsell__part *plan)
{
  static const char *const texts[] = {"pattern",     "scenario_id", "order_id",
                                      "api_version", "dialect",     "currency"};
  static const char *const or_null[] = {"shop", "reference_id"};
  upsell_str text;
  size_t i;

  for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
    upsell__part_text(plan, texts[i], UPSELL__MAY_BE_ABSENT, &text);
  for (i = 0; i < sizeof(or_null) / sizeof(or_null[0]); i++) {
    if (upsell__value_present(upsell__value_member(plan->value, or_null[i])))
      upsell__part_text(plan, or_null[i], UPSELL__MAY_BE_ABSENT, &text);
  }
  check_texts(plan, "scopes");
  check_texts(plan, "known_line_ids");
  upsell__part_object(plan, "charge", UPSELL__MAY_BE_ABSENT);
}

/* ---- the steps ---- */

/* Gives a step its id and its number. */
static void number_step(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  upsell__path path = upsell__at_key(part->path, "id");
  char quoted[UPSELL__QUOTE_SIZE];
  uint32_t number;
  int added;

  if (!upsell__part_name(part, "id", &step->id))
    return;
  if (!upsell__idmap_add(&loading->ids, 0, step->id, &number, &added))
    upsell__report_no_memory(loading->sink);
  else if (!added)
    upsell__report(loading->sink, UPSELL_DUPLICATE_ID, &path,
                   "Each step has an id of its own; step %" PRIu32 " is called %s already.", number,
                   upsell__quote(step->id, quoted));
}

static void number_steps(upsell__loading *loading, const upsell__value *list)
{
  upsell__path path = upsell__at_key(NULL, "steps");
  const upsell__value *item = list->first;
  uint32_t i;

  for (i = 0; item && upsell__sink_goes_on(loading->sink); item = item->next, i++) {
    upsell__path at = upsell__at_index(&path, i);
    upsell__part part = {loading->sink, item, &at};
    if (upsell__must_be_object(loading->sink, &at, item))
      number_step(loading, &part, &loading->steps[i]);
  }
}

/* Adds a step, and all that it depends on, to what `step` depends on. */
static void depend(const upsell__loading *loading, uint8_t *after, uint32_t need)
{
  const uint8_t *more = loading->steps[need].after;
  uint32_t i;

  after[need] = 1;
  for (i = 0; i < need; i++)
    after[i] |= more[i];
}

/* One entry of `depends_on`: an earlier step of the same lane. */
static int read_need(const upsell__loading *loading, const upsell__path *path,
                     const upsell__value *item, const upsell__step *step, uint32_t *need)
{
  uint32_t number = (uint32_t)(step - loading->steps);
  char quoted[UPSELL__QUOTE_SIZE];

  if (!upsell__must_be_string(loading->sink, path, item) ||
      !upsell__find_step(loading, path, item->text, need))
    return 0;
  upsell__quote(item->text, quoted);
  if (*need >= number)
    upsell__report(loading->sink, UPSELL_UNKNOWN_STEP, path,
                   "A step depends on earlier ones only, and %s is not; change the order.", quoted);
  else if (loading->steps[*need].compensation != step->compensation)
    upsell__report(loading->sink, UPSELL_UNKNOWN_STEP, path,
                   "A step depends on steps of its own lane only, and %s is in the other one.",
                   quoted);
  else
    return 1;
  return 0;
}

static void read_needs(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  upsell__path path = upsell__at_key(part->path, "depends_on");
  const upsell__value *list = upsell__load_list(part, "depends_on", UPSELL__MUST_BE_THERE);
  const upsell__value *item;
  uint8_t *after = upsell__load_array(loading, loading->step_count, 1);
  uint32_t *needs = list ? upsell__load_array(loading, list->count, sizeof(*needs)) : NULL;
  uint32_t mark = 1 + (uint32_t)(step - loading->steps);
  size_t i = 0;

  step->after = after;
  step->needs = needs;
  if (!after || !needs)
    return;
  for (item = list->first; item && upsell__sink_goes_on(loading->sink); item = item->next, i++) {
    upsell__path at = upsell__at_index(&path, i);
    uint32_t need;
    if (!read_need(loading, &at, item, step, &need))
      continue;
    if (loading->named[need] == mark) {
      upsell__report(loading->sink, UPSELL_DUPLICATE_ID, &at,
                     "This list names each step once; leave the second one out.");
      continue;
    }
    loading->named[need] = mark;
    needs[step->need_count++] = need;
    depend(loading, after, need);
  }
}

static void read_steps(upsell__loading *loading, const upsell__value *list)
{
  upsell__path path = upsell__at_key(NULL, "steps");
  const upsell__value *item = list->first;
  uint32_t i;

  number_steps(loading, list);
  if (loading->sink->status != UPSELL_OK)
    return; /* steps cannot be told by their ids */
  for (i = 0; item && upsell__sink_goes_on(loading->sink); item = item->next, i++) {
    upsell__path at = upsell__at_index(&path, i);
    upsell__part part = {loading->sink, item, &at};
    upsell__load_step(loading, &part, &loading->steps[i]);
    read_needs(loading, &part, &loading->steps[i]);
  }
}

static void read_step_list(upsell__loading *loading, const upsell__part *plan)
{
  upsell__path path = upsell__at_key(NULL, "steps");
  const upsell__value *list = upsell__part_list(plan, "steps", UPSELL__MUST_BE_THERE);

  if (!list)
    return;
  if (list->count < 1 || list->count > UPSELL__STEPS_MAX) {
    upsell__report(loading->sink, UPSELL_BAD_COUNT, &path,
                   "A plan has 1 to %d steps, this one has %" PRIu32 ".", UPSELL__STEPS_MAX,
                   list->count);
    return;
  }
  loading->step_count = list->count;
  loading->steps = upsell__load_array(loading, list->count, sizeof(*loading->steps));
  loading->named = upsell__load_array(loading, list->count, sizeof(*loading->named));
  if (loading->steps && loading->named)
    read_steps(loading, list);
}

/* ---- the document ---- */

static void read_document(upsell__loading *loading, const upsell__value *root,
                          upsell__program *program)
{
  upsell__part plan = {loading->sink, root, NULL};

  if (!upsell__must_be_object(loading->sink, NULL, root) || !check_format(&plan))
    return; /* it means something else */
  upsell__part_text(&plan, "plan_id", UPSELL__MUST_BE_THERE, &program->plan_id);
  check_about(&plan);
  read_step_list(loading, &plan);
  if (loading->sink->status == UPSELL_OK)
    upsell__check_rows(loading);
  if (loading->sink->status == UPSELL_OK)
    upsell__check_bindings(loading);
  program->steps = loading->steps;
  program->step_count = loading->step_count;
}

upsell_status upsell__program_read(const char *text, size_t len, upsell__program *program,
                                   upsell__sink *sink)
{
  upsell__loading loading = {sink, &program->arena, {0}, NULL, 0, NULL};
  const upsell__value *root;
  upsell_str given = {text ? text : "", text ? len : 0};
  upsell_str copy;

  memset(program, 0, sizeof(*program));
  if (!upsell__arena_copy(&program->arena, given, &copy))
    upsell__report_no_memory(sink);
  else if (upsell__value_read(copy.data, copy.len, &program->arena, &root, sink) == UPSELL_OK)
    read_document(&loading, root, program);
  upsell__idmap_free(&loading.ids);
  if (sink->status != UPSELL_OK)
    upsell__program_free(program);
  return sink->status;
}

void upsell__program_free(upsell__program *program)
{
  upsell__arena_free(&program->arena);
  memset(program, 0, sizeof(*program));
}
