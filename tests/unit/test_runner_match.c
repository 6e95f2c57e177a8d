/* SPDX-License-Identifier: MIT */
/* Tests, `where` and outputs, each against the data of an answer (RUN-2). */
#include <stdlib.h>

#include "../support/check_main.h"
#include "plan/take.h"
#include "value_text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A run whose one step has the outputs that values are bound to. */
static upsell__program program;
static upsell__run run;
static upsell__filling filling;

static const upsell__value *read_quoted(const char *text)
{
  upsell_str copy;
  char *p;

  ck_assert(upsell__arena_copy(&arena, upsell_str_of(text), &copy));
  p = (char *)copy.data;
  for (; *p; p++) {
    if (*p == '\'')
      *p = '"';
  }
  return read_slice(copy);
}

static void set_up(void)
{
  static upsell__step step;

  step.id = upsell_str_of("s");
  program.steps = &step;
  program.step_count = 1;
  ck_assert(upsell__run_begin(&run, &program, &arena));
  run.run_id = upsell_str_of("run-0001");
  run.steps[0].outputs = read_quoted("{'id':'o-1','two':2,'ids':['a','b']}");
  filling.run = &run;
  filling.status = UPSELL_OK;
  filling.filled = 0;
}

/* ---- tests ---- */

typedef struct test_case {
  const char *op;
  const char *value; /* or where, for an op that has none */
  const char *data;  /* the value at the pointer; NULL: nothing is there */
  int holds;
} test_case;

static const test_case test_cases[] = {
    /* equal: decimals by value, all else as a whole */
    {"eq", "'a'", "'a'", 1},
    {"eq", "'a'", "'b'", 0},
    {"eq", "'800'", "'800.0'", 1},
    {"eq", "'800.0'", "800", 1},
    {"eq", "800", "'800.01'", 0},
    {"eq", "1", "true", 0},
    {"eq", "true", "true", 1},
    {"eq", "{'a':1,'b':[2]}", "{'b':['2.0'],'a':1}", 1},
    {"eq", "[1,2]", "[2,1]", 0},
    {"eq", "null", "null", 1},
    {"eq", "null", NULL, 1},
    {"eq", "null", "0", 0},
    {"eq", "0", NULL, 0},
    {"eq", "{'$bind':'s/id'}", "'o-1'", 1},
    {"eq", "{'$bind':'s/two'}", "'2.00'", 1},
    {"eq", "{'$host':'run_id'}", "'run-0001'", 1},
    /* not equal: something must be there */
    {"ne", "'a'", "'b'", 1},
    {"ne", "'a'", "'a'", 0},
    {"ne", "'a'", "null", 0},
    {"ne", "'a'", NULL, 0},
    {"ne", "'800'", "800.0", 0},
    {"ne", "{'$bind':'s/id'}", "'o-2'", 1},
    {"ne", "null", "'a'", 1},
    /* there or not */
    {"null", NULL, NULL, 1},
    {"null", NULL, "null", 1},
    {"null", NULL, "false", 0},
    {"present", NULL, NULL, 0},
    {"present", NULL, "null", 0},
    {"present", NULL, "false", 1},
    {"present", NULL, "[]", 1},
    /* by size: decimals only */
    {"ge", "2", "2", 1},
    {"ge", "2", "'2.0'", 1},
    {"ge", "2", "10", 1},
    {"ge", "2", "1.99", 0},
    {"ge", "2", "-3", 0},
    {"ge", "2", "'x'", 0},
    {"ge", "2", "1e3", 0},
    {"ge", "2", NULL, 0},
    {"ge", "2", "null", 0},
    {"lt", "2", "1.99", 1},
    {"lt", "2", "2", 0},
    {"lt", "2", "'-10'", 1},
    {"lt", "2", "'x'", 0},
    {"lt", "2", NULL, 0},
    {"lt", "{'$bind':'s/two'}", "1", 1},
    /* an element of a list */
    {"contains", "'a'", "['b','a']", 1},
    {"contains", "'a'", "['b']", 0},
    {"contains", "'a'", "'a'", 0},
    {"contains", "'a'", NULL, 0},
    {"contains", "'2'", "[1,2.0]", 1},
    {"contains", "{'k':'x'}", "[{'k':'y'},{'k':'x','v':1}]", 1},
    {"contains", "{'k':'x','v':2}", "[{'k':'x','v':1}]", 0},
    {"contains", "{'k':null}", "[{'v':1}]", 1},
    {"contains", "{}", "[{'v':1}]", 1},
    {"contains", "{}", "[1]", 0},
    {"contains", "{'v':{'$bind':'s/id'}}", "[{'v':'o-1'}]", 1},
    /* with where: some element, or none */
    {"present", "{}", "[]", 0},
    {"present", "{}", "[null]", 1},
    {"present", "{'/k':1}", "[{'k':2},{'k':1}]", 1},
    {"present", "{'/k':1}", "[{'k':2}]", 0},
    {"present", "{'/k':1}", "{'k':1}", 0},
    {"present", "{'/k':1}", NULL, 0},
    {"null", "{'/k':1}", "[{'k':2}]", 1},
    {"null", "{'/k':1}", "[]", 1},
    {"null", "{'/k':1}", "[{'k':1}]", 0},
    /* a list that is not there does not say that there is no such element */
    {"null", "{'/k':1}", NULL, 0},
    {"null", "{'/k':1}", "null", 0},
};

