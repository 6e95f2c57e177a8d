/* SPDX-License-Identifier: MIT */
/* Batches: each order comes to what it comes to alone, whatever is around it (BAT-1,
 * BAT-4, BAT-5). */
#include "../support/check_main.h"
#include "batches.h"
#include "random_shop.h"
#include "store.h"

enum { SHOPS = 150, ORDERS = 16 };

static store shelf;
static upsell_catalog *catalog; /* of `shelf` */
static upsell_batch *batch;
static upsell_decision *alone;

static void set_up(void)
{
  store_init(&shelf);
  ck_assert_int_eq(upsell_catalog_new(&shelf.catalog, &catalog, NULL), UPSELL_OK);
  ck_assert_int_eq(upsell_decision_new(&alone), UPSELL_OK);
  batch = new_batch();
}

static void tear_down(void)
{
  upsell_batch_free(batch);
  upsell_decision_free(alone);
  upsell_catalog_free(catalog);
}

static const char *json_of(upsell_decision *decision)
{
  upsell_str text = {NULL, 0};

  ck_assert_int_eq(upsell_decision_to_json(decision, &text.data, &text.len), UPSELL_OK);
  return text.data;
}

/* The order of the store, packed. */
static upsell_status decide_good(uint32_t flags)
{
  upsell__buffer text = {0};
  upsell_status status;

  add_packed(&text, &shelf.order);
  status = decide_copy(batch, catalog, UPSELL_ORDERS_PACKED, text_of(&text), flags, NULL);
  upsell__buffer_free(&text);
  return status;
}

/* ---- one order ---- */

START_TEST(test_one_order)
{
  const upsell_batch_view *view = upsell_batch_get(batch);

  ck_assert_int_eq(decide_good(0), UPSELL_OK);
  ck_assert_int_eq(upsell_decide(catalog, &shelf.order, 0, alone, NULL), UPSELL_OK);
  ck_assert_uint_eq(view->result_count, 1);
  check_result(batch, 0, alone);
  ck_assert_str_eq(json_of(upsell_batch_decision(batch)), json_of(alone));
  /* Two targets with a line each; nothing is compared with itself alone. */
  ck_assert_int_eq(view->results[0].outcome, UPSELL_OUTCOME_OFFER);
  ck_assert_uint_eq(view->results[0].target_count, 2);
  ck_assert_uint_eq(view->results[0].text_len, view->text_len);
  ck_assert_int_eq(
      memcmp(view->text, "o-1\0sp-m1\0c-1\0001\0l-1\0sp-w2\0c-2\0001\0l-2", view->text_len), 0);
  ck_assert_uint_eq(view->text_len, sizeof("o-1 sp-m1 c-1 1 l-1 sp-w2 c-2 1 l-2"));
}
END_TEST

START_TEST(test_explained)
{
  static const upsell_str absent = {NULL, 0};
  const upsell_batch_view *view = upsell_batch_get(batch);

  shelf.lines[0].product_id = shelf.products[1].id; /* a cup, once */
  shelf.lines[0].variant_id = shelf.lines[0].selling_plan_id = absent;
  ck_assert_int_eq(decide_good(UPSELL_DECIDE_EXPLAIN), UPSELL_OK);
  ck_assert_int_eq(upsell_decide(catalog, &shelf.order, UPSELL_DECIDE_EXPLAIN, alone, NULL),
                   UPSELL_OK);
  check_result(batch, 0, alone);
  ck_assert_uint_eq(view->results[0].considered_count, 1);
  ck_assert_int_eq(
      memcmp(view->text + view->text_len - sizeof("S2 1 11"), "S2\0001\00011", sizeof("S2 1 11")),
      0);
  ck_assert_int_eq(decide_good(0), UPSELL_OK);
  ck_assert_uint_eq(view->results[0].considered_count, 0);
}
END_TEST

