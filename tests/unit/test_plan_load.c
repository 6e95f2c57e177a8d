/* SPDX-License-Identifier: MIT */
/* Plans of every kind are documents that the runner takes, and say no more than they
 * must (PLN-4, PLN-5). */
#include <stdio.h>

#include "../support/check_main.h"
#include "plan/program.h"
#include "plan_sale.h"
#include "json/value.h"

enum { KINDS = 4 * 5 * 2 * 2 * 3 * 2 }; /* see kind_of() */

/* A plan of a kind: pattern, version, dialect, what is known of lines and order, targets. */
typedef struct kind {
  int pattern;
  int32_t version;
  int32_t dialect;
  int forget;  /* ids of lines */
  int order;   /* 0: GID and reference, 1: GID alone, 2: reference alone */
  int targets; /* in pattern 1 */
} kind;

static kind kind_of(int number)
{
  kind k;

  k.pattern = number % 4 + 1;
  number /= 4;
  k.version = number % 5 + 1;
  number /= 5;
  k.dialect = number % 2 + 1;
  number /= 2;
  k.forget = number % 2;
  number /= 2;
  k.order = number % 3;
  k.targets = number / 3 + 1;
  return k;
}

/* 0 where there is no such kind. */
static int sale_of_kind(const kind *k, sale *s)
{
  if (k->dialect == UPSELL_DIALECT_CALCULATION && k->version != UPSELL_API_2026_10)
    return 0;
  if (k->targets > 1 && k->pattern != P1)
    return 0;
  sale_init(s, k->pattern);
  s->options.api_version = k->version;
  s->options.dialect = k->dialect;
  if (k->forget)
    sale_forget_lines(s);
  if (k->order == 1)
    s->options.reference_id.data = NULL;
  if (k->order == 2)
    s->order.id = upsell_str_of("an order");
  s->options.reference_id.len = s->options.reference_id.data ? 5 : 0;
  if (k->targets > 1)
    s->lines[1].selling_plan_id = upsell_str_of("gid://shopify/SellingPlan/301");
  return 1;
}

/* ---- what holds of every plan ---- */

static void check_program(const char *text, size_t len)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__sink sink = {UPSELL_OK, &error, NULL, 0};
  upsell__program program = {0};
  upsell_runner *runner = NULL;
  uint32_t i;
  uint32_t j;

  if (upsell__program_read(text, len, &program, &sink))
    ck_abort_msg("the plan is refused at %s: %s", error.pointer, error.message);
  for (i = 0; i < program.step_count; i++) {
    for (j = 0; j < i; j++)
      ck_assert_msg(!upsell__str_equal(program.steps[i].id, program.steps[j].id),
                    "two steps are called %.*s", (int)program.steps[i].id.len,
                    program.steps[i].id.data);
    if (program.steps[i].irreversible)
      ck_assert_msg(program.steps[i].channel != UPSELL__CHANNEL_WAIT, "a wait is irreversible");
  }
  upsell__program_free(&program);
  ck_assert_int_eq(upsell_runner_new(text, len, &runner, &error), UPSELL_OK);
  upsell_runner_free(runner);
}

/* Strict JSON without a key that stands twice, as our reader judges it; written again it is
 * the same text, so that nothing in it can be written in two ways. */
static void check_json(const char *text, size_t len)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell__arena arena = {NULL, NULL, 0, 0};
  const upsell__value *value = NULL;
  upsell__buffer again = {0};

  ck_assert_int_eq(upsell__value_read(text, len, &arena, &value, &sink), UPSELL_OK);
  upsell__value_write(&again, value);
  ck_assert_uint_eq(again.len, len);
  ck_assert_int_eq(memcmp(again.data, text, len), 0);
  upsell__buffer_free(&again);
  upsell__arena_free(&arena);
}

/* What its documents must not ask for. */
static const char *const personal[] = {"email",     "phone",    "customer", "Address",
                                       "firstName", "lastName", "ayment",   "displayName"};

static void check_no_person(const char *text)
{
  size_t i;

  for (i = 0; i < sizeof(personal) / sizeof(personal[0]); i++)
    ck_assert_msg(!strstr(text, personal[i]), "the plan asks for %s", personal[i]);
}