static upsell__op op_of(const char *name)
{
  static const char *const names[] = {"eq", "ne", "null", "present", "ge", "lt", "contains"};
  int i;

  for (i = 0; strcmp(names[i], name) != 0; i++) {
  }
  return (upsell__op)(i + 1);
}

/* Data with a value at /at. */
static const upsell__value *data_with(const char *text)
{
  upsell__value *data = upsell__value_new(&arena, UPSELL__JSON_OBJECT);

  if (text)
    ck_assert(upsell__value_append(&arena, data, upsell_str_of("at"), read_quoted(text)));
  return data;
}

START_TEST(test_tests)
{
  const test_case *c = &test_cases[_i];
  upsell__test test = {UPSELL_STR("t"), UPSELL_STR("/at"), op_of(c->op), NULL, NULL};

  if (c->value && (test.op == UPSELL__OP_NULL || test.op == UPSELL__OP_PRESENT))
    test.where = read_quoted(c->value);
  else if (c->value)
    test.value = read_quoted(c->value);
  if (upsell__test_holds(&filling, &test, data_with(c->data)) != c->holds)
    ck_abort_msg("%s %s %s", c->op, c->value, c->data);
  ck_assert_int_eq(filling.status, UPSELL_OK);
}
END_TEST

/* ---- where ---- */

typedef struct where_case {
  const char *where;
  const char *element;
  int matches;
} where_case;

static const where_case where_cases[] = {
    {"{}", "{'a':1}", 1},
    {"{}", "7", 1},
    {"{'':7}", "7", 1},
    {"{'/a':1}", "{'a':'1.0'}", 1},
    {"{'/a':1,'/b':2}", "{'a':1,'b':2}", 1},
    {"{'/a':1,'/b':2}", "{'a':1,'b':3}", 0},
    {"{'/a/b/1':'x'}", "{'a':{'b':['y','x']}}", 1},
    {"{'/a~1b':1}", "{'a/b':1}", 1},
    {"{'/a':null}", "{'a':null}", 1},
    {"{'/a':null}", "{}", 1},
    {"{'/a':null}", "{'a':0}", 0},
    {"{'/a':1}", "{}", 0},
    {"{'/a':1}", "7", 0},
    {"{'/a':{'x':1}}", "{'a':{'x':1}}", 1},
    {"{'/a':{'x':1}}", "{'a':{'x':1,'y':2}}", 0},
    {"{'/a':{'$bind':'s/id'}}", "{'a':'o-1'}", 1},
    {"{'/a':{'$host':'run_id'}}", "{'a':'run-0002'}", 0},
    {"{'/a':{'not_in':['x','y']}}", "{'a':'z'}", 1},
    {"{'/a':{'not_in':['x','y']}}", "{'a':'y'}", 0},
    {"{'/a':{'not_in':['1']}}", "{'a':1}", 0},
    {"{'/a':{'not_in':['x']}}", "{}", 1},
    {"{'/a':{'not_in':['x']}}", "{'a':null}", 1},
    {"{'/a':{'not_in':['x',null]}}", "{'a':null}", 0},
    {"{'/a':{'not_in':[]}}", "{'a':'x'}", 1},
    {"{'/a':{'not_in':{'$bind':'s/ids'}}}", "{'a':'b'}", 0},
    {"{'/a':{'not_in':{'$bind':'s/ids'}}}", "{'a':'c'}", 1},
    {"{'/a':{'not_in':['x',{'$bind':'s/id'}]}}", "{'a':'o-1'}", 0},
    {"{'/a':{'contains':'x'}}", "{'a':['x']}", 1},
    {"{'/a':{'contains':'x'}}", "{'a':'x'}", 0},
    {"{'/a':{'contains':'x'}}", "{}", 0},
    {"{'/a':{'contains':{'key':'k','value':{'$bind':'s/id'}}}}",
     "{'a':[{'key':'k','value':'o-1','more':1}]}", 1},
    {"{'/a':{'contains':{'key':'k','value':{'$bind':'s/id'}}}}",
     "{'a':[{'key':'k','value':'o-2'}]}", 0},
    /* these keys mean something only where they stand alone */
    {"{'/a':{'contains':1,'b':2}}", "{'a':{'contains':1,'b':2}}", 1},
};

