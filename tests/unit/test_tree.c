/* SPDX-License-Identifier: MIT */
/* Trees: json-c as an independent judge of what we build and find. */
#include <json-c/json_pointer.h>

#include "../support/check_main.h"
#include "../support/tree.h"
#include "files.h"
#include "random_json.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static upsell_status read_tree(upsell_str text, struct json_object **tree, upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};

  return upsell__tree_read(text.data, text.len, tree, &sink);
}

/* Equal values, and equal texts: so that the order of keys counts too. */
static void check_same(struct json_object *ours, struct json_object *theirs)
{
  ck_assert_int_eq(json_object_equal(ours, theirs), 1);
  ck_assert_str_eq(json_object_to_json_string_ext(ours, JSON_C_TO_STRING_PLAIN),
                   json_object_to_json_string_ext(theirs, JSON_C_TO_STRING_PLAIN));
}

/* Every place of a tree is found by its pointer, by us as by json-c. */
static void check_pointers(struct json_object *root, struct json_object *at, char *pointer,
                           size_t len)
{
  struct json_object *ours = NULL;
  struct json_object *theirs = NULL;
  size_t i;

  pointer[len] = '\0';
  ck_assert_int_eq(upsell__tree_get(root, pointer, &ours), 1);
  ck_assert_ptr_eq(ours, at);
  if (at) { /* json-c does not find nulls in arrays */
    ck_assert_int_eq(json_pointer_get(root, pointer, &theirs), 0);
    ck_assert_ptr_eq(theirs, at);
  }
  for (i = 0; json_object_is_type(at, json_type_array) && i < json_object_array_length(at); i++)
    check_pointers(root, json_object_array_get_idx(at, i), pointer,
                   len + (size_t)sprintf(pointer + len, "/%zu", i));
  if (!json_object_is_type(at, json_type_object))
    return;
  json_object_object_foreach (at, key, value) {
    size_t end = len;
    pointer[end++] = '/';
    for (i = 0; key[i]; i++) {
      if (key[i] == '~' || key[i] == '/')
        pointer[end++] = '~';
      pointer[end++] = key[i] == '~' ? '0' : key[i] == '/' ? '1' : key[i];
    }
    check_pointers(root, value, pointer, end);
  }
}

static void check_text(upsell_str text)
{
  upsell_error error = UPSELL_ERROR_INIT;
  struct json_object *ours = NULL;
  struct json_object *theirs = json_c_tree(text);
  char pointer[4096];

  ck_assert_msg(read_tree(text, &ours, &error) == UPSELL_OK, "%s: %s", error.pointer,
                error.message);
  check_same(ours, theirs);
  check_pointers(ours, ours, pointer, 0);
  json_object_put(ours);
  json_object_put(theirs);
}

static const upsell_str texts[] = {
    UPSELL_STR("null"),
    UPSELL_STR("true"),
    UPSELL_STR("false"),
    UPSELL_STR("0"),
    UPSELL_STR("-9223372036854775808"),
    UPSELL_STR("9223372036854775807"),
    UPSELL_STR("\"\""),
    UPSELL_STR("[]"),
    UPSELL_STR("{}"),
    UPSELL_STR(" [ 1 , [ ] , { } , null ] "),
    UPSELL_STR("{\"a\":{\"b\":[{\"c\":null},true,\"x\"]},\"d\":[[[]]]}"),
    UPSELL_STR("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u7164\\ud83c\\udf75\""),
    UPSELL_STR("{\"\":{\"\":1},\"a/b\":2,\"m~n\":3,\"~1\":4,\"\\u00e9\":5,\"0\":{\"00\":6}}"),
    UPSELL_STR("{\"z\":1,\"a\":2,\"m\":3,\"b\":4,\"y\":5,\"c\":6,\"x\":7,\"d\":8,\"w\":9,\"e\":10,"
               "\"v\":11,\"f\":12,\"u\":13,\"g\":14,\"t\":15,\"h\":16,\"s\":17,\"i\":18}"),
};

START_TEST(test_texts)
{
  check_text(texts[_i]);
}
END_TEST

START_TEST(test_example_files)
{
  upsell_str catalog = read_file(TEA_STORE "/catalog.json");
  upsell_str orders = read_file(TEA_STORE "/orders.ndjson");
  upsell_str line;
  size_t at = 0;
  int count = 0;

  check_text(catalog);
  while ((line = next_line(orders, &at)).data) {
    check_text(line);
    count++;
  }
  ck_assert_int_gt(count, 40);
  free((char *)catalog.data);
  free((char *)orders.data);
}
END_TEST

