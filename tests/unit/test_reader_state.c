/* SPDX-License-Identifier: MIT */
/* The reader beyond its grammar: nesting, equal keys, pointers, pulling (DOC-2, DOC-6, DOC-7). */
#include <stdio.h>
#include <time.h>

#include "../support/check_main.h"
#include "base/buffer.h"
#include "verdict.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static verdict judge_buffer(upsell__buffer *buffer)
{
  verdict result;

  ck_assert_int_eq(buffer->failed, 0);
  result = judge_text(buffer->data, buffer->len);
  upsell__buffer_free(buffer);
  return result;
}

/* ---- nesting ---- */

typedef struct nest_case {
  const char *open;
  const char *close;
  size_t levels;
  upsell_status status;
} nest_case;

static const nest_case nests[] = {
    {"[", "]", 1, UPSELL_OK},
    {"[", "]", 64, UPSELL_OK},
    {"[", "]", 65, UPSELL_JSON_DEPTH},
    {"{\"a\":", "}", 64, UPSELL_OK},
    {"{\"a\":", "}", 65, UPSELL_JSON_DEPTH},
    {"[", "]", 100000, UPSELL_JSON_DEPTH},
    {"{\"a\":", "}", 100000, UPSELL_JSON_DEPTH},
    {"[", "", 100000, UPSELL_JSON_DEPTH},
    {"[", "", 64, UPSELL_JSON_SYNTAX},
};

START_TEST(test_nesting)
{
  const nest_case *c = &nests[_i];
  upsell__buffer text = {0};
  verdict got;
  size_t i;

  for (i = 0; i < c->levels; i++)
    upsell__buffer_append(&text, c->open, strlen(c->open));
  UPSELL__APPEND(&text, "1");
  for (i = 0; i < c->levels; i++)
    upsell__buffer_append(&text, c->close, strlen(c->close));
  got = judge_buffer(&text);
  ck_assert_int_eq(got.status, c->status);
  if (got.status == UPSELL_JSON_DEPTH)
    ck_assert_int_eq(got.offset, (int64_t)(64 * strlen(c->open)));
}
END_TEST

/* Depth counts what is open, not what was. */
START_TEST(test_width_is_not_depth)
{
  upsell__buffer text = {0};
  int i;

  UPSELL__APPEND(&text, "[");
  for (i = 0; i < 1000; i++)
    UPSELL__APPEND(&text, "[{\"a\":[]}],");
  UPSELL__APPEND(&text, "[]]");
  ck_assert_int_eq(judge_buffer(&text).status, UPSELL_OK);
}
END_TEST

/* ---- duplicate keys ---- */

/* Appends `count` members "k0": 0 ...; the one at `again` repeats `first`, in
 * plain or escaped form. Returns where that key begins. */
static int64_t append_members(upsell__buffer *text, size_t count, size_t first, size_t again,
                              int escaped)
{
  int64_t offset = -1;
  size_t i;

  for (i = 0; i < count; i++) {
    char member[48];
    size_t number = i == again ? first : i;
    if (i == again)
      offset = (int64_t)text->len + (i > 0);
    snprintf(member, sizeof(member), "%s\"%s%zu\":[]", i ? "," : "",
             escaped && i == again ? "\\u006b" : "k", number);
    upsell__buffer_append(text, member, strlen(member));
  }
  return offset;
}

static const size_t key_counts[] = {2, 3, 15, 16, 17, 18, 31, 32, 33, 34, 64, 65};

/* Every pair of equal keys in objects around the reader's own limits. */
START_TEST(test_duplicate_keys)
{
  size_t count = key_counts[_i];
  size_t first;
  size_t again;

  for (again = 1; again < count; again++) {
    for (first = 0; first < again; first++) {
      upsell__buffer text = {0};
      char pointer[32];
      int64_t offset;
      verdict got;
      UPSELL__APPEND(&text, "{\"outer\":{");
      offset = append_members(&text, count, first, again, (int)(first + again) % 2);
      UPSELL__APPEND(&text, "}}");
      got = judge_buffer(&text);
      snprintf(pointer, sizeof(pointer), "/outer/k%zu", first);
      if (got.status != UPSELL_DUPLICATE_KEY || got.offset != offset ||
          strcmp(got.pointer, pointer) != 0)
        ck_abort_msg("%zu keys, %zu = %zu: %d at %d, %s", count, first, again, got.status,
                     (int)got.offset, got.pointer);
    }
  }
}
END_TEST

