/* SPDX-License-Identifier: MIT */
/*
 * The values of a plan that are filled in when it runs: whether they are well formed,
 * and whether what they are bound to is there on every road.
 */
#include "plan/loading.h"
#include "plan/roads.h"

typedef struct checking {
  const upsell__loading *loading;
  upsell__sink *sink;
  upsell__roads roads;
  upsell__idmap outputs; /* of all steps, whose numbers are the scopes */
  uint32_t binder;       /* number of the step whose values are checked */
} checking;

/* ---- references ---- */

/* Reports that an output may not be there when the step runs. */
static void report_unbound(const checking *c, const upsell__path *path, uint32_t source,
                           upsell_str reference)
{
  const upsell__step *step = &c->loading->steps[c->binder];
  const upsell__step *named = &c->loading->steps[source];
  char quoted[UPSELL__QUOTE_SIZE];

  upsell__quote(reference, quoted);
  if (step->compensation && !named->compensation)
    upsell__report(c->sink, UPSELL_UNBOUND, path,
                   "%s is not there on every road that compensates from here or before; bind to "
                   "steps that are done on all of them.",
                   quoted);
  else if (!step->after[source])
    upsell__report(c->sink, UPSELL_UNBOUND, path,
                   "This step does not depend on the one of %s; list it in depends_on, earlier "
                   "and in the same lane.",
                   quoted);
  else
    upsell__report(
        c->sink, UPSELL_UNBOUND, path,
        "%s is not there on every road to this step: a row skips its step, or goes on "
        "from a result that leaves no outputs; let that row stop, or bind to another output.",
        quoted);
}

static void check_source(checking *c, const upsell__path *path, uint32_t source,
                         upsell_str reference, upsell_str output)
{
  char quoted[UPSELL__QUOTE_SIZE];
  int certain;

  if (upsell__idmap_find(&c->outputs, source, output) == UPSELL__NO_INDEX) {
    upsell__report(c->sink, UPSELL_UNBOUND, path,
                   "The step of %s has no output of that name; declare it there.",
                   upsell__quote(reference, quoted));
    return;
  }
  certain = upsell__roads_certain(&c->roads, source, c->binder);
  if (certain < 0)
    upsell__report_no_memory(c->sink);
  else if (!certain)
    report_unbound(c, path, source, reference);
}

/* A text "step/output". */
static void check_reference(checking *c, const upsell__path *path, const upsell__value *value)
{
  upsell_str step;
  upsell_str output;
  const char *slash;
  uint32_t source;
  char quoted[UPSELL__QUOTE_SIZE];

  if (!upsell__must_be_string(c->sink, path, value))
    return;
  step = value->text;
  slash = memchr(step.data, '/', step.len);
  if (!slash) {
    upsell__report(c->sink, UPSELL_BAD_VALUE, path,
                   "A step and one of its outputs, \"step/output\", were expected, found %s.",
                   upsell__quote(value->text, quoted));
    return;
  }
  output.data = slash + 1;
  output.len = (size_t)(step.data + step.len - output.data);
  step.len = (size_t)(slash - step.data);
  if (upsell__find_step(c->loading, path, step, &source))
    check_source(c, path, source, value->text, output);
}

/* ---- templates ---- */

/* Where a value stands: inside `each` of a $map there is an element to read from; what a
 * changeset says goes out as it stands. */
typedef enum surroundings { NO_ELEMENT, ELEMENT, LITERAL } surroundings;

static void check_template(checking *c, const upsell__path *path, const upsell__value *value,
                           surroundings around);

static void check_items(checking *c, const upsell__path *path, const upsell__value *list,
                        surroundings around)
{
  const upsell__value *item = list->first;
  size_t i;

  for (i = 0; item && upsell__sink_goes_on(c->sink); item = item->next, i++) {
    upsell__path at = upsell__at_index(path, i);
    check_template(c, &at, item, around);
  }
}

static void check_host(checking *c, const upsell__path *path, const upsell__value *value)
{
  char quoted[UPSELL__QUOTE_SIZE];

  if (upsell__must_be_string(c->sink, path, value) && !upsell__value_is(value, "run_id"))
    upsell__report(c->sink, UPSELL_BAD_VALUE, path, "\"run_id\" was expected, found %s.",
                   upsell__quote(value->text, quoted));
}

static void check_element(checking *c, const upsell__path *path, const upsell__value *value,
                          surroundings around)
{
  if (around == NO_ELEMENT)
    upsell__report(c->sink, UPSELL_BAD_VALUE, path,
                   "$item reads from an element and stands only inside the `each` of a $map.");
  else if (upsell__must_be_string(c->sink, path, value))
    upsell__must_be_pointer(c->sink, path, value->text);
}

