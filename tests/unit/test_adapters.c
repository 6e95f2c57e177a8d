/* SPDX-License-Identifier: MIT */
/* Shopify's payloads as orders (ADA-1 ... ADA-7); what each rule says is in the vectors. */
#include <stdio.h>

#include <upsell/shopify.h>
#include <upsell/upsell.h>

#include "../support/check_main.h"
#include "base/arena.h"
#include "payloads.h"
#include "base/text.h"
#include "shopify/order_text.h"
#include "json/value.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static adapter *const adapters[] = {upsell_order_from_input_data, upsell_order_from_shopify_order};

/* Adapts a copy in memory of just its size. */
static upsell_status adapt(adapter *run, upsell_str text, upsell_text **order, upsell_error *error)
{
  char *copy = malloc(text.len ? text.len : 1);
  upsell_status status;

  memcpy(copy, text.data, text.len);
  status = run(copy, text.len, 0, order, error);
  free(copy);
  return status;
}

/* The library's own reader takes whatever an adapter makes. */
static void check_is_order(const upsell_text *order)
{
  static const char catalog_text[] =
      "{\"format\":\"upsell.catalog/1\",\"currency\":\"JPY\",\"selling_plans\":[],\"products\":[],"
      "\"scenarios\":[]}";
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;
  upsell_decision *decision = NULL;
  size_t len;
  const char *text = upsell_text_data(order, &len);

  ck_assert_uint_eq(strlen(text), len);
  ck_assert_int_eq(
      upsell_catalog_new_from_json(catalog_text, sizeof(catalog_text) - 1, &catalog, NULL),
      UPSELL_OK);
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  if (upsell_decide_json(catalog, text, len, 0, decision, &error))
    ck_abort_msg("%s: %s: %s", error.pointer, error.message, text);
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
}

static void check_adapts(adapter *run, upsell_str text, const char *expected)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *order = NULL;

  if (adapt(run, text, &order, &error))
    ck_abort_msg("%s: %s", error.pointer, error.message);
  ck_assert_str_eq(upsell_text_data(order, NULL), expected);
  check_is_order(order);
  upsell_text_free(order);
}

static void check_refuses(adapter *run, upsell_str text, upsell_status status, const char *pointer)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *order = NULL;

  ck_assert_str_eq(upsell_status_name(adapt(run, text, &order, &error)),
                   upsell_status_name(status));
  ck_assert_ptr_null(order);
  ck_assert_int_eq(error.code, status);
  ck_assert_str_eq(error.pointer, pointer);
  ck_assert_str_ne(error.message, "");
  ck_assert_int_eq(adapt(run, text, &order, NULL), status);
}

START_TEST(test_input_data)
{
  check_adapts(upsell_order_from_input_data, upsell_str_of(input_data_text), input_data_order);
}
END_TEST

START_TEST(test_shopify_order)
{
  check_adapts(upsell_order_from_shopify_order, upsell_str_of(shopify_order_text),
               shopify_order_order);
}
END_TEST

/* The part at a pointer alone says the same as the whole. */
static void check_part(adapter *run, const char *whole, const char *pointer, const char *expected)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell__arena arena = {0};
  upsell__buffer part = {0};
  const upsell__value *root = NULL;

  ck_assert_int_eq(upsell__value_read(whole, strlen(whole), &arena, &root, &sink), UPSELL_OK);
  upsell__value_write(&part, upsell__value_at(root, upsell_str_of(pointer)));
  check_adapts(run, (upsell_str){part.data, part.len}, expected);
  upsell__buffer_free(&part);
  upsell__arena_free(&arena);
}

START_TEST(test_parts)
{
  check_part(upsell_order_from_input_data, input_data_text, "/initialPurchase", input_data_order);
  check_part(upsell_order_from_shopify_order, shopify_order_text, "/data", shopify_order_order);
  check_part(upsell_order_from_shopify_order, shopify_order_text, "/data/order",
             shopify_order_order);
}
END_TEST

/* Neither payload is taken for the other. */
START_TEST(test_mixed_up)
{
  check_refuses(upsell_order_from_input_data, upsell_str_of(shopify_order_text), UPSELL_MISSING_KEY,
                "/initialPurchase");
  check_refuses(upsell_order_from_shopify_order, upsell_str_of(input_data_text), UPSELL_MISSING_KEY,
                "/order");
  check_refuses(upsell_order_from_input_data, upsell_str_of(input_data_order), UPSELL_MISSING_KEY,
                "/initialPurchase");
}
END_TEST

