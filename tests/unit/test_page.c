/* SPDX-License-Identifier: MIT */
/*
 * The offer page (PAG): what vectors cannot ask, the sentences of all languages, and that
 * on random shops every amount and date is what prices and intervals alone come to.
 */
#include <stdio.h>

#include "../support/check_main.h"
#include "../support/tree.h"
#include "offer/date.h"
#include "offer/wording.h"
#include "random_shop.h"

enum { SHOPS = 300, ORDERS = 6 };

static upsell_decision *decision;
static upsell_catalog *catalog;
static shop made;

/* A random shop whose decision has an offer of this pattern, or of any (0). */
static void open_shop(int32_t pattern)
{
  uint64_t state = 20261122;

  for (;;) {
    shop_make(&made, &state);
    upsell_catalog_free(catalog);
    ck_assert_int_eq(upsell_catalog_new(&made.catalog, &catalog, NULL), UPSELL_OK);
    ck_assert_int_eq(upsell_decide(catalog, &made.order, 0, decision, NULL), UPSELL_OK);
    if (pattern ? upsell_decision_get(decision)->pattern == pattern
                : upsell_decision_get(decision)->outcome == UPSELL_OUTCOME_OFFER)
      return;
  }
}

static void set_up(void)
{
  catalog = NULL;
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  open_shop(0);
}

static void tear_down(void)
{
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
}

static upsell_page_request request(void)
{
  upsell_page_request defaults = {0};

  defaults.size = sizeof(defaults);
  return defaults;
}

/* ---- refusals ---- */

static void refused(const upsell_decision *from, const upsell_page_request *asked,
                    upsell_status status, const char *pointer)
{
  upsell_text *const untouched = (upsell_text *)(uintptr_t)&made;
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *page = untouched;

  ck_assert_int_eq(upsell_page_make(from, asked, &page, &error), status);
  ck_assert_ptr_eq(page, untouched);
  ck_assert_int_eq(error.code, status);
  ck_assert_str_eq(error.pointer, pointer);
  ck_assert_int_ne(error.message[0], '\0');
  ck_assert_int_eq(upsell_page_make(from, asked, &page, NULL), status);
}

START_TEST(test_arguments)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_page_request asked = request();

  ck_assert_int_eq(upsell_page_make(decision, &asked, NULL, &error), UPSELL_INVALID_ARGUMENT);
  refused(NULL, &asked, UPSELL_INVALID_ARGUMENT, "");
  asked.size = 0;
  refused(decision, &asked, UPSELL_INVALID_ARGUMENT, "");
  asked.size = (uint32_t)sizeof(asked) - 8;
  refused(decision, &asked, UPSELL_INVALID_ARGUMENT, "");
  asked = request();
  asked.reserved = 1;
  refused(decision, &asked, UPSELL_INVALID_ARGUMENT, "");
  asked = request();
  asked.anchor.reserved = 1;
  refused(decision, &asked, UPSELL_INVALID_ARGUMENT, "");
}
END_TEST

/* A caller with a newer header: what is unknown here must be zero. */
START_TEST(test_larger_request)
{
  struct {
    upsell_page_request known;
    uint64_t newer;
  } asked = {request(), 0};
  upsell_text *page = NULL;

  asked.known.size = sizeof(asked);
  ck_assert_int_eq(upsell_page_make(decision, &asked.known, &page, NULL), UPSELL_OK);
  upsell_text_free(page);
  asked.newer = 1;
  refused(decision, &asked.known, UPSELL_INVALID_ARGUMENT, "");
}
END_TEST

START_TEST(test_no_offer)
{
  upsell_order_line line = made.lines[0];
  upsell_order bad = made.order;

  line.product_id = shop_product_ids[4];
  line.selling_plan_id.data = NULL;
  line.contract_id.data = NULL;
  made.order.lines = &line;
  made.order.line_count = 1;
  ck_assert_int_eq(upsell_decide(catalog, &made.order, 0, decision, NULL), UPSELL_OK);
  refused(decision, NULL, UPSELL_NOT_APPLICABLE, "");
  bad.id.data = NULL;
  ck_assert_int_ne(upsell_decide(catalog, &bad, 0, decision, NULL), UPSELL_OK);
  refused(decision, NULL, UPSELL_NOT_APPLICABLE, "");
  upsell_decision_free(decision);
  ck_assert_int_eq(upsell_decision_new(&decision), UPSELL_OK);
  refused(decision, NULL, UPSELL_NOT_APPLICABLE, "");
}
END_TEST