START_TEST(test_different_keys)
{
  upsell__buffer text = {0};

  UPSELL__APPEND(&text, "[{");
  append_members(&text, key_counts[_i], 0, SIZE_MAX, 0);
  UPSELL__APPEND(&text, "},{");
  append_members(&text, key_counts[_i], 0, SIZE_MAX, 0);
  UPSELL__APPEND(&text, "}]");
  ck_assert_int_eq(judge_buffer(&text).status, UPSELL_OK);
}
END_TEST

/* Keys of objects around and inside do not count as this object's. */
START_TEST(test_keys_of_others)
{
  static const struct {
    const char *text;
    upsell_status status;
  } cases[] = {
      {"{\"a\":{\"b\":{\"a\":1,\"b\":2}},\"b\":[{\"a\":1},{\"a\":1}]}", UPSELL_OK},
      {"{\"a\":{\"b\":1},\"b\":{\"b\":1,\"c\":{}},\"a\":1}", UPSELL_DUPLICATE_KEY},
      {"{\"a\":1,\"b\":{\"x\":1,\"x\":1}}", UPSELL_DUPLICATE_KEY},
      {"{\"\":1,\"\":1}", UPSELL_DUPLICATE_KEY},
      {"{\"\\ud83c\\udf75\":1,\"\xF0\x9F\x8D\xB5\":1}", UPSELL_DUPLICATE_KEY},
      {"{\"a/b\":1,\"a\\/b\":1}", UPSELL_DUPLICATE_KEY},
      {"{\"\\u00e9\":1,\"\\u00E9\":1}", UPSELL_DUPLICATE_KEY},
      {"{\"e\xCC\x81\":1,\"\xC3\xA9\":1}", UPSELL_OK}, /* bytes, not appearance */
  };

  ck_assert_int_eq(judge_text(cases[_i].text, strlen(cases[_i].text)).status, cases[_i].status);
}
END_TEST

/* 100,000 keys that all begin alike take seconds only if pairs are compared. */
START_TEST(test_many_keys_are_quick)
{
  upsell__buffer text = {0};
  clock_t begin;
  int i;

  UPSELL__APPEND(&text, "{");
  for (i = 0; i < 100000; i++) {
    char member[128];
    snprintf(member, sizeof(member),
             "%s\"a-rather-long-beginning-that-is-the-same-for-all-%06d\":1", i ? "," : "",
             i * 7 % 100000);
    upsell__buffer_append(&text, member, strlen(member));
  }
  UPSELL__APPEND(&text, "}");
  begin = clock();
  ck_assert_int_eq(judge_buffer(&text).status, UPSELL_OK);
  ck_assert_int_lt((clock() - begin) / CLOCKS_PER_SEC, 8);
}
END_TEST

/* ---- pointers ---- */

typedef struct pointer_case {
  const char *text;
  const char *pointer;
  upsell_status status;
} pointer_case;

static const pointer_case pointers[] = {
    {"[[],[1,{\"a\":[0,x]}]]", "/1/1/a/1", UPSELL_JSON_SYNTAX},
    {"{\"a/b\":{\"m~n\":tru}}", "/a~1b/m~0n", UPSELL_JSON_SYNTAX},
    {"{\"\\u0061\\/\":x}", "/a~1", UPSELL_JSON_SYNTAX},
    {"{\"\":{\"\":x}}", "//", UPSELL_JSON_SYNTAX},
    {"{\"a\":[1,2],\"b\" 1}", "", UPSELL_JSON_SYNTAX},       /* before a value */
    {"{\"a\":{\"b\":1 \"c\":2}}", "/a", UPSELL_JSON_SYNTAX}, /* before a key */
    {"{\"a\":[1 2]}", "/a", UPSELL_JSON_SYNTAX},
    {"[{\"a\":1,\"a\":2}]", "/0/a", UPSELL_DUPLICATE_KEY},
    {"{\"a\":[{}],\"b\":\"\\q\"}", "/b", UPSELL_JSON_STRING},
    {"{\"a\":[{}],\"b\\q\":1}", "", UPSELL_JSON_STRING},
    {"[1,2,3", "", UPSELL_JSON_SYNTAX},
    {"{\"a\":{\"b\":{}}} x", "", UPSELL_JSON_TRAILING},
};

