/* SPDX-License-Identifier: MIT */
/* Problems of catalogues in JSON: one mistake gives one report, with its place (CAT-17, DOC-6). */
#include <stdio.h>

#include "../support/check_main.h"

#include <upsell/upsell.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A valid catalogue; each case replaces one piece of it. */
static const char valid[] =
    "{\"format\":\"upsell.catalog/1\",\"currency\":\"USD\",\"selling_plans\":[{\"id\":\"m1\","
    "\"name\":\"\",\"billing\":{\"interval\":\"month\",\"count\":1},\"pricing\":[{\"after_cycle\":"
    "0,"
    "\"type\":\"percentage\",\"value\":\"10\"}]}],\"products\":[{\"id\":\"p\",\"title\":\"\","
    "\"variants\":[{\"id\":\"v\",\"title\":\"\",\"price\":\"9.99\",\"available\":12}]}],"
    "\"scenarios\":[{\"id\":\"s\",\"name\":\"\",\"status\":\"draft\",\"priority\":1,\"trigger\":{"
    "\"kind\":\"subscription\",\"products\":[{\"product_id\":\"p\"}]},\"offer\":{\"kind\":"
    "\"subscription\",\"product_id\":\"p\",\"variant_id\":\"v\",\"selling_plan_ids\":[\"m1\"],"
    "\"quantity\":{\"max\":5,\"adjustable\":true}},\"page\":{\"timer\":{\"seconds\":9}}}]}";

typedef struct mistake {
  const char *piece;
  const char *instead;
  upsell_status code;
  const char *pointer;
} mistake;

#define VARIANT "/products/0/variants/0"
#define OFFER "/scenarios/0/offer"

static const mistake mistakes[] = {
    {"\"9.99\"", "\"abc\"", UPSELL_BAD_DECIMAL, VARIANT "/price"},
    {"\"9.99\"", "9.99", UPSELL_WRONG_TYPE, VARIANT "/price"},
    {"\"9.99\"", "-1", UPSELL_OUT_OF_RANGE, VARIANT "/price"},
    {"\"9.99\"", "99999999999999999999", UPSELL_INTEGER_RANGE, VARIANT "/price"},
    {"\"9.99\"", "\"9.999\"", UPSELL_TOO_MANY_DECIMALS, VARIANT "/price"},
    {"\"9.99\"", "\"1000000000.01\"", UPSELL_OUT_OF_RANGE, VARIANT "/price"},
    {":12}", ":-1}", UPSELL_OUT_OF_RANGE, VARIANT "/available"},
    {":12}", ":\"12\"}", UPSELL_WRONG_TYPE, VARIANT "/available"},
    {":12}", ":9007199254740992}", UPSELL_OUT_OF_RANGE, VARIANT "/available"},
    {",\"available\":12", "", UPSELL_MISSING_KEY, VARIANT "/available"},
    {"\"priority\":1", "\"priority\":-1", UPSELL_OUT_OF_RANGE, "/scenarios/0/priority"},
    {"\"priority\":1", "\"priority\":1000001", UPSELL_OUT_OF_RANGE, "/scenarios/0/priority"},
    {"\"priority\":1", "\"priority\":null", UPSELL_WRONG_TYPE, "/scenarios/0/priority"},
    {"\"priority\":1", "\"priority\":1.0", UPSELL_WRONG_TYPE, "/scenarios/0/priority"},
    {"\"count\":1", "\"count\":0", UPSELL_OUT_OF_RANGE, "/selling_plans/0/billing/count"},
    {"\"count\":1", "\"count\":true", UPSELL_WRONG_TYPE, "/selling_plans/0/billing/count"},
    {"\"month\"", "\"moon\"", UPSELL_BAD_VALUE, "/selling_plans/0/billing/interval"},
    {"\"after_cycle\":0", "\"after_cycle\":-1", UPSELL_OUT_OF_RANGE,
     "/selling_plans/0/pricing/0/after_cycle"},
    {"\"value\":\"10\"", "\"value\":\"101\"", UPSELL_OUT_OF_RANGE,
     "/selling_plans/0/pricing/0/value"},
    {"\"value\":\"10\"", "\"value\":\"10.00000\"", UPSELL_TOO_MANY_DECIMALS,
     "/selling_plans/0/pricing/0/value"},
    {"\"max\":5", "\"max\":0", UPSELL_OUT_OF_RANGE, OFFER "/quantity/max"},
    {"\"max\":5", "\"max\":10000", UPSELL_OUT_OF_RANGE, OFFER "/quantity/max"},
    {"\"max\":5", "\"default\":6,\"max\":5", UPSELL_OUT_OF_RANGE, OFFER "/quantity/max"},
    {"\"adjustable\":true", "\"adjustable\":\"yes\"", UPSELL_WRONG_TYPE,
     OFFER "/quantity/adjustable"},
    {"\"adjustable\":true", "\"adjustable\":false", UPSELL_NOT_APPLICABLE, OFFER "/quantity/max"},
    {"\"seconds\":9", "\"seconds\":3601", UPSELL_OUT_OF_RANGE, "/scenarios/0/page/timer/seconds"},
    {"\"seconds\":9", "\"seconds\":\"9\"", UPSELL_WRONG_TYPE, "/scenarios/0/page/timer/seconds"},
    {"\"variant_id\":\"v\"", "\"variant_id\":\"w\"", UPSELL_UNKNOWN_ID, OFFER "/variant_id"},
    {"[\"m1\"]", "[\"m2\"]", UPSELL_UNKNOWN_ID, OFFER "/selling_plan_ids/0"},
    {"[\"m1\"]", "null", UPSELL_WRONG_TYPE, OFFER "/selling_plan_ids"},
    {"\"id\":\"p\"", "\"id\":\"\"", UPSELL_BAD_ID, "/products/0/id"},
    {"\"id\":\"p\"", "\"id\":null", UPSELL_WRONG_TYPE, "/products/0/id"},
    {"\"USD\"", "\"usd\"", UPSELL_UNKNOWN_CURRENCY, "/currency"},
    {"\"currency\":\"USD\",", "", UPSELL_MISSING_KEY, "/currency"},
    {"catalog/1", "catalog/2", UPSELL_UNKNOWN_FORMAT, "/format"},
    {"\"draft\"", "\"draft\",\"x/y~z\":{\"a\":[]}", UPSELL_UNKNOWN_KEY, "/scenarios/0/x~1y~0z"},
};