START_TEST(test_no_such_day)
{
  static const upsell_date days[] = {{2026, 2, 29, 0},  {2026, 0, 1, 0},  {2026, 13, 1, 0},
                                     {2026, 1, 0, 0},   {2026, 4, 31, 0}, {0, 1, 1, 0},
                                     {10000, 1, 1, 0},  {-1, 1, 1, 0},    {2100, 2, 29, 0},
                                     {2026, -1, -1, 0}, {0, 0, 1, 0},     {INT32_MAX, 1, 1, 0}};
  upsell_page_request asked = request();
  size_t i;

  for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
    asked.anchor = days[i];
    refused(decision, &asked, UPSELL_BAD_VALUE, "/anchor");
  }
}
END_TEST

START_TEST(test_quantities)
{
  const upsell_quantity *offered = &upsell_decision_get(decision)->quantity;
  upsell_page_request asked = request();

  asked.quantity = offered->max + 1;
  refused(decision, &asked, UPSELL_QUANTITY_OUT_OF_RANGE, "/quantity");
  asked.quantity = INT32_MIN;
  refused(decision, &asked, UPSELL_QUANTITY_OUT_OF_RANGE, "/quantity");
  asked = request();
  asked.selling_plan_id.data = "\xFF";
  asked.selling_plan_id.len = 1;
  refused(decision, &asked, UPSELL_PLAN_NOT_OFFERED, "/selling_plan_id");
  asked.selling_plan_id.len = 0;
  refused(decision, &asked, UPSELL_PLAN_NOT_OFFERED, "/selling_plan_id");
  asked = request();
  asked.later_charges = UPSELL_LATER_CHARGES_MAX + 1;
  refused(decision, &asked, UPSELL_OUT_OF_RANGE, "/later_charges");
}
END_TEST

/* No request is one of defaults, the error is left alone, and the decision is the same
 * before and after. */
START_TEST(test_defaults)
{
  upsell_page_request asked = request();
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *pages[2];
  const char *text;
  char *before;
  size_t len;

  ck_assert_int_eq(upsell_decision_to_json(decision, &text, &len), UPSELL_OK);
  before = strdup(text);
  ck_assert_int_eq(upsell_page_make(decision, NULL, &pages[0], &error), UPSELL_OK);
  ck_assert_int_eq(error.code, 0);
  asked.quantity = upsell_decision_get(decision)->quantity.initial;
  asked.locale = UPSELL_LOCALE_JA;
  asked.money_style = UPSELL_MONEY_YEN_WORD;
  asked.later_charges = 3;
  ck_assert_int_eq(upsell_page_make(decision, &asked, &pages[1], NULL), UPSELL_OK);
  ck_assert_str_eq(upsell_text_data(pages[0], NULL), upsell_text_data(pages[1], &len));
  ck_assert_uint_eq(len, strlen(upsell_text_data(pages[1], NULL)));
  ck_assert_int_eq(upsell_decision_to_json(decision, &text, &len), UPSELL_OK);
  ck_assert_str_eq(text, before);
  free(before);
  upsell_text_free(pages[0]);
  upsell_text_free(pages[1]);
}
END_TEST

/* ---- wording ---- */

/* A bit for each place of a sentence; what looks like one must be one. */
static unsigned places_of(const char *text)
{
  unsigned places = 0;

  for (; *text; text++) {
    ck_assert_int_ne(*text, '}');
    if (*text != '{')
      continue;
    ck_assert(text[1] >= '0' && text[1] <= '2' && text[2] == '}');
    places |= 1u << (text[1] - '0');
    text += 2;
  }
  return places;
}