START_TEST(test_pointer)
{
  const pointer_case *c = &pointers[_i];
  verdict got = judge_text(c->text, strlen(c->text));

  ck_assert_int_eq(got.status, c->status);
  ck_assert_str_eq(got.pointer, c->pointer);
}
END_TEST

/* A key of `count` characters, plain or escaped, and a fault below it. Its
 * pointer is whole as long as it fits, whatever it takes in the text. */
static void check_long_key(size_t count, int escaped)
{
  upsell__buffer text = {0};
  verdict got;
  size_t i;

  UPSELL__APPEND(&text, "{\"o\":{\"");
  for (i = 0; i < count; i++)
    upsell__buffer_append(&text, escaped ? "\\u0061" : "a", strlen(escaped ? "\\u0061" : "a"));
  UPSELL__APPEND(&text, "\":x}}");
  got = judge_buffer(&text);
  ck_assert_int_eq(got.status, UPSELL_JSON_SYNTAX);
  if (count + 3 < UPSELL_POINTER_SIZE)
    ck_assert_uint_eq(strlen(got.pointer), count + 3);
  else
    ck_assert_str_eq(got.pointer, "/o");
}

START_TEST(test_long_keys)
{
  size_t count;

  for (count = UPSELL_POINTER_SIZE - 8; count < UPSELL_POINTER_SIZE + 4; count++)
    check_long_key(count, 0);
  check_long_key(100000, 0);
  check_long_key(100000, 1);
}
END_TEST

START_TEST(test_long_escaped_keys)
{
  check_long_key(80, 1);
  check_long_key(100, 1);
  check_long_key(400, 1);
}
END_TEST

/* ---- pulling ---- */

START_TEST(test_pull)
{
  static const char text[] = "{\"a\":[1,\"x\",true,null],\"b\":{}}";
  upsell__json_string string;
  upsell__json_number number;
  upsell__reader reader;

  upsell__reader_init(&reader, text, sizeof(text) - 1);
  ck_assert_int_eq(upsell__reader_peek(&reader), UPSELL__JSON_OBJECT);
  ck_assert_int_eq(upsell__reader_enter(&reader), 1);
  ck_assert_int_eq(upsell__reader_try_key(&reader, "\"b\"", 3), 0);
  ck_assert_int_eq(upsell__reader_try_key(&reader, "\"a\"", 3), 1);
  ck_assert_int_eq(upsell__reader_peek(&reader), UPSELL__JSON_ARRAY);
  ck_assert_int_eq(upsell__reader_enter(&reader), 1);
  ck_assert_int_eq(upsell__reader_next_item(&reader), 1);
  ck_assert_int_eq(upsell__reader_peek(&reader), UPSELL__JSON_NUMBER);
  ck_assert_int_eq(upsell__reader_number(&reader, &number), 1);
  ck_assert_int_eq(number.value, 1);
  ck_assert_int_eq(upsell__reader_next_item(&reader), 1);
  ck_assert_int_eq(upsell__reader_peek(&reader), UPSELL__JSON_STRING);
  ck_assert_int_eq(upsell__reader_string(&reader, &string), 1);
  ck_assert_mem_eq(string.raw.data, "x", 1);
  ck_assert_int_eq(upsell__reader_next_item(&reader), 1);
  ck_assert_int_eq(upsell__reader_literal(&reader, upsell__reader_peek(&reader)), 1);
  ck_assert_int_eq(upsell__reader_next_item(&reader), 1);
  ck_assert_int_eq(upsell__reader_skip(&reader), 1);
  ck_assert_int_eq(upsell__reader_next_item(&reader), 0);
  ck_assert_int_eq(upsell__reader_next_key(&reader), 1);
  ck_assert_mem_eq(upsell__reader_key_of(&reader)->raw.data, "b", 1);
  ck_assert_int_eq(upsell__reader_skip(&reader), 1);
  ck_assert_int_eq(upsell__reader_next_key(&reader), 0);
  ck_assert_int_eq(upsell__reader_end(&reader), 1);
  ck_assert_int_eq(reader.depth, 0);
  upsell__reader_done(&reader);
}
END_TEST

