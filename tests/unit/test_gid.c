/* SPDX-License-Identifier: MIT */
/* Shopify's ids: numbers and GIDs. */
#include <inttypes.h>
#include <stdio.h>

#include "../support/check_main.h"
#include "shopify/gid.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef struct gid_case {
  const char *id;
  int64_t number; /* 0: it is none */
  int is_gid;
} gid_case;

/* All are asked for as a Product. */
static const gid_case cases[] = {
    {"1", 1, 0},
    {"100", 100, 0},
    {"9007199254740991", INT64_C(9007199254740991), 0},
    {"9007199254740992", INT64_C(9007199254740992), 0},
    {"gid://shopify/Product/1", 1, 1},
    {"gid://shopify/Product/9007199254740992", INT64_C(9007199254740992), 1},
    {"9007199254740993", 0, 0},
    {"9999999999999999", 0, 0},
    {"10000000000000000", 0, 0},
    {"18446744073709551617", 0, 0},
    {"", 0, 0},
    {"0", 0, 0},
    {"01", 0, 0},
    {"-1", 0, 0},
    {"+1", 0, 0},
    {" 1", 0, 0},
    {"1 ", 0, 0},
    {"1.0", 0, 0},
    {"1e3", 0, 0},
    {"v-tea", 0, 0},
    {"\xEF\xBC\x91", 0, 0}, /* a digit, but not an ASCII one */
    {"gid://shopify/Product/", 0, 0},
    {"gid://shopify/Product/0", 0, 0},
    {"gid://shopify/Product/01", 0, 0},
    {"gid://shopify/Product/9007199254740993", 0, 0},
    {"gid://shopify/Product/1?x=2", 0, 0},
    {"gid://shopify/Product/1/2", 0, 0},
    {"gid://shopify/Product/1 ", 0, 0},
    {"gid://shopify/Product//1", 0, 0},
    {"gid://shopify/ProductVariant/1", 0, 0},
    {"gid://shopify/Produc/1", 0, 0},
    {"gid://shopify/product/1", 0, 0},
    {"GID://shopify/Product/1", 0, 0},
    {"gid://other/Product/1", 0, 0},
    {"gid://shopify/Product", 0, 0},
    {"gid://shopify/", 0, 0},
    {"gid:", 0, 0},
    {"gid://shopify/Product/gid://shopify/Product/1", 0, 0},
};

START_TEST(test_number)
{
  const gid_case *c = &cases[_i];
  upsell_str id = upsell_str_of(c->id);
  upsell_str digits = {NULL, 0};
  int64_t number = -7;

  ck_assert_int_eq(upsell__gid_number(id, "Product", &number), c->number != 0);
  ck_assert_int_eq(number, c->number ? c->number : -7);
  ck_assert_int_eq(upsell__is_gid(id, "Product"), c->is_gid);
  ck_assert_int_eq(upsell__gid_digits(id, "Product", &digits), c->number != 0);
  if (c->number) {
    char text[24];
    sprintf(text, "%" PRId64, c->number);
    ck_assert_uint_eq(digits.len, strlen(text));
    ck_assert_mem_eq(digits.data, text, digits.len);
    ck_assert_ptr_eq(digits.data + digits.len, c->id + strlen(c->id));
  } else {
    ck_assert_ptr_null(digits.data);
  }
}
END_TEST

/* A slice counts as far as it goes, and an absent one is no id. */
START_TEST(test_slices)
{
  upsell_str id = {"gid://shopify/Order/123", 21};
  upsell_str absent = {NULL, 0};
  int64_t number = 0;

  ck_assert_int_eq(upsell__gid_number(id, "Order", &number), 1);
  ck_assert_int_eq(number, 1);
  ck_assert_int_eq(upsell__gid_number(absent, "Order", &number), 0);
  ck_assert_int_eq(upsell__is_gid(absent, "Order"), 0);
  ck_assert_int_eq(upsell__gid_digits(absent, "Order", &id), 0);
}
END_TEST

/* What is written is read again. */
START_TEST(test_write)
{
  static const int64_t numbers[] = {1, 300, INT64_C(9007199254740992)};
  int64_t number = 0;
  upsell__arena arena = {0};
  upsell__buffer buffer = {0};
  upsell_str made = upsell__gid_make(&arena, "SellingPlan", numbers[_i]);
  upsell_str written;

  upsell__gid_write(&buffer, "SellingPlan", numbers[_i]);
  written.data = buffer.data;
  written.len = buffer.len;
  ck_assert(upsell__str_equal(made, written));
  ck_assert_int_eq(made.data[made.len], '\0');
  ck_assert_int_eq(upsell__is_gid(made, "SellingPlan"), 1);
  ck_assert_int_eq(upsell__gid_number(made, "SellingPlan", &number), 1);
  ck_assert_int_eq(number, numbers[_i]);
  ck_assert_int_eq(upsell__is_gid(made, "ProductVariant"), 0);
  upsell__buffer_free(&buffer);
  upsell__arena_free(&arena);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("gid");
  TCase *gid = tcase_create("gid");

  tcase_add_loop_test(gid, test_number, 0, COUNT_OF(cases));
  tcase_add_test(gid, test_slices);
  tcase_add_loop_test(gid, test_write, 0, 3);
  suite_add_tcase(suite, gid);
  return check_main(suite);
}
