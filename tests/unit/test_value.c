/* SPDX-License-Identifier: MIT */
/* JSON values: reading them whole, and finding what is in them. */
#include "../support/check_main.h"
#include "files.h"
#include "random_json.h"
#include "value_text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static void check_text(upsell_str text, const char *expected)
{
  ck_assert_uint_eq(text.len, strlen(expected));
  ck_assert_mem_eq(text.data, expected, text.len);
}

/* ---- reading ---- */

START_TEST(test_kinds)
{
  const upsell__value *root = read_text(
      " { \"o\":{} , \"a\":[ 1,\"two\" ], \"s\":\"\\u0041\\n\","
      "\"n\":-12.50e1,\"t\":true,\"f\":false,\"\":null} ");
  const upsell__value *items = upsell__value_member(root, "a");

  ck_assert_int_eq(root->kind, UPSELL__JSON_OBJECT);
  ck_assert_uint_eq(root->count, 7);
  ck_assert_ptr_null(root->key.data);
  ck_assert_int_eq(upsell__value_member(root, "o")->kind, UPSELL__JSON_OBJECT);
  ck_assert_uint_eq(upsell__value_member(root, "o")->count, 0);
  ck_assert_ptr_null(upsell__value_member(root, "o")->first);
  ck_assert_int_eq(items->kind, UPSELL__JSON_ARRAY);
  ck_assert_uint_eq(items->count, 2);
  check_text(items->key, "a");
  ck_assert_ptr_null(items->first->key.data);
  check_text(items->first->text, "1");
  check_text(items->first->next->text, "two");
  ck_assert_ptr_null(items->first->next->next);
  check_text(upsell__value_member(root, "s")->text, "A\n");
  ck_assert_int_eq(upsell__value_member(root, "n")->kind, UPSELL__JSON_NUMBER);
  check_text(upsell__value_member(root, "n")->text, "-12.50e1");
  ck_assert_int_eq(upsell__value_member(root, "t")->kind, UPSELL__JSON_TRUE);
  ck_assert_int_eq(upsell__value_member(root, "f")->kind, UPSELL__JSON_FALSE);
  ck_assert_int_eq(upsell__value_member(root, "")->kind, UPSELL__JSON_NULL);
  ck_assert_ptr_eq(upsell__value_member_of(root, upsell_str_of("a")), items);
}
END_TEST

/* A member is asked for by its decoded key, of an object alone. */
START_TEST(test_members)
{
  const upsell__value *root = read_text("{\"\\u0061\":1,\"ab\":[2],\"s\":\"x\"}");

  check_text(upsell__value_member(root, "a")->text, "1");
  ck_assert_ptr_null(upsell__value_member(root, "A"));
  ck_assert_ptr_null(upsell__value_member(root, ""));
  ck_assert_ptr_null(upsell__value_member(upsell__value_member(root, "ab"), "0"));
  ck_assert_ptr_null(upsell__value_member(upsell__value_member(root, "s"), "x"));
  ck_assert_ptr_null(upsell__value_member(NULL, "a"));
}
END_TEST

static void check_like_json_c(upsell_str text)
{
  const upsell__value *value = read_slice(text);
  const char *ours = written(value);
  struct json_object *first = json_c_tree(text);
  struct json_object *second = json_c_tree(upsell_str_of(ours));

  ck_assert_int_eq(json_object_equal(first, second), 1);
  ck_assert_str_eq(json_object_to_json_string(first), json_object_to_json_string(second));
  ck_assert_int_eq(upsell__value_equal(value, read_text(ours)), 1);
  json_object_put(first);
  json_object_put(second);
}

START_TEST(test_example_files)
{
  upsell_str catalog = read_file(TEA_STORE "/catalog.json");
  upsell_str orders = read_file(TEA_STORE "/orders.ndjson");
  upsell_str line;
  size_t at = 0;

  check_like_json_c(catalog);
  while ((line = next_line(orders, &at)).data)
    check_like_json_c(line);
  upsell__arena_free(&arena); /* its texts are borrowed from the files */
  free((char *)catalog.data);
  free((char *)orders.data);
}
END_TEST

START_TEST(test_random_documents)
{
  uint64_t state = 17;
  int round;

  for (round = 0; round < 1500; round++) {
    upsell__buffer text = {0};
    random_value(&state, &text, 0);
    check_like_json_c((upsell_str){text.data, text.len});
    upsell__arena_reset(&arena);
    upsell__buffer_free(&text);
  }
}
END_TEST

typedef struct refusal {
  const char *text;
  upsell_status status;
  const char *pointer;
  int64_t offset;
} refusal;

