/* SPDX-License-Identifier: MIT */
/* Templates filled in: $bind, $host, $map, $item (RUN-2). */
#include <stdlib.h>

#include "../support/check_main.h"
#include "plan/render.h"
#include "value_text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static upsell__program program;
static upsell__run run;
static upsell__filling filling;

static upsell_str with_quotes(const char *text)
{
  upsell_str copy;
  char *p;

  ck_assert(upsell__arena_copy(&arena, upsell_str_of(text), &copy));
  for (p = (char *)copy.data; *p; p++) {
    if (*p == '\'')
      *p = '"';
  }
  return copy;
}

static void set_up(void)
{
  static upsell__step steps[2];

  steps[0].id = upsell_str_of("read");
  steps[1].id = upsell_str_of("open");
  program.steps = steps;
  program.step_count = 2;
  ck_assert(upsell__run_begin(&run, &program, &arena));
  run.run_id = upsell_str_of("run-0001");
  run.steps[0].outputs = read_slice(
      with_quotes("{'id':'x','object':{'a':[1.50,null]},'none':[],"
                  "'lines':[{'id':1,'q':2,'p':{'c':[{'n':1,'v':'9.0'},{'n':2,'v':null}]}},"
                  "{'id':2,'q':null,'p':null},{'id':3,'p':{'c':[]}}],'nils':[null,null]}"));
  run.steps[1].outputs = read_slice(with_quotes("{'draft':'d-1'}"));
  filling.run = &run;
  filling.status = UPSELL_OK;
  filling.filled = 0;
}

typedef struct render_case {
  const char *template;
  const char *expected; /* "": nothing is left */
} render_case;

#define MAP(from, each) "{'$map':{'from':" from ",'each':" each "}}"
#define MAP_AND(from, each, append) "{'$map':{'from':" from ",'each':" each ",'append':" append "}}"
#define ITEM(pointer) "{'$item':'" pointer "'}"

static const render_case cases[] = {
    /* literals stay as they are */
    {"{'a':1.50,'b':[null,true,''],'c':{},'d':[]}", "{'a':1.50,'b':[null,true,''],'c':{},'d':[]}"},
    /* whole values */
    {"{'$bind':'read/id'}", "'x'"},
    {"{'$bind':'open/draft'}", "'d-1'"},
    {"{'a':{'$bind':'read/object'},'b':['$bind',{'$bind':'read/none'}]}",
     "{'a':{'a':[1.50,null]},'b':['$bind',[]]}"},
    {"{'owner':{'$host':'run_id'}}", "{'owner':'run-0001'}"},
    /* lists, element by element */
    {MAP("'read/lines'", ITEM("/id")), "[1,2,3]"},
    {MAP("'read/lines'", "{'i':" ITEM("/id") ",'k':'l'}"),
     "[{'i':1,'k':'l'},{'i':2,'k':'l'},{'i':3,'k':'l'}]"},
    {MAP("'read/lines'", "'z'"), "['z','z','z']"},
    {MAP("'read/none'", ITEM("/id")), "[]"},
    {MAP("'read/lines'", "{'i':" ITEM("/id") ",'d':{'$bind':'open/draft'},'r':{'$host':'run_id'}}"),
     "[{'i':1,'d':'d-1','r':'run-0001'},{'i':2,'d':'d-1','r':'run-0001'},"
     "{'i':3,'d':'d-1','r':'run-0001'}]"},
    /* what is null or not there is left out, with what has nothing else */
    {MAP("'read/lines'", "{'i':" ITEM("/id") ",'q':" ITEM("/q") "}"),
     "[{'i':1,'q':2},{'i':2},{'i':3}]"},
    {MAP("'read/lines'", "{'q':" ITEM("/q") "}"), "[{'q':2}]"},
    {MAP("'read/lines'", "{'i':" ITEM("/id") ",'in':{'q':[" ITEM("/q") "]}}"),
     "[{'i':1,'in':{'q':[2]}},{'i':2},{'i':3}]"},
    {MAP("'read/lines'", "{'i':" ITEM("/id") ",'in':{'q':" ITEM("/q") ",'e':[],'n':null}}"),
     "[{'i':1,'in':{'q':2,'e':[],'n':null}},{'i':2,'in':{'e':[],'n':null}},"
     "{'i':3,'in':{'e':[],'n':null}}]"},
    {"{'a':" MAP("'read/lines'", ITEM("/none")) "}", ""},
    {"{'a':1,'b':" MAP("'read/nils'", ITEM("")) "}", "{'a':1}"},
    {"[" MAP("'read/nils'", ITEM("")) ",2]", "[2]"},
    /* an item that is an empty list is a value */
    {MAP("'read/lines'", "{'c':" ITEM("/p/c") "}"),
     "[{'c':[{'n':1,'v':'9.0'},{'n':2,'v':null}]},"
     "{'c':[]}]"},
    /* a list within an element */
    {MAP("'read/lines'", "{'i':" ITEM("/id") ",'p':{'c':" MAP(
                             ITEM("/p/c"), "{'after':" ITEM("/n") ",'price':" ITEM("/v") "}") "}}"),
     "[{'i':1,'p':{'c':[{'after':1,'price':'9.0'},{'after':2}]}},{'i':2},{'i':3,'p':{'c':[]}}]"},
    /* more behind the list */
    {MAP_AND("'read/lines'", ITEM("/id"), "[{'new':{'$bind':'open/draft'}},4]"),
     "[1,2,3,{'new':'d-1'},4]"},
    {MAP_AND("'read/none'", ITEM("/id"), "[7]"), "[7]"},
    {MAP_AND("'read/none'", ITEM("/id"), "[]"), "[]"},
    {MAP_AND("'read/nils'", ITEM(""), "[7]"), "[7]"},
    {MAP("'read/lines'", MAP_AND(ITEM("/p/c"), ITEM("/n"), "[" ITEM("/id") "]")),
     "[[1,2,1],[2],[3]]"},
};