/* The valid text with one piece replaced. */
static size_t replaced(const char *piece, const char *instead, char *out)
{
  const char *at = strstr(valid, piece);

  ck_assert_ptr_nonnull(at);
  return (size_t)sprintf(out, "%.*s%s%s", (int)(at - valid), valid, instead, at + strlen(piece));
}

static upsell_problems *check(const char *text, size_t len)
{
  upsell_problems *problems = NULL;

  ck_assert_int_eq(upsell_catalog_check_json(text, len, &problems), UPSELL_OK);
  return problems;
}

START_TEST(test_mistake)
{
  const mistake *m = &mistakes[_i];
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_error problem = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;
  upsell_problems *problems;
  char text[2048];
  size_t len = replaced(m->piece, m->instead, text);

  ck_assert_int_eq(upsell_catalog_new_from_json(text, len, &catalog, &error), m->code);
  ck_assert_ptr_null(catalog);
  ck_assert_str_eq(error.pointer, m->pointer);
  problems = check(text, len);
  ck_assert_int_eq(upsell_problems_get(problems, 0, &problem), UPSELL_OK);
  ck_assert_int_eq(problem.code, m->code);
  ck_assert_str_eq(problem.pointer, m->pointer);
  ck_assert_str_eq(problem.message, error.message);
  ck_assert_msg(upsell_problems_count(problems) == 1, "%s -> %s: more than one problem", m->piece,
                m->instead);
  upsell_problems_free(problems);
}
END_TEST

START_TEST(test_valid)
{
  upsell_problems *problems = check(valid, sizeof(valid) - 1);

  ck_assert_uint_eq(upsell_problems_count(problems), 0);
  upsell_problems_free(problems);
}
END_TEST

/* A key too long for any pointer is one problem; it must not hide the others. */
START_TEST(test_long_unknown_key)
{
  static const char two_mistakes[] = "\"draft\",\"colour\":1";
  char instead[1024];
  char text[4096];
  upsell_problems *problems;
  size_t len;

  sprintf(instead, "{\"%0600d\":1,\"format\"", 1);
  len = replaced("{\"format\"", instead, text);
  problems = check(text, len);
  ck_assert_uint_eq(upsell_problems_count(problems), 1);
  upsell_problems_free(problems);
  sprintf(strstr(text, "\"draft\""), "%s%s", two_mistakes,
          strstr(valid, "\"draft\"") + strlen("\"draft\""));
  problems = check(text, strlen(text));
  ck_assert_uint_eq(upsell_problems_count(problems), 2);
  upsell_problems_free(problems);
}
END_TEST

/* The first fault of a text that is no document ends the search, and keeps its place. */
START_TEST(test_fault_in_the_text)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_problems *problems;
  char text[2048];
  size_t len = replaced("\"draft\"", "draft", text);

  problems = check(text, len);
  ck_assert_uint_eq(upsell_problems_count(problems), 1);
  ck_assert_int_eq(upsell_problems_get(problems, 0, &error), UPSELL_OK);
  ck_assert_int_eq(error.code, UPSELL_JSON_SYNTAX);
  ck_assert_str_eq(error.pointer, "/scenarios/0/status");
  ck_assert_int_eq(error.offset, strstr(text, ":draft") + 1 - text);
  upsell_problems_free(problems);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("documents");
  TCase *catalog = tcase_create("catalog");

  tcase_add_test(catalog, test_valid);
  tcase_add_loop_test(catalog, test_mistake, 0, COUNT_OF(mistakes));
  tcase_add_test(catalog, test_long_unknown_key);
  tcase_add_test(catalog, test_fault_in_the_text);
  suite_add_tcase(suite, catalog);
  return check_main(suite);
}
