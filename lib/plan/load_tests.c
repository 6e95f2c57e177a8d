/* SPDX-License-Identifier: MIT */
/* What a step reads from an answer: tests and outputs. */
#include "plan/loading.h"
#include "plan/result.h"

/* ---- tests ---- */

static const char *const ops[] = {"eq", "ne", "null", "present", "ge", "lt", "contains", NULL};

static int compares(upsell__op op)
{
  return op != UPSELL__OP_NULL && op != UPSELL__OP_PRESENT;
}

/* `where` asks which elements are there, `value` compares one value: never both. */
static void read_operands(const upsell__part *part, upsell__test *test)
{
  static const char *const comparing[] = {"name", "at", "op", "value", NULL};
  static const char *const asking[] = {"name", "at", "op", "where", NULL};
  upsell__path op = upsell__at_key(part->path, "op");

  test->where = upsell__load_where(part, UPSELL__MAY_BE_ABSENT);
  if (!compares(test->op)) {
    upsell__part_keys(part, "a test without a value", asking);
    return;
  }
  if (test->where) {
    upsell__report(part->sink, UPSELL_BAD_VALUE, &op,
                   "With a where, \"present\" or \"null\" was expected; leave where out to "
                   "compare a value.");
    return;
  }
  upsell__part_keys(part, "a test with a value", comparing);
  test->value = upsell__part_member(part, "value", UPSELL__MUST_BE_THERE);
}

/* A literal that is not a number of some form could never be compared by size. */
static void check_decimal(const upsell__part *part, const upsell__test *test)
{
  upsell__path path = upsell__at_key(part->path, "value");

  if ((test->op != UPSELL__OP_GE && test->op != UPSELL__OP_LT) || !test->value ||
      test->value->kind == UPSELL__JSON_OBJECT)
    return;
  if (upsell__value_compare(test->value, test->value) == 2)
    upsell__report(part->sink, UPSELL_BAD_VALUE, &path,
                   "A plain decimal, as a string or a number, or a binding was expected here.");
}

static void read_test(const upsell__part *part, upsell__test *test)
{
  int32_t op = 0;

  if (!upsell__part_choice(part, "op", ops, &op))
    return; /* its operands mean nothing */
  test->op = (upsell__op)op;
  read_operands(part, test);
  upsell__part_name(part, "name", &test->name);
  upsell__part_pointer(part, "at", UPSELL__MUST_BE_THERE, &test->at);
  check_decimal(part, test);
}

/* Reads the list under `key`; NULL when there is none. */
static const upsell__test *read_tests(upsell__loading *loading, const upsell__part *part,
                                      const char *key, upsell__need need, size_t *count)
{
  upsell__path path = upsell__at_key(part->path, key);
  const upsell__value *list = upsell__load_list(part, key, need);
  const upsell__value *item = list ? list->first : NULL;
  upsell__test *tests = list ? upsell__load_array(loading, list->count, sizeof(*tests)) : NULL;
  size_t i;

  if (!tests)
    return NULL;
  for (i = 0; item && upsell__sink_goes_on(loading->sink); item = item->next, i++) {
    upsell__path at = upsell__at_index(&path, i);
    upsell__part test = {loading->sink, item, &at};
    if (upsell__must_be_object(loading->sink, &at, item))
      read_test(&test, &tests[i]);
  }
  *count = i;
  return tests;
}

/* A check's name is a result: it must not be taken for one that means something else. */
static void check_names(const upsell__part *part, const upsell__step *step)
{
  upsell__path list = upsell__at_key(part->path, "checks");
  char quoted[UPSELL__QUOTE_SIZE];
  size_t i;

  for (i = 0; i < step->check_count && upsell__sink_goes_on(part->sink); i++) {
    upsell__path at = upsell__at_index(&list, i);
    upsell__path path = upsell__at_key(&at, "name");
    if (upsell__result_is_ours(step->checks[i].name))
      upsell__report(part->sink, UPSELL_BAD_VALUE, &path,
                     "%s is a result that steps have without a check; choose another name.",
                     upsell__quote(step->checks[i].name, quoted));
  }
}

void upsell__load_checks(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  step->checks = read_tests(loading, part, "checks", UPSELL__MAY_BE_ABSENT, &step->check_count);
  check_names(part, step);
}

void upsell__load_until(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  step->until = read_tests(loading, part, "until", UPSELL__MUST_BE_THERE, &step->until_count);
}

/* ---- outputs ---- */

/* A choice among the elements of a list. */
static void read_choice(const upsell__part *part, upsell__output *output)
{
  static const char *const keys[] = {"at", "where", "take", "all", NULL};

  upsell__part_keys(part, "an output", keys);
  upsell__part_pointer(part, "at", UPSELL__MUST_BE_THERE, &output->at);
  output->where = upsell__load_where(part, UPSELL__MUST_BE_THERE);
  upsell__part_pointer(part, "take", UPSELL__MAY_BE_ABSENT, &output->take);
  upsell__part_flag(part, "all", UPSELL__MAY_BE_ABSENT, &output->all);
}

/* A pointer to one value, or a choice. */
static void read_output(const upsell__part *part, upsell__output *output)
{
  output->name = part->value->key;
  output->take = upsell_str_of("");
  upsell__must_be_name(part->sink, part->path, output->name);
  if (part->value->kind != UPSELL__JSON_STRING) {
    if (upsell__must_be_object(part->sink, part->path, part->value))
      read_choice(part, output);
  } else if (upsell__must_be_pointer(part->sink, part->path, part->value->text)) {
    output->at = part->value->text;
  }
}

void upsell__load_outputs(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  upsell__path path = upsell__at_key(part->path, "output");
  const upsell__value *object = upsell__part_few(part, "output", UPSELL__MAY_BE_ABSENT,
                                                 UPSELL__JSON_OBJECT, UPSELL__ENTRIES_MAX);
  const upsell__value *member = object ? object->first : NULL;
  upsell__output *outputs =
      object ? upsell__load_array(loading, object->count, sizeof(*outputs)) : NULL;
  size_t i;

  if (!outputs)
    return;
  for (i = 0; member && upsell__sink_goes_on(loading->sink); member = member->next, i++) {
    upsell__path at = upsell__at_member(&path, member->key);
    upsell__part output = {loading->sink, member, &at};
    read_output(&output, &outputs[i]);
  }
  step->outputs = outputs;
  step->output_count = i;
}