/* After a fault nothing succeeds, and the fault stays the first one. */
START_TEST(test_fault_stays)
{
  upsell__reader reader;
  const char *message;

  upsell__reader_init(&reader, "[1 2]", 5);
  ck_assert_int_eq(upsell__reader_skip(&reader), 0);
  message = reader.fault;
  ck_assert_ptr_nonnull(message);
  ck_assert_int_eq(upsell__reader_peek(&reader), UPSELL__JSON_FAULT);
  ck_assert_int_eq(upsell__reader_skip(&reader), 0);
  ck_assert_int_eq(upsell__reader_next_item(&reader), 0);
  ck_assert_int_eq(upsell__reader_try_key(&reader, "\"a\"", 3), 0);
  ck_assert_int_eq(upsell__reader_end(&reader), 0);
  upsell__reader_duplicate_key(&reader);
  ck_assert_int_eq(reader.status, UPSELL_JSON_SYNTAX);
  ck_assert_ptr_eq(reader.fault, message);
  ck_assert_int_eq(upsell__reader_offset(&reader), 3);
  upsell__reader_done(&reader);
}
END_TEST

/* The quick way takes a key only as it is written and with its colon. */
START_TEST(test_try_key)
{
  static const struct {
    const char *text;
    int taken;
  } cases[] = {
      {"{\"ab\":1}", 1},
      {"{ \n\"ab\" : 1}", 1},
      {"{\"abc\":1}", 0},
      {"{\"a\":1}", 0},
      {"{\"\\u0061b\":1}", 0},
      {"{\"ab\"", 0},
      {"{\"ab\" ", 0},
      {"{\"ab\"}", 0},
      {"{,\"ab\":1}", 0},
      {"{", 0},
      {"{\"ab", 0},
      {"{}", 0},
  };
  upsell__reader reader;

  upsell__reader_init(&reader, cases[_i].text, strlen(cases[_i].text));
  ck_assert_int_eq(upsell__reader_peek(&reader), UPSELL__JSON_OBJECT);
  ck_assert_int_eq(upsell__reader_enter(&reader), 1);
  ck_assert_int_eq(upsell__reader_try_key(&reader, "\"ab\"", 4), cases[_i].taken);
  ck_assert_int_eq(reader.status, UPSELL_OK);
  upsell__reader_done(&reader);
}
END_TEST

START_TEST(test_compare)
{
  static const char *const texts[] = {"",  "a",       "a\\u0062", "ab",          "abc",
                                      "b", "\\u00e9", "\xC3\xA9", "\xE7\x85\x8E"};
  static const int ranks[] = {0, 1, 2, 2, 3, 4, 5, 5, 6};
  size_t i;
  size_t j;

  for (i = 0; i < COUNT_OF(texts); i++) {
    for (j = 0; j < COUNT_OF(texts); j++) {
      upsell__json_string a = {upsell_str_of(texts[i]), 1};
      upsell__json_string b = {upsell_str_of(texts[j]), 1};
      int order = upsell__json_compare(&a, &b);
      ck_assert_int_eq((order > 0) - (order < 0), (ranks[i] > ranks[j]) - (ranks[i] < ranks[j]));
    }
  }
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("reader_state");
  TCase *shape = tcase_create("shape");
  TCase *keys = tcase_create("keys");
  TCase *pull = tcase_create("pull");

  tcase_set_timeout(keys, 60);
  tcase_add_loop_test(shape, test_nesting, 0, COUNT_OF(nests));
  tcase_add_test(shape, test_width_is_not_depth);
  tcase_add_loop_test(shape, test_pointer, 0, COUNT_OF(pointers));
  tcase_add_test(shape, test_long_keys);
  tcase_add_test(shape, test_long_escaped_keys);
  tcase_add_loop_test(keys, test_duplicate_keys, 0, COUNT_OF(key_counts));
  tcase_add_loop_test(keys, test_different_keys, 0, COUNT_OF(key_counts));
  tcase_add_loop_test(keys, test_keys_of_others, 0, 8);
  tcase_add_test(keys, test_many_keys_are_quick);
  tcase_add_test(pull, test_pull);
  tcase_add_test(pull, test_fault_stays);
  tcase_add_loop_test(pull, test_try_key, 0, 12);
  tcase_add_test(pull, test_compare);
  suite_add_tcase(suite, shape);
  suite_add_tcase(suite, keys);
  suite_add_tcase(suite, pull);
  return check_main(suite);
}