START_TEST(test_arguments)
{
  upsell_text *order = NULL;
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(adapters[_i](NULL, 0, 0, &order, &error), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(error.code, UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(adapters[_i]("{}", 2, 0, NULL, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(adapters[_i]("{}", 2, 3, &order, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(adapters[_i]("{}", 2, -1, &order, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_ptr_null(order);
  check_refuses(adapters[_i], upsell_str_of(""), UPSELL_JSON_SYNTAX, "");
  check_refuses(adapters[_i], upsell_str_of("[]"), UPSELL_WRONG_TYPE, "");
  check_refuses(adapters[_i], upsell_str_of("{} {}"), UPSELL_JSON_TRAILING, "");
}
END_TEST

START_TEST(test_text_of_nothing)
{
  size_t len = 7;

  ck_assert_ptr_null(upsell_text_data(NULL, &len));
  ck_assert_uint_eq(len, 7);
  upsell_text_free(NULL);
}
END_TEST

/* ---- how many lines ---- */

START_TEST(test_line_counts)
{
  static const int counts[][3] = {
      {0, 0, 0}, {1, 0, 1}, {1000, 0, 1}, {1001, 0, 0}, {1100, 100, 1}, {1101, 100, 0}, {5, 5, 0},
  };
  const payload_shape *s = &payload_shapes[_i];
  size_t i;

  for (i = 0; i < COUNT_OF(counts); i++) {
    upsell__buffer text = payload_with_lines(s, counts[i][0], counts[i][1]);
    upsell_str slice = {text.data, text.len};
    upsell_text *order = NULL;
    if (counts[i][1] && s->run == upsell_order_from_input_data) {
      /* no line of InputData is empty */
    } else if (counts[i][2]) {
      ck_assert_int_eq(adapt(s->run, slice, &order, NULL), UPSELL_OK);
      check_is_order(order);
    } else {
      check_refuses(s->run, slice, UPSELL_BAD_COUNT, s->refused_at);
    }
    upsell_text_free(order);
    upsell__buffer_free(&text);
  }
}
END_TEST

/* ---- the document ---- */

START_TEST(test_write)
{
  const upsell_order_line lines[] = {{sizeof(*lines), 3, UPSELL_STR("a\"\n"), UPSELL_STR("1"),
                                      UPSELL_STR("2"), UPSELL_STR("3"), UPSELL_STR("4"), 5, 1505, 1,
                                      1},
                                     {sizeof(*lines),
                                      9999,
                                      UPSELL_STR("b"),
                                      UPSELL_STR("\xE8\x8C\xB6"),
                                      {NULL, 0},
                                      {NULL, 0},
                                      {NULL, 0},
                                      7,
                                      7,
                                      0,
                                      0}};
  const upsell_order order = {sizeof(order), UPSELL_DEFAULT, "KWD", 0, UPSELL_STR("o"), lines, 2};
  upsell__buffer buffer = {0};
  upsell_text *text;
  size_t len = 0;

  upsell__order_write(&buffer, &order, 3);
  text = upsell__text_new(&buffer);
  ck_assert_str_eq(
      upsell_text_data(text, &len),
      "{\"format\":\"upsell.order/1\",\"id\":\"o\",\"currency\":\"KWD\",\"has_shipping_address\":"
      "true,\"lines\":[{\"id\":\"a\\\"\\n\",\"product_id\":\"1\",\"variant_id\":\"2\","
      "\"quantity\":3,\"unit_price\":\"0.005\",\"discounted_total\":\"1.505\","
      "\"selling_plan_id\":\"3\",\"contract_id\":\"4\"},{\"id\":\"b\",\"product_id\":"
      "\"\xE8\x8C\xB6\",\"variant_id\":null,\"quantity\":9999,\"unit_price\":null,"
      "\"discounted_total\":null,\"selling_plan_id\":null,\"contract_id\":null}]}");
  ck_assert_uint_eq(len, strlen(upsell_text_data(text, NULL)));
  check_is_order(text);
  upsell_text_free(text);
}
END_TEST

/* ---- the query ---- */

/* It asks for every key that is read, and for nothing that says who the buyer is. */
START_TEST(test_query)
{
  static const char *const asked[] = {"query UpsellOrder($id: ID!)",
                                      "order(id: $id)",
                                      "currencyCode",
                                      "presentmentCurrencyCode",
                                      "shippingAddress { countryCodeV2 }",
                                      "lineItems(first: 250)",
                                      "pageInfo { hasNextPage }",
                                      " quantity\n",
                                      "currentQuantity",
                                      "product { id }",
                                      "variant { id }",
                                      "discountedTotalSet { shopMoney { amount currencyCode } }",
                                      "sellingPlan { sellingPlanId }",
                                      "contract { id }"};
  static const char *const never[] = {"customer", "email", "phone", "name", "address1", "zip"};
  const char *query = upsell_shopify_order_query();
  int depth = 0;
  size_t i;

  for (i = 0; i < COUNT_OF(asked); i++)
    ck_assert_msg(strstr(query, asked[i]) != NULL, "%s", asked[i]);
  for (i = 0; i < COUNT_OF(never); i++)
    ck_assert_msg(strstr(query, never[i]) == NULL, "%s", never[i]);
  for (i = 0; query[i]; i++) {
    depth += (query[i] == '{') - (query[i] == '}');
    ck_assert_int_ge(depth, query[i + 1] ? 0 : depth);
  }
  ck_assert_int_eq(depth, 0);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("adapters");
  TCase *tests = tcase_create("adapters");

  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, test_input_data);
  tcase_add_test(tests, test_shopify_order);
  tcase_add_test(tests, test_parts);
  tcase_add_test(tests, test_mixed_up);
  tcase_add_loop_test(tests, test_arguments, 0, COUNT_OF(adapters));
  tcase_add_test(tests, test_text_of_nothing);
  tcase_add_loop_test(tests, test_line_counts, 0, COUNT_OF(payload_shapes));
  tcase_add_test(tests, test_write);
  tcase_add_test(tests, test_query);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
