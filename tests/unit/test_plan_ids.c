/* SPDX-License-Identifier: MIT */
/* Making plans: ids that Shopify knows, lines that can be told apart, scopes (PLN-2, PLN-3,
 * PLN-6). */
#include <stdio.h>

#include "../support/check_main.h"
#include "plan_drift.h"

/* ---- ids of the order ---- */

static const drift ids[] = {
    CASE("an order's id that is no GID, but a reference", P1, FINE, TEXT(order.id, "o-1")),
    CASE("an order's GID alone", P1, FINE, GONE(options.reference_id)),
    CASE("neither", P1, RESULT(UPSELL_MISSING_KEY, "/options/reference_id"), TEXT(order.id, "o-1"),
         GONE(options.reference_id)),
    CASE("an order's number is not enough", P1, RESULT(UPSELL_MISSING_KEY, "/options/reference_id"),
         TEXT(order.id, "77"), GONE(options.reference_id)),
    CASE("a GID of another type", P1, RESULT(UPSELL_MISSING_KEY, "/options/reference_id"),
         TEXT(order.id, "gid://shopify/DraftOrder/77"), GONE(options.reference_id)),
    CASE("a GID that is too large", P1, RESULT(UPSELL_MISSING_KEY, "/options/reference_id"),
         TEXT(order.id, "gid://shopify/Order/9007199254740993"), GONE(options.reference_id)),
    CASE("the largest GID", P1, FINE, TEXT(order.id, "gid://shopify/Order/9007199254740992"),
         GONE(options.reference_id)),
    CASE("a contract's number", P1, FINE, TEXT(lines[0].contract_id, "5"),
         TEXT(lines[1].contract_id, "5")),
    CASE("a contract's id that says nothing to Shopify", P1, FINE,
         TEXT(lines[0].contract_id, "c-1"), TEXT(lines[1].contract_id, "c-1")),
    CASE("lines that are known need no variant", P1, FINE, TEXT(lines[0].variant_id, "v-tea"),
         GONE(lines[1].variant_id)),
    FORGOT("a trigger's variant that Shopify has not", P1,
           RESULT(UPSELL_ID_NOT_SHOPIFY, "/order/lines/0/variant_id"),
           TEXT(lines[0].variant_id, "v-tea")),
    FORGOT("a trigger's variant of another type", P3,
           RESULT(UPSELL_ID_NOT_SHOPIFY, "/order/lines/1/variant_id"),
           TEXT(lines[1].variant_id, "gid://shopify/Product/200")),
    FORGOT("a variant of a line that is not needed", P1, FINE, TEXT(lines[2].variant_id, "v-cake")),
    FORGOT("patterns 2 and 4 need no trigger", P2, FINE, TEXT(lines[0].variant_id, "v"),
           GONE(lines[1].variant_id)),
    FORGOT("patterns 2 and 4 need no trigger", P4, FINE, TEXT(lines[0].variant_id, "v"),
           GONE(lines[1].variant_id)),
};

/* ---- ids of what is offered: the catalogue is another one ---- */

typedef struct id_case {
  const char *id;
  upsell_status code;
} id_case;

/* {variant's GID type, its ids} and the same of plans share these; %s is the type. */
static const id_case offered_ids[] = {
    {"1", UPSELL_OK},
    {"201", UPSELL_OK},
    {"9007199254740992", UPSELL_OK},
    {"gid://shopify/%s/1", UPSELL_OK},
    {"gid://shopify/%s/9007199254740992", UPSELL_OK},
    {"9007199254740993", UPSELL_ID_NOT_SHOPIFY},
    {"99999999999999999999999999", UPSELL_ID_NOT_SHOPIFY},
    {"0", UPSELL_ID_NOT_SHOPIFY},
    {"0201", UPSELL_ID_NOT_SHOPIFY},
    {"-1", UPSELL_ID_NOT_SHOPIFY},
    {"+1", UPSELL_ID_NOT_SHOPIFY},
    {"1.0", UPSELL_ID_NOT_SHOPIFY},
    {"1e3", UPSELL_ID_NOT_SHOPIFY},
    {" 1", UPSELL_ID_NOT_SHOPIFY},
    {"1 ", UPSELL_ID_NOT_SHOPIFY},
    {"v-1", UPSELL_ID_NOT_SHOPIFY},
    {"gid://shopify/%s/", UPSELL_ID_NOT_SHOPIFY},
    {"gid://shopify/%s/0", UPSELL_ID_NOT_SHOPIFY},
    {"gid://shopify/%s/01", UPSELL_ID_NOT_SHOPIFY},
    {"gid://shopify/%s/9007199254740993", UPSELL_ID_NOT_SHOPIFY},
    {"gid://shopify/%s/1?a=b", UPSELL_ID_NOT_SHOPIFY},
    {"gid://shopify/Product/1", UPSELL_ID_NOT_SHOPIFY},
    {"gid://other/%s/1", UPSELL_ID_NOT_SHOPIFY},
    {"GID://shopify/%s/1", UPSELL_ID_NOT_SHOPIFY},
};