/* Each language says all that the other one says. */
START_TEST(test_languages)
{
  int32_t i;

  for (i = 0; i < UPSELL__SENTENCES; i++) {
    const char *ja = upsell__sentence_text(i, UPSELL_LOCALE_JA);
    const char *en = upsell__sentence_text(i, UPSELL_LOCALE_EN);
    ck_assert(*ja && *en);
    ck_assert_uint_eq(places_of(ja), places_of(en));
    ck_assert_msg(strspn(en,
                         " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
                         "abcdefghijklmnopqrstuvwxyz{|}~") == strlen(en),
                  "not English: %s", en);
  }
}
END_TEST

/* ---- random shops ---- */

/* A page, and what it was made of. */
typedef struct looked_at {
  const upsell_scenario_input *scenario;
  int64_t list_unit;
  upsell_page_request asked;
  struct json_object *page;
} looked_at;

static struct json_object *at(struct json_object *tree, const char *pointer)
{
  struct json_object *found = NULL;

  ck_assert_msg(upsell__tree_get(tree, pointer, &found), "%s is missing", pointer);
  return found;
}

/* Amounts of yen are whole. -1: null. */
static int64_t amount_at(struct json_object *tree, const char *pointer)
{
  struct json_object *money = at(tree, pointer);

  return money ? strtoll(json_object_get_string(at(money, "/amount")), NULL, 10) : -1;
}

static const upsell_selling_plan_input *plan_at(struct json_object *target)
{
  const char *id = json_object_get_string(at(target, "/selling_plan_id"));
  size_t i;

  for (i = 0; id && i < SHOP_PLANS; i++) {
    if (strcmp(made.plans[i].id.data, id) == 0)
      return &made.plans[i];
  }
  return NULL;
}

static upsell_price first_price(const looked_at *l, const upsell_selling_plan_input *plan)
{
  upsell_price price;
  int32_t pattern;

  ck_assert_int_eq(upsell_pattern_of(l->scenario->trigger_kind, l->scenario->offer_kind, &pattern),
                   UPSELL_OK);
  ck_assert_int_eq(upsell_first_price(pattern, l->list_unit, plan ? plan->pricing : NULL,
                                      plan ? plan->pricing_count : 0, &l->scenario->discount,
                                      l->asked.quantity, &made.catalog.rounding, &price),
                   UPSELL_OK);
  return price;
}

/* What charge `cycle` costs, from the rules on single prices. */
static int64_t charge(const looked_at *l, const upsell_selling_plan_input *plan, int32_t cycle)
{
  int64_t unit;

  if (cycle == 1)
    return first_price(l, plan).offer_page.line;
  ck_assert_int_eq(upsell_plan_price(l->list_unit, plan->pricing, plan->pricing_count, cycle,
                                     &made.catalog.rounding.checkout, &unit),
                   UPSELL_OK);
  return unit * l->asked.quantity;
}

static int64_t charges(const looked_at *l, const upsell_selling_plan_input *plan, int32_t count)
{
  int64_t sum = 0;
  int32_t cycle;

  if (plan && plan->max_cycles && count > plan->max_cycles)
    count = plan->max_cycles;
  for (cycle = 1; cycle <= count; cycle++)
    sum += charge(l, plan, cycle);
  return sum;
}

static void check_date(const looked_at *l, const upsell_selling_plan_input *plan,
                       struct json_object *entry, int32_t cycle)
{
  const char *text = json_object_get_string(at(entry, "/date"));
  upsell__buffer written = {NULL, 0, 0, 0};
  upsell_date day = l->asked.anchor;

  if (cycle > 1 && day.year)
    day = upsell__date_after(&day, &plan->cycle.billing, cycle - 1);
  ck_assert_int_eq(text == NULL, day.year == 0);
  if (!text)
    return;
  upsell__date_write(&written, &day);
  ck_assert_uint_eq(written.len, strlen(text));
  ck_assert_mem_eq(written.data, text, written.len);
  upsell__buffer_free(&written);
}