/* The list that a $map goes through: an output, or a part of the element around it. */
static void check_from(checking *c, const upsell__path *path, const upsell__value *from,
                       surroundings around)
{
  if (from->kind != UPSELL__JSON_OBJECT)
    check_reference(c, path, from);
  else if (upsell__value_member(from, "$item"))
    check_template(c, path, from, around);
  else
    upsell__report(c->sink, UPSELL_BAD_VALUE, path,
                   "\"step/output\" or, inside another $map, an $item was expected here.");
}

static void check_map(checking *c, const upsell__path *path, const upsell__value *value,
                      surroundings around)
{
  static const char *const keys[] = {"from", "each", "append", NULL};
  upsell__part map = {c->sink, value, path};
  upsell__path from = upsell__at_key(path, "from");
  upsell__path each = upsell__at_key(path, "each");
  upsell__path append = upsell__at_key(path, "append");
  const upsell__value *member;

  if (!upsell__must_be_object(c->sink, path, value))
    return;
  upsell__part_keys(&map, "a $map", keys);
  member = upsell__part_member(&map, "from", UPSELL__MUST_BE_THERE);
  if (member)
    check_from(c, &from, member, around);
  member = upsell__part_member(&map, "each", UPSELL__MUST_BE_THERE);
  if (member)
    check_template(c, &each, member, ELEMENT);
  member = upsell__part_list(&map, "append", UPSELL__MAY_BE_ABSENT);
  if (member)
    check_items(c, &append, member, around);
}

/* An object with `special` among its keys has no other one. */
static int is_alone(const checking *c, const upsell__path *path, const upsell__value *object,
                    const upsell__value *special)
{
  const upsell__value *other = object->first == special ? special->next : object->first;
  upsell__path at;
  char quoted[UPSELL__QUOTE_SIZE];

  if (!other)
    return 1;
  at = upsell__at_member(path, other->key);
  upsell__report(c->sink, UPSELL_UNKNOWN_KEY, &at, "Beside %s no other key is known; leave it out.",
                 upsell__quote(special->key, quoted));
  return 0;
}

/* The one member of an object that says how to fill it in. */
static void check_operator(checking *c, const upsell__path *path, const upsell__value *member,
                           surroundings around)
{
  upsell__path at = upsell__at_member(path, member->key);

  if (around == LITERAL)
    upsell__report(c->sink, UPSELL_UNKNOWN_KEY, &at,
                   "Nothing is filled in in a changeset, which goes out as it stands; write the "
                   "value itself.");
  else if (upsell__str_equal(member->key, upsell_str_of("$bind")))
    check_reference(c, &at, member);
  else if (upsell__str_equal(member->key, upsell_str_of("$host")))
    check_host(c, &at, member);
  else if (upsell__str_equal(member->key, upsell_str_of("$map")))
    check_map(c, &at, member, around);
  else if (upsell__str_equal(member->key, upsell_str_of("$item")))
    check_element(c, &at, member, around);
  else
    upsell__report(c->sink, UPSELL_UNKNOWN_KEY, &at,
                   "Keys that begin with \"$\" are $bind, $host, $map and $item; call this one "
                   "otherwise.");
}

/* The member of an object that makes it more than a literal, or NULL. */
static const upsell__value *find_operator(const upsell__value *object)
{
  const upsell__value *member = object->first;

  while (member && !(member->key.len && member->key.data[0] == '$'))
    member = member->next;
  return member;
}

static void check_object(checking *c, const upsell__path *path, const upsell__value *object,
                         surroundings around)
{
  const upsell__value *member = find_operator(object);

  if (member) {
    if (is_alone(c, path, object, member))
      check_operator(c, path, member, around);
    return;
  }
  for (member = object->first; member && upsell__sink_goes_on(c->sink); member = member->next) {
    upsell__path at = upsell__at_member(path, member->key);
    check_template(c, &at, member, around);
  }
}

/* The depth of a document is limited, and with it this recursion. */
static void check_template(checking *c, const upsell__path *path, const upsell__value *value,
                           surroundings around)
{
  if (value->kind == UPSELL__JSON_OBJECT)
    check_object(c, path, value, around);
  else if (value->kind == UPSELL__JSON_ARRAY)
    check_items(c, path, value, around);
}

/* A member that may be absent. */
static void check_values(checking *c, const upsell__path *parent, const char *key,
                         const upsell__value *value, surroundings around)
{
  upsell__path path = upsell__at_key(parent, key);

  if (value)
    check_template(c, &path, value, around);
}

/* ---- conditions ---- */