/* An order that the store makes no offers for at all (DEC-1). */
START_TEST(test_no_offer)
{
  const upsell_result *result;
  upsell_result expected = {0};

  upsell_catalog_free(catalog);
  shelf.catalog.store_plan = UPSELL_STORE_FREE;
  ck_assert_int_eq(upsell_catalog_new(&shelf.catalog, &catalog, NULL), UPSELL_OK);
  ck_assert_int_eq(decide_good(UPSELL_DECIDE_EXPLAIN), UPSELL_OK);
  result = upsell_batch_get(batch)->results;
  expected.outcome = UPSELL_OUTCOME_NO_OFFER;
  expected.reason = UPSELL_REASON_STORE_PLAN;
  expected.text_len = sizeof("o-1");
  expected.order_len = result->order_len;
  ck_assert_int_eq(memcmp(result, &expected, sizeof(expected)), 0);
  ck_assert_str_eq(upsell_batch_get(batch)->text, "o-1");
}
END_TEST

/* ---- many orders ---- */

/* A random shop's orders, packed one behind the other. */
typedef struct orders {
  shop shops[ORDERS]; /* for the orders: each has texts and lines of its own */
  upsell_catalog *catalog;
  upsell__buffer text;
  size_t at[ORDERS + 1]; /* where each begins, and where the last one ends */
} orders;

static void make_orders(orders *o, uint64_t *state)
{
  size_t i;

  memset(o, 0, sizeof(*o));
  shop_make(&o->shops[0], state);
  ck_assert_int_eq(upsell_catalog_new(&o->shops[0].catalog, &o->catalog, NULL), UPSELL_OK);
  for (i = 0; i < ORDERS; i++)
    shop_make_order(&o->shops[i], state);
}

static void pack_orders(orders *o)
{
  size_t i;

  o->text.len = 0;
  for (i = 0; i < ORDERS; i++) {
    o->at[i] = o->text.len;
    add_packed(&o->text, &o->shops[i].order);
  }
  o->at[ORDERS] = o->text.len;
}

static void free_orders(orders *o)
{
  upsell_catalog_free(o->catalog);
  upsell__buffer_free(&o->text);
}

/* Returns whether the order gets an offer. */
static int check_order(const orders *o, size_t index, uint32_t flags)
{
  const upsell_result *result = &upsell_batch_get(batch)->results[index];
  upsell_status status = upsell_decide(o->catalog, &o->shops[index].order, flags, alone, NULL);

  ck_assert_int_eq(result->status, status);
  ck_assert_uint_eq(result->order_at, o->at[index]);
  ck_assert_uint_eq(result->order_len, o->at[index + 1] - o->at[index]);
  ck_assert_uint_eq(result->line, 0);
  if (status)
    ck_assert(result_is_refusal(result));
  else
    check_result(batch, index, alone);
  return upsell_decision_get(alone)->outcome == UPSELL_OUTCOME_OFFER;
}

START_TEST(test_random_orders)
{
  uint64_t state = 4;
  int offers = 0;
  orders o;
  uint32_t i;
  size_t j;

  for (i = 0; i < SHOPS; i++) {
    uint32_t flags = i % 2 ? UPSELL_DECIDE_EXPLAIN : 0;
    make_orders(&o, &state);
    pack_orders(&o);
    ck_assert_int_eq(
        decide_copy(batch, o.catalog, UPSELL_ORDERS_PACKED, text_of(&o.text), flags, NULL),
        UPSELL_OK);
    ck_assert_uint_eq(upsell_batch_get(batch)->result_count, ORDERS);
    for (j = 0; j < ORDERS; j++)
      offers += check_order(&o, j, flags);
    ck_assert_str_eq(json_of(upsell_batch_decision(batch)), json_of(alone));
    free_orders(&o);
  }
  ck_assert_int_gt(offers, SHOPS * ORDERS / 8);
  ck_assert_int_lt(offers, SHOPS * ORDERS * 7 / 8);
}
END_TEST