START_TEST(test_render)
{
  const render_case *c = &cases[_i];
  const upsell__value *value = upsell__render(&filling, read_slice(with_quotes(c->template)));

  ck_assert_int_eq(filling.status, UPSELL_OK);
  ck_assert_str_eq(value ? written(value) : "", with_quotes(c->expected).data);
}
END_TEST

START_TEST(test_unbound)
{
  static const char *const templates[] = {
      "{'$bind':'read/else'}",
      "{'$bind':'else/id'}",
      "{'$bind':'read'}",
      "{'a':[{'b':{'$bind':'read/else'}}]}",
      MAP("'read/else'", ITEM("")),
      MAP("'read/object'", ITEM("")),
      MAP("'read/id'", ITEM("")),
      MAP("'read/lines'", MAP(ITEM("/id"), ITEM(""))),
      MAP_AND("'read/lines'", ITEM("/id"), "[{'$bind':'read/else'}]"),
  };

  ck_assert_ptr_null(upsell__render(&filling, read_slice(with_quotes(templates[_i]))));
  ck_assert_int_eq(filling.status, UPSELL_UNBOUND);
}
END_TEST

/* What has nothing to fill in is handed back, not copied. */
START_TEST(test_constant)
{
  const upsell__value *template = read_slice(with_quotes("{'a':[1,{'b':'$bind'}]}"));

  ck_assert_ptr_eq(upsell__render(&filling, template), template);
}
END_TEST

START_TEST(test_too_deep)
{
  char text[256] = "";
  int i;

  for (i = 0; i < UPSELL__VALUE_DEPTH_MAX - 2; i++)
    strcat(text, "[");
  strcat(text, "{'$bind':'read/object'}");
  for (i = 0; i < UPSELL__VALUE_DEPTH_MAX - 2; i++)
    strcat(text, "]");
  ck_assert_ptr_nonnull(upsell__render(&filling, read_slice(with_quotes(text))));
  memmove(text + 1, text, strlen(text) + 1);
  text[0] = '[';
  strcat(text, "]");
  ck_assert_ptr_null(upsell__render(&filling, read_slice(with_quotes(text))));
  ck_assert_int_eq(filling.status, UPSELL_UNBOUND);
}
END_TEST

/* ---- how much ---- */

/* Gives the first step one output, a list of `count` elements. */
static void give_list(uint32_t count, const upsell__value *element)
{
  static const upsell_str no_key = {NULL, 0};
  upsell__value *outputs = upsell__value_new(&arena, UPSELL__JSON_OBJECT);
  upsell__value *list = upsell__value_new(&arena, UPSELL__JSON_ARRAY);
  uint32_t i;

  for (i = 0; i < count; i++)
    ck_assert(upsell__value_append(&arena, list, no_key, element));
  ck_assert(upsell__value_append(&arena, outputs, upsell_str_of("list"), list));
  run.steps[0].outputs = outputs;
}