START_TEST(test_kind)
{
  kind k = kind_of(_i);
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = NULL;
  const char *text;
  size_t len;
  sale s;

  if (sale_of_kind(&k, &s)) {
    if (upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error))
      ck_abort_msg("%s: %s", error.pointer, error.message);
    text = upsell_plan_json(plan, &len);
    ck_assert_uint_eq(strlen(text), len);
    check_json(text, len);
    check_program(text, len);
    check_no_person(strstr(text, "\"id\":\"find_order\""));
    upsell_plan_free(plan);
  }
  upsell_catalog_free(catalog);
}
END_TEST

/* ---- many lines and contracts ---- */

static upsell_order_line many[UPSELL_ORDER_LINES_MAX];
static char line_ids[UPSELL_ORDER_LINES_MAX][48];
static char contract_ids[UPSELL_ORDER_LINES_MAX][64];

/* A large order: lines that set the offer off, in pattern 1 each with a contract of its own,
 * and lines that do not. */
typedef struct crowd {
  int pattern;
  int calculates;
  size_t triggers;
  size_t others;
  const char *refused; /* how the message begins, after "bad_count"; NULL: a plan is made */
} crowd;

#define TOO_MANY_LINES(lines) "With what is added the order has " lines " lines, and at most 250 "
#define TOO_MANY_STEPS(targets, steps)                                                             \
  "The offer would join " targets " contracts, which takes " steps                                 \
  " steps; a plan has at most "                                                                    \
  "1000. "

static const crowd crowds[] = {
    {P1, 0, 2, 0, NULL},
    {P1, 0, 10, 0, NULL},
    {P1, 0, 50, 100, NULL},
    {P1, 0, 125, 0, NULL},
    {P1, 0, 125, 1, TOO_MANY_LINES("251")},
    {P1, 0, 126, 0, TOO_MANY_LINES("252")},
    {P1, 0, 1000, 0, TOO_MANY_LINES("2000")},
    {P1, 0, 1, 248, NULL},
    {P1, 0, 1, 249, TOO_MANY_LINES("251")},
    {P1, 1, 123, 0, NULL},
    {P1, 1, 123, 4, NULL},
    {P1, 1, 124, 0, TOO_MANY_STEPS("124", "1006")},
    {P1, 1, 125, 0, TOO_MANY_STEPS("125", "1014")},
    {P1, 1, 126, 0, TOO_MANY_LINES("252")},
    {P2, 0, 249, 0, NULL},
    {P2, 0, 200, 50, TOO_MANY_LINES("251")},
    {P3, 0, 249, 0, NULL},
    {P3, 0, 250, 0, TOO_MANY_LINES("251")},
    {P4, 0, 1, 248, NULL},
    {P4, 0, 1, 999, TOO_MANY_LINES("1001")},
};

static void line_up(const crowd *c, sale *s)
{
  size_t i;

  sale_init(s, c->pattern);
  for (i = 0; i < c->triggers + c->others; i++) {
    snprintf(line_ids[i], sizeof(line_ids[i]), "gid://shopify/LineItem/%zu", i + 1);
    snprintf(contract_ids[i], sizeof(contract_ids[i]), "gid://shopify/SubscriptionContract/%zu",
             i + 1);
    many[i] = s->lines[i < c->triggers ? 0 : 2];
    many[i].id = upsell_str_of(line_ids[i]);
    if (c->pattern == P1 && i < c->triggers)
      many[i].contract_id = upsell_str_of(contract_ids[i]);
  }
  s->order.lines = many;
  s->order.line_count = c->triggers + c->others;
  if (c->calculates) {
    s->options.api_version = UPSELL_API_2026_10;
    s->options.dialect = UPSELL_DIALECT_CALCULATION;
  }
}

