/* SPDX-License-Identifier: MIT */
/* JSON values: single ones, comparing, building and writing. */
#include <stdio.h>

#include "../support/check_main.h"
#include "random.h"
#include "value_text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- single values ---- */

typedef struct integer_case {
  const char *text;
  int is_integer;
  int64_t number;
} integer_case;

static const integer_case integers[] = {
    {"0", 1, 0},
    {"7", 1, 7},
    {"-7", 1, -7},
    {"9223372036854775807", 1, INT64_MAX},
    {"-9223372036854775808", 1, INT64_MIN},
    {"9223372036854775808", 0, 0},
    {"-9223372036854775809", 0, 0},
    {"18446744073709551616", 0, 0},
    {"100000000000000000000000000000", 0, 0},
    {"-0", 0, 0},
    {"1.0", 0, 0},
    {"1e3", 0, 0},
    {"\"1\"", 0, 0},
    {"true", 0, 0},
    {"null", 0, 0},
    {"[1]", 0, 0},
    {"{}", 0, 0},
};

START_TEST(test_integer)
{
  const integer_case *c = &integers[_i];
  int64_t number = 42;

  ck_assert_int_eq(upsell__value_as_integer(read_text(c->text), &number), c->is_integer);
  ck_assert_int_eq(number, c->is_integer ? c->number : 42);
  ck_assert_int_eq(upsell__value_as_integer(NULL, &number), 0);
}
END_TEST

START_TEST(test_is)
{
  const upsell__value *root = read_text("[\"a\",\"\",\"\\u0061\",1,null]");

  ck_assert_int_eq(upsell__value_is(root->first, "a"), 1);
  ck_assert_int_eq(upsell__value_is(root->first, "ab"), 0);
  ck_assert_int_eq(upsell__value_is(root->first, ""), 0);
  ck_assert_int_eq(upsell__value_is(root->first->next, ""), 1);
  ck_assert_int_eq(upsell__value_is(root->first->next->next, "a"), 1);
  ck_assert_int_eq(upsell__value_is(upsell__value_at(root, upsell_str_of("/3")), "1"), 0);
  ck_assert_int_eq(upsell__value_is(upsell__value_at(root, upsell_str_of("/4")), ""), 0);
  ck_assert_int_eq(upsell__value_is(NULL, ""), 0);
}
END_TEST

/* ---- comparing ---- */

typedef struct pair {
  const char *a;
  const char *b;
  int result;
} pair;

/* The decimals as numbers by value; 2: one of them is none. */
static const pair comparisons[] = {
    {"800", "\"800.0\"", 0},
    {"\"800\"", "\"800.000\"", 0},
    {"\"800\"", "\"0800\"", 0},
    {"800", "800.0", 0},
    {"\"-0\"", "0", 0},
    {"-0", "\"0.00\"", 0},
    {"-0.0", "\"-00\"", 0},
    {"1", "2", -1},
    {"2", "10", -1},
    {"\"2\"", "\"10\"", -1},
    {"9.99", "10", -1},
    {"0.1", "0.12", -1},
    {"\"0.10\"", "0.1", 0},
    {"0.09", "0.1", -1},
    {"\"1.005\"", "\"1.01\"", -1},
    {"-1", "0", -1},
    {"-1", "1", -1},
    {"-2", "-1", -1},
    {"-10", "-9", -1},
    {"\"-1.5\"", "\"-1.25\"", -1},
    {"-0.1", "-0.01", -1},
    {"-0.001", "0", -1},
    {"99999999999999999999999999999", "100000000000000000000000000000", -1},
    {"\"0.00000000000000000000000000001\"", "\"0.00000000000000000000000000002\"", -1},
    {"9007199254740993", "9007199254740992.5", 1},
    {"1e3", "1000", 2},
    {"1E0", "1", 2},
    {"\"1e3\"", "1000", 2},
    {"\"\"", "0", 2},
    {"\"-\"", "0", 2},
    {"\".\"", "0", 2},
    {"\".5\"", "0.5", 2},
    {"\"5.\"", "5", 2},
    {"\"+5\"", "5", 2},
    {"\"--5\"", "5", 2},
    {"\" 5\"", "5", 2},
    {"\"5 \"", "5", 2},
    {"\"1.2.3\"", "1", 2},
    {"\"1,000\"", "1000", 2},
    {"\"x\"", "\"x\"", 2},
    {"null", "0", 2},
    {"false", "0", 2},
    {"[0]", "0", 2},
    {"{}", "0", 2},
};