static int matches(const char *where, const char *element)
{
  upsell__conditions conditions;

  return upsell__where_fill(&filling, read_quoted(where), &conditions) &&
         upsell__where_matches(&conditions, read_quoted(element));
}

START_TEST(test_where)
{
  const where_case *c = &where_cases[_i];

  if (matches(c->where, c->element) != c->matches)
    ck_abort_msg("%s %s", c->where, c->element);
  ck_assert_int_eq(filling.status, UPSELL_OK);
}
END_TEST

/* What cannot be filled in matches nothing, and is told of. */
START_TEST(test_unbound)
{
  static const char *const wheres[] = {
      "{'/a':{'$bind':'s/none'}}",
      "{'/a':{'$bind':'t/id'}}",
      "{'/a':{'$bind':'s'}}",
      "{'/a':{'not_in':{'$bind':'s/none'}}}",
      "{'/a':{'not_in':{'$bind':'s/id'}}}",
      "{'/a':{'contains':{'$bind':'s/none'}}}",
      "{'/b':{'not_in':{'$bind':'s/none'}}}",
  };

  ck_assert(!matches(wheres[_i], "{'a':['o-1']}"));
  ck_assert_int_eq(filling.status, UPSELL_UNBOUND);
}
END_TEST

/* A `where` is filled in once, however many elements the list has. */
START_TEST(test_filled_once)
{
  static const char where[] = "{'/k':{'$bind':'s/id'},'/l':{'not_in':[{'$bind':'s/two'}]}}";
  const upsell__value *list = read_quoted("[{'k':'a'},{'k':'b'},{'k':'o-1','l':2},{'k':'o-1'}]");
  upsell__test test = {UPSELL_STR("t"), UPSELL_STR(""), UPSELL__OP_NULL, NULL, read_quoted(where)};
  upsell__output output = {UPSELL_STR("out"), UPSELL_STR(""), test.where, UPSELL_STR("/k"), 0};
  upsell__step step = {0};
  const upsell__value *taken;
  const uint32_t once = 3;

  step.outputs = &output;
  step.output_count = 1;
  ck_assert(!upsell__test_holds(&filling, &test, list));
  ck_assert_uint_eq(filling.filled, once);
  ck_assert_ptr_null(upsell__take_outputs(&filling, &step, list, &taken));
  ck_assert_uint_eq(filling.filled, 2 * once);
  output.all = 1;
  ck_assert_ptr_null(upsell__take_outputs(&filling, &step, list, &taken));
  ck_assert_uint_eq(filling.filled, 3 * once);
  /* and not at all for a list without elements */
  ck_assert(upsell__test_holds(&filling, &test, read_quoted("[]")));
  ck_assert_uint_eq(filling.filled, 3 * once);
}
END_TEST

/* ---- outputs ---- */

typedef struct output_case {
  const char *at;
  const char *where; /* NULL: the value at the pointer itself */
  const char *take;
  int all;
  const char *expected; /* the value taken, or the result */
} output_case;

#define LINES "/lines"
static const char lines_data[] =
    "{'id':'x','nil':null,'empty':[],'lines':[{'id':1,'k':'a'},{'id':2,'k':'a'},{'id':3,'k':'b'},"
    "{'id':null,'k':'c'}]}";

static const output_case output_cases[] = {
    {"/id", NULL, "", 0, "\"x\""},
    {"/lines/2/id", NULL, "", 0, "3"},
    {"/empty", NULL, "", 0, "[]"},
    {"/nil", NULL, "", 0, "missing_output"},
    {"/none", NULL, "", 0, "missing_output"},
    {LINES, "{'/k':'b'}", "/id", 0, "3"},
    {LINES, "{'/k':'b'}", "", 0, "{\"id\":3,\"k\":\"b\"}"},
    {LINES, "{'/k':'a'}", "/id", 0, "ambiguous"},
    {LINES, "{'/k':'z'}", "/id", 0, "no_match"},
    {LINES, "{'/k':'c'}", "/id", 0, "missing_output"},
    {LINES, "{'/k':'b'}", "/none", 0, "missing_output"},
    {LINES, "{}", "/id", 0, "ambiguous"},
    {"/empty", "{}", "/id", 0, "no_match"},
    {"/nil", "{}", "/id", 0, "no_match"},
    {"/id", "{}", "", 0, "no_match"},
    {LINES, "{'/k':'a'}", "/id", 1, "[1,2]"},
    {LINES, "{'/k':'b'}", "", 1, "[{\"id\":3,\"k\":\"b\"}]"},
    {LINES, "{'/k':'z'}", "/id", 1, "[]"},
    {"/empty", "{}", "", 1, "[]"},
    {LINES, "{}", "/k", 1, "[\"a\",\"a\",\"b\",\"c\"]"},
    {LINES, "{}", "/id", 1, "missing_output"},
    {"/nil", "{}", "", 1, "missing_output"},
    {"/id", "{}", "", 1, "missing_output"},
    {LINES, "{'/k':{'$bind':'s/none'}}", "", 0, "missing_output"},
    {LINES, "{'/k':{'$bind':'s/none'}}", "", 1, "missing_output"},
};