typedef struct offered_kind {
  const char *type;
  const char *listed; /* in the catalogue's list */
  const char *named;  /* in scenario 1, the second of the list */
  const char *pointer;
} offered_kind;

static const offered_kind kinds[] = {
    {"ProductVariant", "{'id':'201',", "'variant_id':'201','selling_plan_ids'",
     "/catalog/scenarios/1/offer/variant_id"},
    {"SellingPlan", "{'id':'300',", "'selling_plan_ids':['300'",
     "/catalog/scenarios/1/offer/selling_plan_ids/0"},
};

/* The catalogue with one id replaced where it is listed and in each place named. */
static char *with_id(const offered_kind *kind, const char *id)
{
  char *was = sale_text(kind->type[0] == 'P' ? "'201'" : "'300'", NULL, NULL);
  char *text = sale_text(sale_catalog, NULL, NULL);
  char *now = malloc(strlen(id) + 3);

  ck_assert_ptr_nonnull(now);
  strcat(strcat(strcpy(now, "\""), id), "\"");
  while (strstr(text, was)) {
    char *next = sale_text(text, was, now);
    free(text);
    text = next;
    if (strcmp(was, now) == 0)
      break;
  }
  free(was);
  free(now);
  return text;
}

static void check_offered(const offered_kind *kind, const id_case *c)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;
  upsell_plan *plan = NULL;
  char id[128];
  char *text;
  sale s;

  snprintf(id, sizeof(id), c->id, kind->type);
  text = with_id(kind, id);
  ck_assert_int_eq(upsell_catalog_new_from_json(text, strlen(text), &catalog, NULL), UPSELL_OK);
  sale_init(&s, P1);
  if (kind->type[0] == 'S') {
    s.lines[0].selling_plan_id = upsell_str_of(id);
    s.order.line_count = 1;
  }
  if (upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error) != c->code)
    ck_abort_msg("%s: %s", id, error.message);
  if (c->code) {
    ck_assert_str_eq(error.pointer, kind->pointer);
    ck_assert_msg(strlen(id) > 40 || strstr(error.message, id), "%s", error.message);
  }
  upsell_plan_free(plan);
  upsell_catalog_free(catalog);
  free(text);
}

START_TEST(test_offered_id)
{
  check_offered(&kinds[0], &offered_ids[_i]);
  check_offered(&kinds[1], &offered_ids[_i]);
}
END_TEST

/* ---- lines that can be told apart ---- */

#define NOT_APART(index) UPSELL_LINE_NOT_IDENTIFIABLE, "/order/lines/" index