/* Prices are next to each other, cover all charges, and change at each border. */
static void check_prices(const looked_at *l, const upsell_selling_plan_input *plan,
                         struct json_object *prices)
{
  size_t count = json_object_array_length(prices);
  int32_t next = 1;
  size_t i;

  for (i = 0; i < count; i++) {
    struct json_object *price = json_object_array_get_idx(prices, i);
    int32_t from = json_object_get_int(at(price, "/from_cycle"));
    int32_t to = json_object_get_int(at(price, "/to_cycle")); /* 0: null */
    ck_assert_int_eq(from, next);
    ck_assert_int_eq(amount_at(price, "/line"), charge(l, plan, from));
    check_date(l, plan, price, from);
    if (to) {
      ck_assert_int_ge(to, from);
      ck_assert_int_eq(amount_at(price, "/line"), charge(l, plan, to));
    }
    ck_assert_int_eq(to == 0, i + 1 == count && plan && !plan->max_cycles);
    ck_assert(from <= 2 || charge(l, plan, from) != charge(l, plan, from - 1));
    next = to + 1;
  }
  ck_assert(!plan || next == plan->max_cycles + 1);
}

static void check_later(const looked_at *l, const upsell_selling_plan_input *plan,
                        struct json_object *later)
{
  size_t count = plan ? (size_t)l->asked.later_charges : 0;
  size_t i;

  if (plan && plan->max_cycles && (int32_t)count > plan->max_cycles - 1)
    count = (size_t)plan->max_cycles - 1;
  ck_assert_uint_eq(json_object_array_length(later), count);
  for (i = 0; i < count; i++) {
    struct json_object *entry = json_object_array_get_idx(later, i);
    int32_t cycle = (int32_t)i + 2;
    ck_assert_int_eq(json_object_get_int(at(entry, "/cycle")), cycle);
    ck_assert_int_eq(amount_at(entry, "/line"), charge(l, plan, cycle));
    check_date(l, plan, entry, cycle);
  }
}

static void check_target(const looked_at *l, struct json_object *target)
{
  const upsell_selling_plan_input *plan = plan_at(target);
  upsell_price price = first_price(l, plan);
  int64_t total = -1;
  int64_t year = -1;

  ck_assert_int_eq(amount_at(target, "/unit"), price.offer_page.unit);
  ck_assert_int_eq(amount_at(target, "/subtotal"), price.offer_page.line);
  ck_assert_int_eq(amount_at(target, "/charge_now"), price.offer_page.line);
  check_prices(l, plan, at(target, "/prices"));
  check_later(l, plan, at(target, "/later_charges"));
  if (!plan || plan->max_cycles)
    total = charges(l, plan, plan ? plan->max_cycles : 1);
  if (plan && l->asked.anchor.year)
    year = charges(l, plan, upsell__dates_in_year(&l->asked.anchor, &plan->cycle.billing));
  ck_assert_int_eq(amount_at(target, "/total"), total);
  ck_assert_int_eq(amount_at(target, "/first_year"), year);
}

static void check_page(const looked_at *l)
{
  struct json_object *targets = at(l->page, "/targets");
  int sells_plan = l->scenario->offer_kind == UPSELL_KIND_SUBSCRIPTION;
  int64_t checkout = 0;
  int64_t now = 0;
  size_t i;

  for (i = 0; i < json_object_array_length(targets); i++) {
    struct json_object *target = json_object_array_get_idx(targets, i);
    check_target(l, target);
    checkout += first_price(l, plan_at(target)).checkout.line;
    now += amount_at(target, "/charge_now");
  }
  ck_assert_uint_eq(i, upsell_decision_get(decision)->target_count);
  ck_assert_int_eq(amount_at(l->page, "/subtotal"), now);
  ck_assert_int_eq(amount_at(l->page, "/charge_now"), now);
  ck_assert_int_eq(amount_at(l->page, "/checkout"), checkout);
  ck_assert_int_eq(json_object_get_boolean(at(l->page, "/differs")), checkout != now);
  ck_assert_int_eq(amount_at(l->page, "/list_unit"), l->list_unit);
  ck_assert_uint_eq(json_object_array_length(at(l->page, "/disclosure")), sells_plan ? 7 : 0);
  ck_assert_int_eq(at(l->page, "/texts/consent") != NULL, sells_plan);
}