START_TEST(test_outputs)
{
  const output_case *c = &output_cases[_i];
  upsell__output output = {UPSELL_STR("out"), upsell_str_of(c->at), NULL, upsell_str_of(c->take),
                           c->all};
  upsell__step step = {0};
  const upsell__value *taken;
  const char *problem;

  if (c->where)
    output.where = read_quoted(c->where);
  step.outputs = &output;
  step.output_count = 1;
  problem = upsell__take_outputs(&filling, &step, read_quoted(lines_data), &taken);
  ck_assert_str_eq(problem ? problem : written(upsell__value_member(taken, "out")), c->expected);
  ck_assert(!problem || !taken);
}
END_TEST

/* The first output that cannot be taken gives the result, and none is kept. */
START_TEST(test_first_problem)
{
  const upsell__output outputs[] = {
      {UPSELL_STR("a"), UPSELL_STR("/id"), NULL, UPSELL_STR(""), 0},
      {UPSELL_STR("b"), UPSELL_STR("/nil"), NULL, UPSELL_STR(""), 0},
      {UPSELL_STR("c"), UPSELL_STR(LINES), read_quoted("{}"), UPSELL_STR(""), 0},
  };
  upsell__step step = {0};
  const upsell__value *taken;

  step.outputs = outputs;
  step.output_count = 3;
  ck_assert_str_eq(upsell__take_outputs(&filling, &step, read_quoted(lines_data), &taken),
                   "missing_output");
  ck_assert_ptr_null(taken);
  step.output_count = 1;
  ck_assert_ptr_null(upsell__take_outputs(&filling, &step, read_quoted(lines_data), &taken));
  ck_assert_str_eq(written(taken), "{\"a\":\"x\"}");
  step.output_count = 0;
  ck_assert_ptr_null(upsell__take_outputs(&filling, &step, read_quoted(lines_data), &taken));
  ck_assert_ptr_null(taken);
}
END_TEST

/* An output that nests so deep that the journal around it could not be read again. */
START_TEST(test_too_deep)
{
  const upsell__output output = {UPSELL_STR("a"), UPSELL_STR(""), NULL, UPSELL_STR(""), 0};
  upsell__step step = {0};
  const upsell__value *taken;
  char text[2 * UPSELL__VALUE_DEPTH_MAX + 3];

  step.outputs = &output;
  step.output_count = 1;
  memset(text, '[', UPSELL__VALUE_DEPTH_MAX);
  memset(text + UPSELL__VALUE_DEPTH_MAX, ']', UPSELL__VALUE_DEPTH_MAX);
  text[2 * UPSELL__VALUE_DEPTH_MAX] = '\0';
  ck_assert_ptr_null(upsell__take_outputs(&filling, &step, read_quoted(text), &taken));
  memset(text, '[', UPSELL__VALUE_DEPTH_MAX + 1);
  memset(text + UPSELL__VALUE_DEPTH_MAX + 1, ']', UPSELL__VALUE_DEPTH_MAX + 1);
  text[2 * UPSELL__VALUE_DEPTH_MAX + 2] = '\0';
  ck_assert_str_eq(upsell__take_outputs(&filling, &step, read_quoted(text), &taken),
                   "missing_output");
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_match");
  TCase *match = tcase_create("match");

  tcase_add_checked_fixture(match, set_up, tear_down);
  tcase_add_loop_test(match, test_tests, 0, COUNT_OF(test_cases));
  tcase_add_loop_test(match, test_where, 0, COUNT_OF(where_cases));
  tcase_add_loop_test(match, test_unbound, 0, 7);
  tcase_add_test(match, test_filled_once);
  tcase_add_loop_test(match, test_outputs, 0, COUNT_OF(output_cases));
  tcase_add_test(match, test_first_problem);
  tcase_add_test(match, test_too_deep);
  suite_add_tcase(suite, match);
  return check_main(suite);
}