START_TEST(test_random_documents)
{
  uint64_t state = 5;
  int round;

  for (round = 0; round < 1500; round++) {
    upsell__buffer text = {0};
    upsell_str slice;
    random_value(&state, &text, 0);
    slice.data = text.data;
    slice.len = text.len;
    check_text(slice);
    upsell__buffer_free(&text);
  }
}
END_TEST

/* ---- what a tree refuses ---- */

typedef struct refusal {
  const char *text;
  upsell_status status;
  const char *pointer;
  int64_t offset;
} refusal;

static const refusal refusals[] = {
    {"", UPSELL_JSON_SYNTAX, "", 0},
    {"[1,2.5]", UPSELL_WRONG_TYPE, "/1", -2},
    {"{\"a\":1e3}", UPSELL_WRONG_TYPE, "/a", -2},
    {"-0", UPSELL_WRONG_TYPE, "", -2},
    {"[9223372036854775808]", UPSELL_INTEGER_RANGE, "/0", -2},
    {"{\"a\":{\"b\":1,\"\\u0062\":2}}", UPSELL_DUPLICATE_KEY, "/a/b", 12},
    {"{\"a\":[1,2}", UPSELL_JSON_SYNTAX, "/a", 9},
    {"[\"\\u0000\"]", UPSELL_JSON_STRING, "/0", 2},
    {"{\"a\":1} x", UPSELL_JSON_TRAILING, "", 8},
    {"{\"a\":[{\"b\":tru", UPSELL_JSON_SYNTAX, "/a/0/b", 11},
};

START_TEST(test_refusals)
{
  const refusal *c = &refusals[_i];
  upsell_error error = UPSELL_ERROR_INIT;
  struct json_object *tree = NULL;

  ck_assert_int_eq(read_tree(upsell_str_of(c->text), &tree, &error), c->status);
  ck_assert_ptr_null(tree);
  ck_assert_int_eq(error.code, c->status);
  ck_assert_str_eq(error.pointer, c->pointer);
  if (c->offset >= 0)
    ck_assert_int_eq(error.offset, c->offset);
}
END_TEST

/* A tree as deep as allowed, and one level more. */
START_TEST(test_depth)
{
  char text[131];
  upsell_str slice = {text, 128};
  struct json_object *tree = NULL;

  memset(text, '[', 65);
  memset(text + 64, ']', 64);
  ck_assert_int_eq(read_tree(slice, &tree, NULL), UPSELL_OK);
  json_object_put(tree);
  memset(text, '[', 65);
  memset(text + 65, ']', 65);
  slice.len = 130;
  ck_assert_int_eq(read_tree(slice, &tree, NULL), UPSELL_JSON_DEPTH);
}
END_TEST

/* Pointers that lead nowhere. */
static const char *const nowhere[] = {
    "a",     "/x",   "/a/b", "/l/3",  "/l/-1",
    "/l/01", "/l/",  "/l/-", "/l/1x", "/l/99999999999999999999",
    "/s/0",  "/n/x", "/a/",  "//",    "/~1",
    "/m~2n", "l/0",
};

START_TEST(test_pointer_nowhere)
{
  static const upsell_str text =
      UPSELL_STR("{\"a\":1,\"l\":[1,2,3],\"s\":\"abc\",\"n\":null,\"m~n\":1}");
  struct json_object *tree = NULL;
  struct json_object *found = NULL;

  ck_assert_int_eq(read_tree(text, &tree, NULL), UPSELL_OK);
  ck_assert_int_eq(upsell__tree_get(tree, nowhere[_i], &found), 0);
  ck_assert_ptr_null(found);
  if (strcmp(nowhere[_i], "/l/") != 0) /* json-c takes an empty token for 0 */
    ck_assert_int_ne(json_pointer_get(tree, nowhere[_i], &found), 0);
  json_object_put(tree);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("tree");
  TCase *tree = tcase_create("tree");

  tcase_set_timeout(tree, 60);
  tcase_add_loop_test(tree, test_texts, 0, COUNT_OF(texts));
  tcase_add_test(tree, test_example_files);
  tcase_add_test(tree, test_random_documents);
  tcase_add_loop_test(tree, test_refusals, 0, COUNT_OF(refusals));
  tcase_add_test(tree, test_depth);
  tcase_add_loop_test(tree, test_pointer_nowhere, 0, COUNT_OF(nowhere));
  suite_add_tcase(suite, tree);
  return check_main(suite);
}