static const refusal refusals[] = {
    {"", UPSELL_JSON_SYNTAX, "", 0},
    {"  ", UPSELL_JSON_SYNTAX, "", 2},
    {"[1,]", UPSELL_JSON_SYNTAX, "/1", 3},
    {"[1 2]", UPSELL_JSON_SYNTAX, "", 3},
    {"{\"a\":01}", UPSELL_JSON_SYNTAX, "/a", 5},
    {"{\"a\":NaN}", UPSELL_JSON_SYNTAX, "/a", 5},
    {"{\"a\":{\"b\":1,\"\\u0062\":2}}", UPSELL_DUPLICATE_KEY, "/a/b", 12},
    {"{\"a\":[1,2}", UPSELL_JSON_SYNTAX, "/a", 9},
    {"[\"\\u0000\"]", UPSELL_JSON_STRING, "/0", 2},
    {"[\"\\ud83d\"]", UPSELL_JSON_STRING, "/0", 2},
    {"[\"\xFF\"]", UPSELL_JSON_ENCODING, "/0", 2},
    {"\xEF\xBB\xBF[]", UPSELL_JSON_ENCODING, "", 0},
    {"{\"a\":1} x", UPSELL_JSON_TRAILING, "", 8},
    {"{\"a\":[{\"b\":tru", UPSELL_JSON_SYNTAX, "/a/0/b", 11},
};

START_TEST(test_refusals)
{
  const refusal *c = &refusals[_i];
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__sink sink = {UPSELL_OK, &error, NULL, 0};
  const upsell__value *value = NULL;

  ck_assert_int_eq(upsell__value_read(c->text, strlen(c->text), &arena, &value, &sink), c->status);
  ck_assert_ptr_null(value);
  ck_assert_int_eq(error.code, c->status);
  ck_assert_str_eq(error.pointer, c->pointer);
  ck_assert_int_eq(error.offset, c->offset);
}
END_TEST

/* As deep as allowed, and one level more. */
START_TEST(test_depth)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  const upsell__value *value = NULL;
  char text[131];
  char pointer[129];
  int i;

  memset(text, '[', 65);
  memset(text + 64, ']', 64);
  value = read_slice((upsell_str){text, 128});
  for (i = 0; i < 64; i++)
    memcpy(pointer + 2 * i, "/0", 2);
  ck_assert_ptr_nonnull(upsell__value_at(value, (upsell_str){pointer, 126}));
  ck_assert_ptr_null(upsell__value_at(value, (upsell_str){pointer, 128}));
  memset(text, '[', 65);
  memset(text + 65, ']', 65);
  value = NULL;
  ck_assert_int_eq(upsell__value_read(text, 130, &arena, &value, &sink), UPSELL_JSON_DEPTH);
  ck_assert_ptr_null(value);
}
END_TEST

/* Objects with more keys than the reader has room for, side by side and nested. */
START_TEST(test_many_keys)
{
  upsell__buffer text = {0};
  const upsell__value *root;
  int i;

  UPSELL__APPEND(&text, "[{");
  for (i = 0; i < 200; i++) {
    upsell__buffer_append(&text, ",\"k", i ? 3 : 0);
    upsell__buffer_append(&text, "\"k", i ? 0 : 2);
    upsell__buffer_append_int(&text, i);
    UPSELL__APPEND(&text, "\":{\"k\":[]}");
  }
  UPSELL__APPEND(&text, "},{\"k1\":2}]");
  root = read_slice((upsell_str){text.data, text.len});
  ck_assert_uint_eq(root->first->count, 200);
  ck_assert_ptr_nonnull(upsell__value_at(root, upsell_str_of("/0/k199/k")));
  ck_assert_str_eq(written(root->first->next), "{\"k1\":2}");
  upsell__buffer_free(&text);
}
END_TEST

/* ---- pointers ---- */

/* Every place is found by its pointer. */
static void check_pointers(const upsell__value *root, const upsell__value *at, char *pointer,
                           size_t len)
{
  const upsell__value *child;
  size_t index = 0;
  size_t i;

  pointer[len] = '\0';
  ck_assert_int_eq(upsell__is_pointer((upsell_str){pointer, len}), 1);
  ck_assert_ptr_eq(upsell__value_at(root, (upsell_str){pointer, len}), at);
  if (at->kind != UPSELL__JSON_OBJECT && at->kind != UPSELL__JSON_ARRAY)
    return;
  for (child = at->first; child; child = child->next, index++) {
    size_t end = len;
    if (at->kind == UPSELL__JSON_ARRAY) {
      end += (size_t)sprintf(pointer + len, "/%zu", index);
      check_pointers(root, child, pointer, end);
      continue;
    }
    pointer[end++] = '/';
    for (i = 0; i < child->key.len; i++) {
      char c = child->key.data[i];
      if (c == '~' || c == '/')
        pointer[end++] = '~';
      pointer[end++] = c == '~' ? '0' : c == '/' ? '1' : c;
    }
    check_pointers(root, child, pointer, end);
  }
}