/* Breaks a random order, in a way of many. */
static void break_order(shop *s, uint64_t *state)
{
  static const upsell_str bad_id = UPSELL_STR("a\xFF");
  upsell_order_line *line = &s->lines[random_below(state, (uint32_t)s->order.line_count)];

  switch (random_below(state, 7)) {
  case 0:
    line->quantity = 0;
    break;
  case 1:
    line->product_id.len = 0;
    break;
  case 2:
    line->id = bad_id;
    break;
  case 3:
    memcpy(s->order.currency, "XXX", 4);
    break;
  case 4:
    s->order.id.len = 0;
    break;
  case 5:
    line->has_unit_price = 1;
    line->unit_price = UPSELL_MONEY_MAX + 1;
    break;
  default:
    s->order.line_count = 0;
    break;
  }
}

/* Good and bad ones mixed: the bad ones stop nothing, and the first is told of. */
START_TEST(test_bad_orders)
{
  uint64_t state = 5;
  int refused = 0;
  orders o;
  uint32_t i;
  size_t j;

  for (i = 0; i < SHOPS; i++) {
    upsell_error error = UPSELL_ERROR_INIT;
    upsell_error expected = UPSELL_ERROR_INIT;
    upsell_status first = UPSELL_OK;
    upsell_status status;
    make_orders(&o, &state);
    for (j = 0; j < ORDERS; j++) {
      if (random_below(&state, 3) == 0)
        break_order(&o.shops[j], &state);
    }
    pack_orders(&o);
    status = decide_copy(batch, o.catalog, UPSELL_ORDERS_PACKED, text_of(&o.text), 0, &error);
    ck_assert_uint_eq(upsell_batch_get(batch)->result_count, ORDERS);
    for (j = 0; j < ORDERS; j++) {
      check_order(&o, j, 0);
      if (!first)
        first = upsell_decide(o.catalog, &o.shops[j].order, 0, alone, &expected);
      refused += upsell_batch_get(batch)->results[j].status != UPSELL_OK;
    }
    ck_assert_str_eq(upsell_status_name(status), upsell_status_name(first));
    check_same_error(&error, &expected);
    free_orders(&o);
  }
  ck_assert_int_gt(refused, SHOPS * ORDERS / 5);
}
END_TEST

/* The full decision is that of the last order: none when that was refused. */
START_TEST(test_decision_of_the_last)
{
  upsell_decision *decision = upsell_batch_decision(batch);
  upsell_order bad = shelf.order;
  upsell__buffer text = {0};

  bad.line_count = 0;
  add_packed(&text, &bad);
  add_packed(&text, &shelf.order);
  ck_assert_int_eq(decide_copy(batch, catalog, UPSELL_ORDERS_PACKED, text_of(&text), 0, NULL),
                   UPSELL_BAD_COUNT);
  ck_assert_int_eq(upsell_decide(catalog, &shelf.order, 0, alone, NULL), UPSELL_OK);
  ck_assert_ptr_eq(upsell_batch_decision(batch), decision);
  ck_assert_str_eq(json_of(decision), json_of(alone));
  add_packed(&text, &bad);
  ck_assert_int_eq(decide_copy(batch, catalog, UPSELL_ORDERS_PACKED, text_of(&text), 0, NULL),
                   UPSELL_BAD_COUNT);
  ck_assert_ptr_eq(upsell_batch_decision(batch), decision);
  ck_assert_int_eq(upsell_decision_get(decision)->outcome, UPSELL_OUTCOME_NONE);
  ck_assert_int_eq(upsell_batch_get(batch)->results[1].outcome, UPSELL_OUTCOME_OFFER);
  upsell__buffer_free(&text);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("batch");
  TCase *cases = tcase_create("batch");

  tcase_set_timeout(cases, 60);
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_add_test(cases, test_one_order);
  tcase_add_test(cases, test_explained);
  tcase_add_test(cases, test_no_offer);
  tcase_add_test(cases, test_random_orders);
  tcase_add_test(cases, test_bad_orders);
  tcase_add_test(cases, test_decision_of_the_last);
  suite_add_tcase(suite, cases);
  return check_main(suite);
}