/* The total that the page shows is the one that a plan takes as accepted (PLN-2). Ids of
 * these shops are none of Shopify, which is found only later. */
static void check_acceptance(const looked_at *l)
{
  upsell_acceptance acceptance = {0};
  upsell_plan_options options = {0};
  upsell_plan *plan = NULL;
  upsell_status status;

  acceptance.size = sizeof(acceptance);
  acceptance.quantity = l->asked.quantity;
  acceptance.scenario_id = l->scenario->id;
  acceptance.selling_plan_id =
      upsell_str_of(json_object_get_string(at(l->page, "/selling_plan_id")));
  acceptance.has_total = UPSELL_YES;
  acceptance.total = amount_at(l->page, "/subtotal");
  options.size = sizeof(options);
  options.reference_id = upsell_str_of("r");
  status = upsell_plan_make(catalog, &made.order, &acceptance, &options, &plan, NULL);
  ck_assert_int_eq(status, UPSELL_ID_NOT_SHOPIFY);
  acceptance.total++;
  status = upsell_plan_make(catalog, &made.order, &acceptance, &options, &plan, NULL);
  ck_assert_int_eq(status, UPSELL_PRICE_CHANGED);
}

static void make_request(looked_at *l, uint64_t *state)
{
  const upsell_decision_view *view = upsell_decision_get(decision);
  int adjustable = view->quantity.adjustable == UPSELL_YES;

  l->asked = request();
  l->asked.quantity =
      adjustable ? (int32_t)random_between(state, 1, view->quantity.max) : view->quantity.initial;
  l->asked.locale = (int32_t)random_below(state, 3);
  l->asked.money_style = (int32_t)random_below(state, 4);
  l->asked.later_charges = (int32_t)random_between(state, 1, UPSELL_LATER_CHARGES_MAX);
  if (random_below(state, 4)) {
    int32_t last = random_below(state, 4) ? 2040 : 9999;
    l->asked.anchor.year = (int32_t)random_between(state, last - 20, last);
    l->asked.anchor.month = (int32_t)random_between(state, 1, 12);
    do
      l->asked.anchor.day = (int32_t)random_between(state, 20, 31);
    while (!upsell__date_exists(&l->asked.anchor));
  }
  if (view->choice_count && random_below(state, 2))
    l->asked.selling_plan_id =
        view->choices[random_below(state, (uint32_t)view->choice_count)].selling_plan_id;
}

static void look(looked_at *l, uint64_t *state)
{
  const upsell_decision_view *view = upsell_decision_get(decision);
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *page = NULL;
  const char *text;
  size_t len;
  size_t i;

  l->scenario = &made.scenarios[view->scenario_index];
  for (i = 0; i < SHOP_PRODUCTS * SHOP_VARIANTS; i++) {
    const upsell_product_input *product = &made.products[i / SHOP_VARIANTS];
    const upsell_variant_input *variant = &made.variants[i / SHOP_VARIANTS][i % SHOP_VARIANTS];
    if (strcmp(product->id.data, l->scenario->product_id.data) == 0 &&
        strcmp(variant->id.data, l->scenario->variant_id.data) == 0)
      l->list_unit = variant->price;
  }
  make_request(l, state);
  if (upsell_page_make(decision, &l->asked, &page, &error))
    ck_abort_msg("%s: %s", error.pointer, error.message);
  text = upsell_text_data(page, &len);
  ck_assert_int_eq(upsell__tree_read(text, len, &l->page, &sink), UPSELL_OK);
  upsell_text_free(page);
}