/* Lines 0 and 1 set the scenario off, have the same variant and plan, and cost 900 and 1900. */
static const drift lines[] = {
    FORGOT("different totals", P1, FINE, END),
    FORGOT("different totals, both replaced", P3, FINE, END),
    FORGOT("the same totals", P1, NOT_APART("0"), SET(lines[0].discounted_total, 1900)),
    FORGOT("the same totals, both replaced", P3, NOT_APART("0"),
           SET(lines[0].discounted_total, 1900)),
    CASE("the same totals, but known ids", P3, FINE, SET(lines[0].discounted_total, 1900)),
    FORGOT("a total that is not known", P1, NOT_APART("0"), SET(lines[0].has_discounted_total, 0)),
    FORGOT("the other's total is not known", P3, NOT_APART("0"), SET(lines[1].has_unit_price, 0)),
    FORGOT("a discounted total goes before a unit price", P1, FINE, SET(lines[0].has_unit_price, 1),
           SET(lines[0].unit_price, 1900)),
    FORGOT("a total by units", P1, NOT_APART("0"), SET(lines[0].has_discounted_total, 0),
           SET(lines[0].has_unit_price, 1), SET(lines[0].unit_price, 1900)),
    FORGOT("one of them has an id", P1, RESULT(UPSELL_ID_NOT_SHOPIFY, "/order/lines/1/id"),
           TEXT(lines[0].id, "gid://shopify/LineItem/1"), SET(lines[0].discounted_total, 1900)),
    FORGOT("another variant", P1, FINE, TEXT(lines[1].variant_id, "201"),
           SET(lines[0].discounted_total, 1900)),
    FORGOT("the same variant in another form", P1, NOT_APART("0"),
           TEXT(lines[1].variant_id, "gid://shopify/ProductVariant/200"),
           SET(lines[0].discounted_total, 1900)),
    FORGOT("a variant whose number is the same, but not its type", P1, FINE,
           TEXT(lines[1].variant_id, "gid://shopify/Product/200"),
           SET(lines[0].discounted_total, 1900)),
    FORGOT("another plan", P1, FINE, TEXT(lines[1].selling_plan_id, "302"),
           SET(lines[0].discounted_total, 1900)),
    FORGOT("the same plan in another form", P1, NOT_APART("0"),
           TEXT(lines[0].selling_plan_id, "300"),
           TEXT(lines[1].selling_plan_id, "gid://shopify/SellingPlan/300"),
           SET(lines[0].discounted_total, 1900)),
    FORGOT("a line that sets nothing off looks like one that is replaced", P3, NOT_APART("0"),
           TEXT(lines[2].variant_id, "200"), SET(lines[2].has_discounted_total, 1),
           SET(lines[2].discounted_total, 900)),
    FORGOT("the second one that is replaced", P3, NOT_APART("1"), TEXT(lines[2].variant_id, "200"),
           SET(lines[2].has_discounted_total, 1), SET(lines[2].discounted_total, 1900)),
    FORGOT("a line that is not replaced need not be known", P2, FINE,
           SET(lines[0].discounted_total, 1900)),
    FORGOT("no variant", P1, NOT_APART("0"), GONE(lines[0].variant_id)),
    FORGOT("no variant of the second one that is replaced", P3, NOT_APART("1"),
           GONE(lines[1].variant_id)),
    /* The new line: variant 201 (202 in pattern 4) without a plan, for 800 (1600, 1500). */
    FORGOT("a line like the new one, at another price", P1, FINE, TEXT(lines[2].variant_id, "201"),
           SET(lines[2].has_unit_price, 1), SET(lines[2].unit_price, 801)),
    FORGOT("a line like the new one, at its price", P1, NOT_APART("2"),
           TEXT(lines[2].variant_id, "201"), SET(lines[2].has_unit_price, 1),
           SET(lines[2].unit_price, 800)),
    FORGOT("two units like the new one, at its price", P1, NOT_APART("2"),
           TEXT(lines[2].variant_id, "201"), SET(lines[2].has_unit_price, 1),
           SET(lines[2].unit_price, 400), SET(lines[2].quantity, 2)),
    FORGOT("a line like the new one, at no price", P1, NOT_APART("2"),
           TEXT(lines[2].variant_id, "gid://shopify/ProductVariant/201")),
    CASE("a line like the new one, of known id", P1, FINE, TEXT(lines[2].variant_id, "201")),
    CASE("a line like the new one, one id unknown", P1,
         RESULT(UPSELL_ID_NOT_SHOPIFY, "/order/lines/0/id"), TEXT(lines[0].id, "l-1"),
         TEXT(lines[2].variant_id, "201")),
    FORGOT("a line like the new one, but a subscription", P1, FINE,
           TEXT(lines[2].variant_id, "201"), TEXT(lines[2].selling_plan_id, "300")),
    FORGOT("a line like the new ones of two contracts", P1, NOT_APART("2"),
           TEXT(lines[1].selling_plan_id, "gid://shopify/SellingPlan/301"),
           TEXT(lines[2].variant_id, "201"), SET(lines[2].has_unit_price, 1),
           SET(lines[2].unit_price, 801)),
    CASE("the same, of known ids", P1, FINE,
         TEXT(lines[1].selling_plan_id, "gid://shopify/SellingPlan/301"),
         TEXT(lines[2].variant_id, "201")),
    FORGOT("like the new one in pattern 2", P2, NOT_APART("2"), TEXT(lines[2].variant_id, "201"),
           SET(lines[2].has_unit_price, 1), SET(lines[2].unit_price, 1600)),
    FORGOT("like one unit of the new one in pattern 2", P2, FINE, TEXT(lines[2].variant_id, "201"),
           SET(lines[2].has_unit_price, 1), SET(lines[2].unit_price, 800)),
    FORGOT("like the new one in pattern 4", P4, NOT_APART("0"), TEXT(lines[0].variant_id, "202"),
           SET(lines[0].discounted_total, 1500)),
    FORGOT("a one-time line in pattern 3", P3, FINE, TEXT(lines[2].variant_id, "201"),
           SET(lines[2].has_unit_price, 1), SET(lines[2].unit_price, 720)),
    /* Numbers that a host gave its lines are none of Shopify's. */
    FORGOT("numbered lines are not known to Shopify", P1, NOT_APART("2"), TEXT(lines[0].id, "1"),
           TEXT(lines[1].id, "2"), TEXT(lines[2].id, "3"), TEXT(lines[2].variant_id, "201")),
};