/* The argument of "not_in": a list, or what will be filled in with one. */
static void check_list(checking *c, const upsell__path *parent, const upsell__value *object,
                       const upsell__value *list)
{
  upsell__part part = {c->sink, object, parent};

  if (upsell__value_member(list, "$bind") || upsell__value_member(list, "$map") ||
      upsell__part_list(&part, "not_in", UPSELL__MUST_BE_THERE))
    check_values(c, parent, "not_in", list, NO_ELEMENT);
}

/* What the value at a pointer must be: a value, {"not_in": [...]} or {"contains": ...}. */
static void check_condition(checking *c, const upsell__path *path, const upsell__value *value)
{
  const upsell__value *not_in = upsell__value_member(value, "not_in");
  const upsell__value *contains = upsell__value_member(value, "contains");

  if (!not_in && !contains)
    check_template(c, path, value, NO_ELEMENT);
  else if (!is_alone(c, path, value, not_in ? not_in : contains))
    return;
  else if (not_in)
    check_list(c, path, value, not_in);
  else
    check_values(c, path, "contains", contains, NO_ELEMENT);
}

static void check_where(checking *c, const upsell__path *parent, const upsell__value *where)
{
  upsell__path path = upsell__at_key(parent, "where");
  const upsell__value *member = where ? where->first : NULL;

  for (; member && upsell__sink_goes_on(c->sink); member = member->next) {
    upsell__path at = upsell__at_member(&path, member->key);
    if (upsell__must_be_pointer(c->sink, &at, member->key))
      check_condition(c, &at, member);
  }
}

static void check_tests(checking *c, const upsell__path *parent, const char *key,
                        const upsell__test *tests, size_t count)
{
  upsell__path list = upsell__at_key(parent, key);
  size_t i;

  for (i = 0; i < count && upsell__sink_goes_on(c->sink); i++) {
    upsell__path path = upsell__at_index(&list, i);
    check_values(c, &path, "value", tests[i].value, NO_ELEMENT);
    check_where(c, &path, tests[i].where);
  }
}

/* ---- steps ---- */

static void check_sent(checking *c, const upsell__path *path, const upsell__step *step)
{
  upsell__path poll = upsell__at_key(path, "poll");

  switch (step->channel) {
  case UPSELL__CHANNEL_CHANGESET:
    check_values(c, path, "changes", step->variables, LITERAL);
    check_values(c, path, "expect", step->expect, LITERAL);
    break;
  case UPSELL__CHANNEL_ADMIN:
    check_values(c, path, "variables", step->variables, NO_ELEMENT);
    break;
  default:
    check_values(c, &poll, "variables", step->variables, NO_ELEMENT);
    break;
  }
}

static void check_step(checking *c, const upsell__path *path, const upsell__step *step)
{
  upsell__path webhooks = upsell__at_key(path, "webhooks");
  upsell__path outputs = upsell__at_key(path, "output");
  size_t i;

  check_sent(c, path, step);
  check_tests(c, path, "until", step->until, step->until_count);
  check_tests(c, path, "checks", step->checks, step->check_count);
  for (i = 0; i < step->output_count; i++) {
    upsell__path at = upsell__at_member(&outputs, step->outputs[i].name);
    check_where(c, &at, step->outputs[i].where);
  }
  for (i = 0; i < step->webhook_count; i++) {
    upsell__path at = upsell__at_index(&webhooks, i);
    check_where(c, &at, step->webhooks[i].where);
  }
}

/* Notes the outputs of all steps; 0 when memory ran out. */
static int note_outputs(checking *c)
{
  uint32_t i;
  size_t o;

  for (i = 0; i < c->loading->step_count; i++) {
    const upsell__step *step = &c->loading->steps[i];
    for (o = 0; o < step->output_count; o++) {
      uint32_t index;
      int added;
      if (!upsell__idmap_add(&c->outputs, i, step->outputs[o].name, &index, &added))
        return 0;
    }
  }
  return 1;
}

void upsell__check_bindings(const upsell__loading *loading)
{
  upsell__path list = upsell__at_key(NULL, "steps");
  checking c;

  memset(&c, 0, sizeof(c));
  c.loading = loading;
  c.sink = loading->sink;
  if (!upsell__roads_init(&c.roads, loading->steps, loading->step_count) || !note_outputs(&c))
    upsell__report_no_memory(loading->sink);
  for (; c.binder < loading->step_count && upsell__sink_goes_on(loading->sink); c.binder++) {
    upsell__path path = upsell__at_index(&list, c.binder);
    check_step(&c, &path, &loading->steps[c.binder]);
  }
  upsell__idmap_free(&c.outputs);
  upsell__roads_free(&c.roads);
}