static void limit_plans(uint64_t *state)
{
  static const int32_t limits[] = {1, 2, 3, 12, 999};
  size_t i;

  for (i = 0; i < SHOP_PLANS; i++) {
    if (random_below(state, 2))
      made.plans[i].max_cycles = limits[random_below(state, 5)];
    if (random_below(state, 3) == 0)
      made.plans[i].min_cycles = (int32_t)random_between(
          state, 1, made.plans[i].max_cycles ? made.plans[i].max_cycles : 6);
    else
      made.plans[i].min_cycles = 0;
  }
}

START_TEST(test_random_shops)
{
  uint64_t state = 99;
  int patterns[5] = {0};
  looked_at l;
  int i;
  int j;

  for (i = 0; i < SHOPS; i++) {
    shop_make(&made, &state);
    limit_plans(&state);
    upsell_catalog_free(catalog);
    ck_assert_int_eq(upsell_catalog_new(&made.catalog, &catalog, NULL), UPSELL_OK);
    for (j = 0; j < ORDERS; j++) {
      shop_make_order(&made, &state);
      ck_assert_int_eq(upsell_decide(catalog, &made.order, 0, decision, NULL), UPSELL_OK);
      if (upsell_decision_get(decision)->outcome != UPSELL_OUTCOME_OFFER)
        continue;
      patterns[upsell_decision_get(decision)->pattern]++;
      look(&l, &state);
      check_page(&l);
      check_acceptance(&l);
      json_object_put(l.page);
    }
  }
  for (i = 1; i <= 4; i++)
    ck_assert_int_gt(patterns[i], 20);
}
END_TEST

/* ---- the most targets ---- */

/* 1000 contracts of one plan: sentences stand once, and each contract has its target. */
START_TEST(test_many_targets)
{
  enum { MANY = 1000 };
  static upsell_order_line lines[MANY];
  static char ids[MANY][8];
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  struct json_object *tree = NULL;
  upsell_text *page = NULL;
  const char *text;
  size_t len;
  int trigger; /* the place of a line that sets the offer off: ids are l-0, l-1, ... */
  int i;

  open_shop(UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION);
  trigger = upsell_decision_get(decision)->targets[0].line_ids[0].data[2] - '0';
  for (i = 0; i < MANY; i++) {
    lines[i] = made.lines[trigger];
    sprintf(ids[i], "%d", i);
    lines[i].id = upsell_str_of(ids[i]);
    lines[i].contract_id = upsell_str_of(ids[i]);
  }
  for (i = 0; i < SHOP_PRODUCTS * SHOP_VARIANTS; i++)
    made.variants[i / SHOP_VARIANTS][i % SHOP_VARIANTS].stock_tracked = UPSELL_NO;
  made.order.lines = lines;
  made.order.line_count = MANY;
  upsell_catalog_free(catalog);
  ck_assert_int_eq(upsell_catalog_new(&made.catalog, &catalog, NULL), UPSELL_OK);
  ck_assert_int_eq(upsell_decide(catalog, &made.order, 0, decision, NULL), UPSELL_OK);
  ck_assert_uint_eq(upsell_decision_get(decision)->target_count, MANY);
  ck_assert_int_eq(upsell_page_make(decision, NULL, &page, NULL), UPSELL_OK);
  text = upsell_text_data(page, &len);
  ck_assert_int_eq(upsell__tree_read(text, len, &tree, &sink), UPSELL_OK);
  ck_assert_uint_eq(json_object_array_length(at(tree, "/targets")), MANY);
  ck_assert_uint_lt(strlen(json_object_get_string(at(tree, "/disclosure/0/text"))), 300);
  json_object_put(tree);
  upsell_text_free(page);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("page");
  TCase *tests = tcase_create("page");

  tcase_add_checked_fixture(tests, set_up, tear_down);
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, test_arguments);
  tcase_add_test(tests, test_larger_request);
  tcase_add_test(tests, test_no_offer);
  tcase_add_test(tests, test_no_such_day);
  tcase_add_test(tests, test_quantities);
  tcase_add_test(tests, test_defaults);
  tcase_add_test(tests, test_languages);
  tcase_add_test(tests, test_random_shops);
  tcase_add_test(tests, test_many_targets);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