/* Some lines have GIDs and others have none: whatever the pattern, and whether or not the
 * plan needs the line. The first line without a GID is named. */
#define ODD(name, pattern, index, ...)                                                             \
  CASE(name, pattern, RESULT(UPSELL_ID_NOT_SHOPIFY, "/order/lines/" index "/id"), __VA_ARGS__)

static const drift odd_lines[] = {
    ODD("a number", P1, "0", TEXT(lines[0].id, "1")),
    ODD("a number of the last line", P2, "2", TEXT(lines[2].id, "3")),
    ODD("a name", P3, "1", TEXT(lines[1].id, "input-2")),
    ODD("two of three", P4, "1", TEXT(lines[1].id, "2"), TEXT(lines[2].id, "3")),
    ODD("two of three, the first ones", P4, "0", TEXT(lines[0].id, "1"), TEXT(lines[1].id, "2")),
    ODD("the first and the last", P3, "0", TEXT(lines[0].id, "1"), TEXT(lines[2].id, "3")),
    ODD("another type", P1, "1", TEXT(lines[1].id, "gid://shopify/CalculatedLineItem/2")),
    ODD("another platform", P1, "1", TEXT(lines[1].id, "gid://other/LineItem/2")),
    ODD("no number", P1, "1", TEXT(lines[1].id, "gid://shopify/LineItem/")),
    ODD("nought", P1, "1", TEXT(lines[1].id, "gid://shopify/LineItem/0")),
    ODD("a leading nought", P1, "1", TEXT(lines[1].id, "gid://shopify/LineItem/02")),
    ODD("too large", P1, "1", TEXT(lines[1].id, "gid://shopify/LineItem/9007199254740993")),
    ODD("a parameter", P1, "1", TEXT(lines[1].id, "gid://shopify/LineItem/2?a=b")),
    ODD("before lines that cannot be told apart", P1, "1", TEXT(lines[1].id, "2"),
        GONE(lines[0].variant_id)),
    CASE("none has an id of this type", P4, FINE, TEXT(lines[0].id, "gid://shopify/Product/1"),
         TEXT(lines[1].id, "gid://shopify/Product/2"), TEXT(lines[2].id, "3")),
    CASE("the largest GID", P1, FINE, TEXT(lines[1].id, "gid://shopify/LineItem/9007199254740992")),
};

/* ---- scopes ---- */

typedef struct scope_case {
  int pattern;
  const char *granted; /* with commas between them; NULL: no list */
  const char *missing; /* as the message names them; NULL: none */
} scope_case;

#define CONTRACTS "read_own_subscription_contracts"
#define WRITE_CONTRACTS "write_own_subscription_contracts"

static const scope_case scopes[] = {
    {P1, NULL, NULL},
    {P1, "", "read_orders, " CONTRACTS ", read_products, write_orders, " WRITE_CONTRACTS},
    {P2, "", "read_orders, read_products, write_orders"},
    {P3, "", "read_orders, " CONTRACTS ", read_products, write_orders"},
    {P4, "", "read_orders, read_products, write_orders"},
    {P1, "read_orders,read_products,write_orders," CONTRACTS "," WRITE_CONTRACTS, NULL},
    {P1, "write_orders,write_products," WRITE_CONTRACTS, NULL},
    {P1, "write_orders,read_products," CONTRACTS, WRITE_CONTRACTS},
    {P1, "read_orders,read_products," WRITE_CONTRACTS, "write_orders"},
    {P1, "write_orders," WRITE_CONTRACTS, "read_products"},
    {P3, "write_orders,read_products," CONTRACTS, NULL},
    {P3, "write_orders,write_products", CONTRACTS},
    {P4, "write_orders,read_products", NULL},
    {P4, "write_orders,read_product", "read_products"},
    {P4, "write_orders,read_productss", "read_products"},
    {P4, "write_orders,Read_products", "read_products"},
    {P4, "write_orders,write_product", "read_products"},
    {P4, "write_orders,unwrite_products", "read_products"},
    {P4, "read_products,read_orders", "write_orders"},
    {P4, "read_products,read_all_orders,write_order_edits", "read_orders, write_orders"},
    {P4, "a,b,c,write_orders,d,read_products,e", NULL},
};