START_TEST(test_pointers)
{
  const upsell__value *root = read_text(
      "{\"\":{\"\":1},\"a/b\":2,\"m~n\":3,\"~1\":4,\"\\u00e9\":[5,[6,null]],\"0\":{"
      "\"00\":6},\"~\":[[],[{}]],\"/\":7,\"~~//~01\":{\"x y\":\"z\"}}");
  char pointer[256];

  check_pointers(root, root, pointer, 0);
}
END_TEST

START_TEST(test_random_pointers)
{
  uint64_t state = 23;
  char pointer[4096];
  int round;

  for (round = 0; round < 500; round++) {
    upsell__buffer text = {0};
    const upsell__value *root;
    random_value(&state, &text, 0);
    root = read_slice((upsell_str){text.data, text.len});
    check_pointers(root, root, pointer, 0);
    upsell__arena_reset(&arena);
    upsell__buffer_free(&text);
  }
}
END_TEST

/* Pointers that lead nowhere. */
static const char *const nowhere[] = {
    "a",     "/x",   "/a/b", "/l/3",  "/l/-1",
    "/l/01", "/l/",  "/l/-", "/l/1x", "/l/99999999999999999999",
    "/s/0",  "/n/x", "/a/",  "//",    "/~1",
    "/m~2n", "/m~n", "/m~",  "l/0",   "/l/+1",
    "/l/ 1", "/m~",  "/~",   "/m",    "/m~0n/",
};

START_TEST(test_pointer_nowhere)
{
  const upsell__value *root =
      read_text("{\"a\":1,\"l\":[1,2,3],\"s\":\"abc\",\"n\":null,\"m~n\":1,\"m~\":[]}");

  ck_assert_ptr_null(upsell__value_at(root, upsell_str_of(nowhere[_i])));
}
END_TEST

START_TEST(test_pointer_of_nothing)
{
  const upsell__value *null = read_text("null");

  ck_assert_ptr_null(upsell__value_at(NULL, upsell_str_of("")));
  ck_assert_ptr_null(upsell__value_at(NULL, upsell_str_of("/a")));
  ck_assert_ptr_eq(upsell__value_at(null, upsell_str_of("")), null);
  ck_assert_ptr_eq(upsell__value_at(null, upsell_str_of(NULL)), null);
  ck_assert_ptr_null(upsell__value_at(null, upsell_str_of("/")));
  ck_assert_int_eq(upsell__value_present(null), 0);
  ck_assert_int_eq(upsell__value_present(NULL), 0);
  ck_assert_int_eq(upsell__value_present(read_text("false")), 1);
}
END_TEST

START_TEST(test_is_pointer)
{
  static const char *const good[] = {"", "/", "//", "/a", "/a/b", "/~0", "/~1", "/~01/~10", "/ "};
  static const char *const bad[] = {"a", "a/", "/~", "/~2", "/a~", "/~/0", "~0", " /a"};
  size_t i;

  for (i = 0; i < COUNT_OF(good); i++)
    ck_assert_msg(upsell__is_pointer(upsell_str_of(good[i])), "%s", good[i]);
  for (i = 0; i < COUNT_OF(bad); i++)
    ck_assert_msg(!upsell__is_pointer(upsell_str_of(bad[i])), "%s", bad[i]);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("value");
  TCase *value = tcase_create("value");

  tcase_set_timeout(value, 60);
  tcase_add_checked_fixture(value, NULL, tear_down);
  tcase_add_test(value, test_kinds);
  tcase_add_test(value, test_members);
  tcase_add_test(value, test_example_files);
  tcase_add_test(value, test_random_documents);
  tcase_add_loop_test(value, test_refusals, 0, COUNT_OF(refusals));
  tcase_add_test(value, test_depth);
  tcase_add_test(value, test_many_keys);
  tcase_add_test(value, test_pointers);
  tcase_add_test(value, test_random_pointers);
  tcase_add_loop_test(value, test_pointer_nowhere, 0, COUNT_OF(nowhere));
  tcase_add_test(value, test_pointer_of_nothing);
  tcase_add_test(value, test_is_pointer);
  suite_add_tcase(suite, value);
  return check_main(suite);
}