static const upsell__value *render_text(const char *template)
{
  filling.status = UPSELL_OK;
  filling.filled = 0;
  run.filled = 0;
  return upsell__render(&filling, read_slice(with_quotes(template)));
}

/* The $map itself is a value, too. */
START_TEST(test_most_values)
{
  give_list(UPSELL__FILL_MAX - 1, read_text("1"));
  ck_assert_ptr_nonnull(render_text(MAP("'read/list'", ITEM(""))));
  ck_assert_uint_eq(filling.filled, UPSELL__FILL_MAX);
  give_list(UPSELL__FILL_MAX, read_text("1"));
  ck_assert_ptr_null(render_text(MAP("'read/list'", ITEM(""))));
  ck_assert_int_eq(filling.status, UPSELL_UNBOUND);
}
END_TEST

/* What is left out in the end counts, too, and nothing goes on behind the limit. */
START_TEST(test_maps_multiply)
{
  size_t before;

  give_list(1000, read_text("1"));
  before = arena.bytes;
  ck_assert_ptr_null(render_text(MAP("'read/list'", MAP("'read/list'", MAP("'read/list'", "1")))));
  ck_assert_int_eq(filling.status, UPSELL_UNBOUND);
  ck_assert_uint_le(filling.filled, UPSELL__FILL_MAX + 1);
  ck_assert_ptr_null(
      render_text(MAP("'read/list'", MAP("'read/list'", MAP("'read/list'", ITEM("/none"))))));
  ck_assert_int_eq(filling.status, UPSELL_UNBOUND);
  ck_assert_uint_le(arena.bytes - before, (size_t)64 << 20);
}
END_TEST

/* All that one event sets going has a limit of its own. */
START_TEST(test_most_of_an_event)
{
  give_list(UPSELL__FILL_MAX - 1, read_text("1"));
  ck_assert_ptr_nonnull(render_text(MAP("'read/list'", ITEM(""))));
  filling.filled = 0;
  run.filled = UPSELL__FILL_EVENT_MAX - UPSELL__FILL_MAX;
  ck_assert_ptr_nonnull(
      upsell__render(&filling, read_slice(with_quotes(MAP("'read/list'", ITEM(""))))));
  filling.filled = 0;
  ck_assert_ptr_null(
      upsell__render(&filling, read_slice(with_quotes(MAP("'read/list'", ITEM(""))))));
  ck_assert_int_eq(filling.status, UPSELL_UNBOUND);
}
END_TEST

/* A large output that is bound many times is not walked through each time. */
START_TEST(test_binds_multiply)
{
  give_list(50000, read_text("[0]"));
  ck_assert_ptr_nonnull(render_text("{'$bind':'read/list'}"));
  ck_assert_ptr_null(render_text(MAP("'read/list'", "{'$bind':'read/list'}")));
  ck_assert_int_eq(filling.status, UPSELL_UNBOUND);
}
END_TEST

/* Writing ends soon after the limit. */
START_TEST(test_most_text)
{
  static const upsell_str no_key = {NULL, 0};
  upsell__value *list = upsell__value_new(&arena, UPSELL__JSON_ARRAY);
  upsell__buffer buffer = {0};
  int i;

  for (i = 0; i < 3; i++)
    ck_assert(upsell__value_append(&arena, list, no_key, read_text("[\"abcdef\",1]")));
  ck_assert(upsell__value_write_within(&buffer, list, 40));
  ck_assert_uint_eq(buffer.len, 40);
  buffer.len = 0;
  ck_assert(!upsell__value_write_within(&buffer, list, 39));
  buffer.len = 0;
  ck_assert(!upsell__value_write_within(&buffer, list, 5));
  ck_assert_uint_lt(buffer.len, 15);
  upsell__buffer_free(&buffer);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_render");
  TCase *render = tcase_create("render");

  tcase_add_checked_fixture(render, set_up, tear_down);
  tcase_add_loop_test(render, test_render, 0, COUNT_OF(cases));
  tcase_add_loop_test(render, test_unbound, 0, 9);
  tcase_add_test(render, test_constant);
  tcase_add_test(render, test_too_deep);
  tcase_add_test(render, test_most_values);
  tcase_add_test(render, test_maps_multiply);
  tcase_add_test(render, test_most_of_an_event);
  tcase_add_test(render, test_binds_multiply);
  tcase_add_test(render, test_most_text);
  suite_add_tcase(suite, render);
  return check_main(suite);
}