enum { SCOPES_MAX = 8 };

static size_t split(const char *text, upsell_str names[SCOPES_MAX])
{
  size_t count = 0;

  while (*text) {
    size_t len = strcspn(text, ",");
    names[count].data = text;
    names[count++].len = len;
    text += len + (text[len] == ',');
  }
  return count;
}

START_TEST(test_scopes)
{
  const scope_case *c = &scopes[_i];
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = untouched;
  upsell_str names[SCOPES_MAX];
  char sentence[256];
  upsell_status status;
  sale s;

  sale_init(&s, c->pattern);
  s.options.granted_scopes = c->granted ? names : NULL;
  s.options.granted_scope_count = c->granted ? split(c->granted, names) : 0;
  status = upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error);
  ck_assert_int_eq(status, c->missing ? UPSELL_MISSING_SCOPE : UPSELL_OK);
  if (c->missing) {
    ck_assert_ptr_eq(plan, untouched);
    ck_assert_str_eq(error.pointer, "/options/granted_scopes");
    snprintf(sentence, sizeof(sentence), "not granted: %s. ", c->missing);
    ck_assert_msg(strstr(error.message, sentence) != NULL, "%s", error.message);
  } else {
    upsell_plan_free(plan);
  }
  upsell_catalog_free(catalog);
}
END_TEST

/* What is in the list, and whether there is one. */
START_TEST(test_bad_scopes)
{
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_str names[2] = {UPSELL_STR("write_orders"), UPSELL_STR("")};
  upsell_plan *plan = untouched;
  sale s;

  sale_init(&s, P4);
  s.options.granted_scopes = names;
  s.options.granted_scope_count = 2;
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error),
                   UPSELL_BAD_ID);
  ck_assert_str_eq(error.pointer, "/options/granted_scopes/1");
  names[1].data = NULL;
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error),
                   UPSELL_BAD_ID);
  s.options.granted_scopes = NULL;
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error),
                   UPSELL_INVALID_ARGUMENT);
  ck_assert_str_eq(error.pointer, "/options/granted_scopes");
  ck_assert_ptr_eq(plan, untouched);
  upsell_catalog_free(catalog);
}
END_TEST

/* ---- running ---- */

START_TEST(test_id)
{
  check_drift(&ids[_i]);
}
END_TEST

START_TEST(test_line)
{
  check_drift(&lines[_i]);
}
END_TEST

START_TEST(test_odd_line)
{
  check_drift(&odd_lines[_i]);
}
END_TEST

/* Whatever has a length but no bytes is absent. */
START_TEST(test_absent_with_a_length)
{
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  upsell_plan *plan = NULL;
  char *expected;
  sale s;

  sale_init(&s, P1);
  s.options.shop.data = NULL;
  s.options.shop.len = 0;
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, NULL),
                   UPSELL_OK);
  expected = sale_text(upsell_plan_json(plan, NULL), NULL, NULL);
  upsell_plan_free(plan);
  s.options.shop.len = 5;
  s.acceptance.selling_plan_id.len = 5;
  s.lines[2].selling_plan_id.len = 5;
  s.lines[0].contract_id.len = 5;
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, NULL),
                   UPSELL_OK);
  ck_assert_str_eq(upsell_plan_json(plan, NULL), expected);
  upsell_plan_free(plan);
  upsell_catalog_free(catalog);
  free(expected);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("plan_ids");
  TCase *tests = tcase_create("plan_ids");

  tcase_add_loop_test(tests, test_id, 0, (int)COUNT_OF(ids));
  tcase_add_loop_test(tests, test_offered_id, 0, (int)COUNT_OF(offered_ids));
  tcase_add_loop_test(tests, test_line, 0, (int)COUNT_OF(lines));
  tcase_add_loop_test(tests, test_odd_line, 0, (int)COUNT_OF(odd_lines));
  tcase_add_loop_test(tests, test_scopes, 0, (int)COUNT_OF(scopes));
  tcase_add_test(tests, test_bad_scopes);
  tcase_add_test(tests, test_absent_with_a_length);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