START_TEST(test_compare)
{
  const pair *c = &comparisons[_i];
  const upsell__value *a = read_text(c->a);
  const upsell__value *b = read_text(c->b);

  ck_assert_int_eq(upsell__value_compare(a, b), c->result);
  ck_assert_int_eq(upsell__value_compare(b, a), c->result == 2 ? 2 : -c->result);
  ck_assert_int_eq(upsell__value_compare(a, NULL), 2);
  ck_assert_int_eq(upsell__value_compare(NULL, b), 2);
  if (c->result != 2)
    ck_assert_int_eq(upsell__value_equal(a, b), c->result == 0);
}
END_TEST

/* Decimals of small numbers, against whole hundredths. */
START_TEST(test_compare_random)
{
  uint64_t state = 31;
  int round;

  for (round = 0; round < 20000; round++) {
    int64_t x = (int64_t)random_below(&state, 2400) - 1200;
    int64_t y = (int64_t)random_below(&state, 2400) - 1200;
    char text[2][32];
    int expected = x < y ? -1 : x > y;
    sprintf(text[0], "\"%s%d.%02d\"", x < 0 ? "-" : "", abs((int)x) / 100, abs((int)x) % 100);
    sprintf(text[1], "\"%s0%d.%02d0\"", y < 0 ? "-" : "", abs((int)y) / 100, abs((int)y) % 100);
    ck_assert_msg(upsell__value_compare(read_text(text[0]), read_text(text[1])) == expected,
                  "%s %s", text[0], text[1]);
    upsell__arena_reset(&arena);
  }
}
END_TEST