static void check_crowd(const crowd *c, upsell_status status, const upsell_plan *plan,
                        const upsell_error *error)
{
  int64_t targets = c->pattern == P1 ? (int64_t)c->triggers : 1;
  size_t len;

  if (!c->refused) {
    ck_assert_msg(status == UPSELL_OK, "%s: %s", error->pointer, error->message);
    ck_assert_int_eq(upsell_plan_get(plan)->charge_now, sale_now[c->pattern] * targets);
    upsell_plan_json(plan, &len);
    check_program(upsell_plan_json(plan, NULL), len);
    return;
  }
  ck_assert_int_eq(status, UPSELL_BAD_COUNT);
  ck_assert_ptr_null(plan);
  ck_assert_str_eq(error->pointer, "/order/lines");
  ck_assert_msg(strncmp(error->message, c->refused, strlen(c->refused)) == 0, "%s", error->message);
}

/* An order of many lines or contracts gives a plan that can be run, or none: nothing is
 * charged that could not be carried out. */
START_TEST(test_crowd)
{
  const crowd *c = &crowds[_i];
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = NULL;
  upsell_status status;
  sale s;

  line_up(c, &s);
  status = upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error);
  check_crowd(c, status, plan, &error);
  upsell_plan_free(plan);
  upsell_catalog_free(catalog);
}
END_TEST

/* Which problem of an order that is too large comes first. */
START_TEST(test_crowd_with_another_problem)
{
  crowd c = {P4, 0, 1, 249, NULL};
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_str scope = UPSELL_STR("read_orders");
  upsell_plan *plan = NULL;
  sale s;

  line_up(&c, &s);
  s.options.granted_scopes = &scope;
  s.options.granted_scope_count = 1;
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error),
                   UPSELL_BAD_COUNT);
  many[249].id = upsell_str_of("250");
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error),
                   UPSELL_ID_NOT_SHOPIFY);
  ck_assert_str_eq(error.pointer, "/order/lines/249/id");
  s.acceptance.scenario_id = upsell_str_of("S1");
  ck_assert_int_eq(upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error),
                   UPSELL_OFFER_CHANGED);
  ck_assert_ptr_null(plan);
  upsell_catalog_free(catalog);
}
END_TEST

/* ---- what a plan does not say ---- */

/* Keys that hosts leave in an order, with what must not go further. */
static const char order_text[] =
    "{'format':'upsell.order/1','id':'gid://shopify/Order/77','currency':'JPY',"
    "'email':'tea@example.com','note':'Private','token':'shpat_0123','shipping_address':"
    "{'name':'Private','address1':'Private 1-2-3','phone':'+8190'},'lines':["
    "{'id':'gid://shopify/LineItem/1','product_id':'100','variant_id':'200','quantity':1,"
    "'unit_price':'900','selling_plan_id':'300','title':'Private',"
    "'properties':[{'name':'Private','value':'Private'}]}]}";

static const char *const private_texts[] = {"Private", "example.com", "shpat", "8190",
                                            "\"Tea",   "Caddy",       "\"red", "100 g"};

START_TEST(test_private)
{
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  char *order = sale_text(order_text, NULL, NULL);
  char *acceptance = sale_text("{'scenario_id':'S1','quantity':1}", NULL, NULL);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = NULL;
  const char *text;
  size_t i;

  if (upsell_plan_make_json(catalog, order, strlen(order), acceptance, strlen(acceptance), NULL,
                            &plan, &error))
    ck_abort_msg("%s: %s", error.pointer, error.message);
  text = upsell_plan_json(plan, NULL);
  for (i = 0; i < sizeof(private_texts) / sizeof(private_texts[0]); i++)
    ck_assert_msg(!strstr(text, private_texts[i]), "the plan says %s", private_texts[i]);
  upsell_plan_free(plan);
  upsell_catalog_free(catalog);
  free(order);
  free(acceptance);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("plan_load");
  TCase *tests = tcase_create("plan_load");

  tcase_set_timeout(tests, 60);
  tcase_add_loop_test(tests, test_kind, 0, KINDS);
  tcase_add_loop_test(tests, test_crowd, 0, (int)(sizeof(crowds) / sizeof(crowds[0])));
  tcase_add_test(tests, test_crowd_with_another_problem);
  tcase_add_test(tests, test_private);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