static const pair equals[] = {
    {"null", "null", 1},
    {"true", "true", 1},
    {"true", "false", 0},
    {"null", "false", 0},
    {"null", "\"null\"", 0},
    {"\"a\"", "\"\\u0061\"", 1},
    {"\"a\"", "\"A\"", 0},
    {"\"\"", "\"\"", 1},
    {"\"\"", "null", 0},
    {"1e3", "1e3", 1},
    {"1e3", "1E3", 0},
    {"1e3", "\"1e3\"", 0},
    {"1e3", "1000", 0},
    {"[]", "[]", 1},
    {"[]", "{}", 0},
    {"[]", "null", 0},
    {"[1,2]", "[1,2]", 1},
    {"[1,2]", "[2,1]", 0},
    {"[1,2]", "[1,2,3]", 0},
    {"[\"800.0\"]", "[800]", 1},
    {"{}", "{}", 1},
    {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", 1},
    {"{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}", 0},
    {"{\"a\":1}", "{\"a\":1,\"b\":2}", 0},
    {"{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}", 0},
    {"{\"a\":null}", "{\"b\":null}", 0},
    {"{\"a\":null}", "{}", 0},
    {"{\"x\":[{\"p\":\"1.0\",\"q\":[]}],\"y\":0}", "{\"y\":\"-0\",\"x\":[{\"q\":[],\"p\":1}]}", 1},
    {"{\"x\":[{\"p\":\"1.0\",\"q\":[]}],\"y\":0}", "{\"y\":\"-0\",\"x\":[{\"q\":[0],\"p\":1}]}", 0},
};

START_TEST(test_equal)
{
  const pair *c = &equals[_i];
  const upsell__value *a = read_text(c->a);
  const upsell__value *b = read_text(c->b);

  ck_assert_int_eq(upsell__value_equal(a, b), c->result);
  ck_assert_int_eq(upsell__value_equal(b, a), c->result);
  ck_assert_int_eq(upsell__value_equal(a, a), 1);
  ck_assert_int_eq(upsell__value_equal(a, NULL), 0);
  ck_assert_int_eq(upsell__value_equal(NULL, a), 0);
}
END_TEST

/* An object of `count` members in an order that `step` gives, the one called `odd` with
 * another value. */
static const upsell__value *many_members(int count, int step, int odd, const char *prefix)
{
  upsell__value *object = upsell__value_new(&arena, UPSELL__JSON_OBJECT);
  int i;

  for (i = 0; i < count; i++) {
    int number = (int)((int64_t)i * step % count);
    upsell_str key;
    char text[16];
    sprintf(text, "%s%d", prefix, number);
    ck_assert(upsell__arena_copy(&arena, upsell_str_of(text), &key));
    ck_assert(upsell__value_append(&arena, object, key, read_text(number == odd ? "0" : "[1]")));
  }
  return object;
}

static int common_divisor(int a, int b)
{
  return b ? common_divisor(b, a % b) : a;
}

/* Few members and many, in the same order and in others. */
START_TEST(test_members)
{
  static const int counts[] = {2, 31, 32, 33, 34, 100, 1000};
  int count = counts[_i];
  const upsell__value *a = many_members(count, 1, -1, "k");
  int step;

  for (step = 1; step < 40; step++) {
    if (common_divisor(step, count) != 1)
      continue; /* no order of all */
    ck_assert(upsell__value_equal(a, many_members(count, step, -1, "k")));
    ck_assert(!upsell__value_equal(a, many_members(count, step, 0, "k")));
    ck_assert(!upsell__value_equal(a, many_members(count, step, count - 1, "k")));
    ck_assert(!upsell__value_equal(a, many_members(count, step, -1, "l")));
    ck_assert(!upsell__value_equal(a, many_members(count - 1, 1, -1, "k")));
  }
}
END_TEST

/* Members in the opposite order: with every pair of keys compared this takes minutes. */
START_TEST(test_very_many_members)
{
  const int count = 200000;

  ck_assert(upsell__value_equal(many_members(count, 1, -1, "k"),
                                many_members(count, count - 1, -1, "k")));
}
END_TEST

/* ---- building and writing ---- */

START_TEST(test_build)
{
  const upsell__value *read = read_text("{\"k\":[1,{\"x\":null}],\"n\":1.50}");
  upsell__value *object = upsell__value_new(&arena, UPSELL__JSON_OBJECT);
  upsell__value *array = upsell__value_new(&arena, UPSELL__JSON_ARRAY);
  const upsell_str none = {NULL, 0};

  ck_assert(
      upsell__value_append(&arena, array, none, upsell__value_new(&arena, UPSELL__JSON_TRUE)));
  ck_assert(
      upsell__value_append(&arena, array, none, upsell__value_new(&arena, UPSELL__JSON_NULL)));
  ck_assert(upsell__value_append(&arena, object, upsell_str_of("literals\n"), array));
  ck_assert(upsell__value_append(&arena, object, upsell_str_of("text"),
                                 upsell__value_string(&arena, upsell_str_of("\"\x01\xC3\xA9"))));
  /* what was read stands in two places of another tree */
  ck_assert(
      upsell__value_append(&arena, object, upsell_str_of("one"), upsell__value_member(read, "k")));
  ck_assert(upsell__value_append(&arena, object, upsell_str_of("two"), read));
  ck_assert_uint_eq(object->count, 4);
  ck_assert_str_eq(written(object),
                   "{\"literals\\n\":[true,null],"
                   "\"text\":\"\\\"\\u0001\xC3\xA9\",\"one\":[1,{\"x\":null}],"
                   "\"two\":{\"k\":[1,{\"x\":null}],\"n\":1.50}}");
  ck_assert_str_eq(written(read), "{\"k\":[1,{\"x\":null}],\"n\":1.50}");
  ck_assert_int_eq(upsell__value_equal(object, read_text(written(object))), 1);
}
END_TEST

/* What memory was not enough for is not there, and is not appended. */
START_TEST(test_append_nothing)
{
  upsell__value *array = upsell__value_new(&arena, UPSELL__JSON_ARRAY);

  ck_assert_int_eq(upsell__value_append(&arena, array, upsell_str_of(NULL), NULL), 0);
  ck_assert_int_eq(upsell__value_append(&arena, NULL, upsell_str_of(NULL), array), 0);
  ck_assert_str_eq(written(array), "[]");
}
END_TEST

/* Numbers keep their text; strings are written in one way only. */
static const pair writings[] = {
    {"[ -0 , 0.10 , 1E+2 , 123456789012345678901234567890 ]",
     "[-0,0.10,1E+2,123456789012345678901234567890]", 0},
    {"\"\\/\\u00e9\\ud83c\\udf75\\u0022\\u000a\\u001f\\b\\f\\t\\r\"",
     "\"/\xC3\xA9\xF0\x9F\x8D\xB5\\\"\\n\\u001f\\b\\f\\t\\r\"", 0},
    {"{\"z\":1,\"a\":{\"\\u007a\":[ ]}}", "{\"z\":1,\"a\":{\"z\":[]}}", 0},
    {" null ", "null", 0},
};

START_TEST(test_write)
{
  ck_assert_str_eq(written(read_text(writings[_i].a)), writings[_i].b);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("value_compare");
  TCase *value = tcase_create("value_compare");

  tcase_set_timeout(value, 60);
  tcase_add_checked_fixture(value, NULL, tear_down);
  tcase_add_loop_test(value, test_integer, 0, COUNT_OF(integers));
  tcase_add_test(value, test_is);
  tcase_add_loop_test(value, test_compare, 0, COUNT_OF(comparisons));
  tcase_add_test(value, test_compare_random);
  tcase_add_loop_test(value, test_equal, 0, COUNT_OF(equals));
  tcase_add_loop_test(value, test_members, 0, 7);
  tcase_add_test(value, test_very_many_members);
  tcase_add_test(value, test_build);
  tcase_add_test(value, test_append_nothing);
  tcase_add_loop_test(value, test_write, 0, COUNT_OF(writings));
  suite_add_tcase(suite, value);
  return check_main(suite);
}
