/* SPDX-License-Identifier: MIT */
/* The ids of a plan: which of them change with which input, and that the same inputs
 * give the same bytes (PLN-4). */
#include <stdio.h>

#include "../support/check_main.h"
#include "plan_drift.h"

enum { UUID = 36 };

/* The ids that tell one plan, one charge and one offer from another. */
typedef struct names {
  char plan[UUID + 1];
  char charge[UUID + 1];
  char evidence[UUID + 1];
} names;

static void take(const char *text, const char *before, char uuid[UUID + 1])
{
  const char *at = strstr(text, before);

  ck_assert_msg(at != NULL, "no %s in the plan", before);
  memcpy(uuid, at + strlen(before), UUID);
  uuid[UUID] = '\0';
}

/* The plan of a sale with changes; the caller frees it. */
static upsell_plan *plan_of(const drift *d)
{
  upsell_catalog *catalog = sale_shop(d->from, d->to);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = NULL;
  sale s;

  sale_of(&s, d);
  if (upsell_plan_make(catalog, &s.order, &s.acceptance, &s.options, &plan, &error))
    ck_abort_msg("%s: %s: %s", d->name, error.pointer, error.message);
  upsell_catalog_free(catalog);
  return plan;
}

static names names_of(const drift *d)
{
  upsell_plan *plan = plan_of(d);
  const char *text = upsell_plan_json(plan, NULL);
  const upsell_plan_view *view = upsell_plan_get(plan);
  names n;

  take(text, "\"plan_id\":\"", n.plan);
  take(text, "\"idempotency_key\":\"", n.charge);
  take(text, "\"charge-", n.evidence);
  ck_assert_uint_eq(view->plan_id.len, UUID);
  ck_assert_int_eq(memcmp(view->plan_id.data, n.plan, UUID), 0);
  ck_assert_uint_eq(view->charge_key.len, UUID);
  ck_assert_int_eq(memcmp(view->charge_key.data, n.charge, UUID), 0);
  upsell_plan_free(plan);
  return n;
}

/* Which ids a change changes, as letters: p(lan), c(harge), e(vidence). */
typedef struct effect {
  drift change;
  drift before; /* what it is compared with; without a pattern: the sale as it is */
  const char *changes;
} effect;

#define SALE                                                                                       \
  {                                                                                                \
    NULL, 0, 0, NULL, NULL, {END}, 0, NULL                                                         \
  }
#define EDIT(name, pattern, changes, ...)                                                          \
  {                                                                                                \
    {name, pattern, 0, NULL, NULL, {__VA_ARGS__, END}, 0, NULL}, SALE, changes                     \
  }
/* The same against another change. */
#define AGAINST(name, pattern, changes, before, ...)                                               \
  {                                                                                                \
    {name, pattern, 0, NULL, NULL, {__VA_ARGS__, END}, 0, NULL},                                   \
        {"", pattern, 0, NULL, NULL, {before, END}, 0, NULL}, changes                              \
  }
#define SHOP(name, pattern, changes, from, to)                                                     \
  {                                                                                                \
    {name, pattern, 0, from, to, {END}, 0, NULL}, SALE, changes                                    \
  }

static const effect effects[] = {
    EDIT("nothing", P1, "", SET(acceptance.quantity, 1)),
    /* the acceptance */
    EDIT("the quantity", P1, "p", SET(acceptance.quantity, 2)),
    EDIT("the quantity", P3, "p", SET(acceptance.quantity, 2)),
    EDIT("the quantity", P4, "p", SET(acceptance.quantity, 2)),
    EDIT("the plan", P3, "p", TEXT(acceptance.selling_plan_id, "gid://shopify/SellingPlan/301")),
    EDIT("the same plan, by name", P3, "", TEXT(acceptance.selling_plan_id, "300")),
    EDIT("the same plan, by name", P1, "", TEXT(acceptance.selling_plan_id, "300")),
    EDIT("the right total", P1, "", SET(acceptance.has_total, 1), SET(acceptance.total, 800)),
    /* the options */
    EDIT("the version", P1, "p", SET(options.api_version, UPSELL_API_2026_10)),
    EDIT("the default version, by name", P1, "", SET(options.api_version, UPSELL_API_2026_07)),
    EDIT("the default dialect, by name", P1, "", SET(options.dialect, UPSELL_DIALECT_DRAFT)),
    AGAINST("the dialect", P1, "p", RESULT(SET(options.api_version, UPSELL_API_2026_10)),
            SET(options.api_version, UPSELL_API_2026_10),
            SET(options.dialect, UPSELL_DIALECT_CALCULATION)),
    EDIT("the shop", P1, "pc", TEXT(options.shop, "cup.myshopify.com")),
    EDIT("no shop", P1, "pc", GONE(options.shop)),
    /* a domain is the same in capital letters, and only letters have them */
    EDIT("the shop in capital letters", P1, "p", TEXT(options.shop, "TEA.MyShopify.COM")),
    AGAINST("the first letter and the last", P1, "p", RESULT(TEXT(options.shop, "az.com")),
            TEXT(options.shop, "AZ.com")),
    AGAINST("what stands before and behind them", P1, "pc", RESULT(TEXT(options.shop, "`{")),
            TEXT(options.shop, "@[")),
    AGAINST("letters that are not of ASCII", P1, "pc", RESULT(TEXT(options.shop, "\xC3\xA9")),
            TEXT(options.shop, "\xC3\x89")),
    EDIT("the reference in capital letters", P1, "pc", TEXT(options.reference_id, "REF-1")),
    EDIT("the reference", P1, "pc", TEXT(options.reference_id, "ref-2")),
    EDIT("no reference", P1, "pc", GONE(options.reference_id)),
    /* the order */
    EDIT("the order, with a reference", P1, "p", TEXT(order.id, "gid://shopify/Order/78")),
    AGAINST("the order, without a reference", P1, "pc", RESULT(GONE(options.reference_id)),
            TEXT(order.id, "gid://shopify/Order/78"), GONE(options.reference_id)),
    EDIT("an address", P1, "p", SET(order.has_shipping_address, UPSELL_NO)),
    EDIT("an address by default", P1, "", SET(order.has_shipping_address, UPSELL_YES)),
    EDIT("a line less", P1, "p", SET(order.line_count, 2)),
    EDIT("a line's id", P1, "p", TEXT(lines[2].id, "gid://shopify/LineItem/4")),
    EDIT("a line's product", P1, "p", TEXT(lines[2].product_id, "121")),
    EDIT("a line's variant", P1, "p", TEXT(lines[2].variant_id, "221")),
    EDIT("a line without a variant", P1, "p", GONE(lines[2].variant_id)),
    EDIT("a line's plan", P1, "p", TEXT(lines[2].selling_plan_id, "302")),
    EDIT("a line's quantity", P3, "p", SET(lines[0].quantity, 2)),
    EDIT("a line's price", P3, "p", SET(lines[1].unit_price, 951)),
    EDIT("a price that is not known", P3, "", SET(lines[2].unit_price, 951)),
    EDIT("a line's total", P3, "p", SET(lines[0].discounted_total, 901)),
    EDIT("a line's contract", P1, "p",
         TEXT(lines[0].contract_id, "gid://shopify/SubscriptionContract/5")),
    /* what the plan takes from the catalogue */
    {{"the scenario's id",
      P4,
      0,
      "'id':'S4'",
      "'id':'S8'",
      {TEXT(acceptance.scenario_id, "S8"), END},
      0,
      NULL},
     SALE,
     "pce"},
    SHOP("the list price", P1, "p", "'red','price':'1000'", "'red','price':'1001'"),
    SHOP("the discount", P1, "p", "'percentage','value':'20'", "'percentage','value':'25'"),
    SHOP("no discount", P1, "p", "'percentage','value':'20'", "'percentage','value':'0'"),
    SHOP("the plan's price", P1, "p", "'percentage','value':'10'", "'percentage','value':'11'"),
    SHOP("the plan's later price", P1, "p", "'value':'10'}]}",
         "'value':'10'},{'after_cycle':5,'type':'price','value':'1'}]}"),
    SHOP("the plan's name", P1, "p", "'Monthly'", "'Every month'"),
    SHOP("how long the page stays", P4, "p", "'max':9,'adjustable':true}}}",
         "'max':9,'adjustable':true}},'page':{'timer':{'enabled':true,'seconds':60}}}"),
    SHOP("the way to round, with the same prices", P1, "", "'currency':'JPY',",
         "'currency':'JPY','rounding':{'checkout':{'mode':'ceil'}},"),
    /* what it does not take */
    SHOP("a product's title", P1, "", "'Caddy'", "'Tin'"),
    SHOP("a variant's title", P1, "", "'red'", "'blue'"),
    SHOP("another scenario's priority", P1, "", "'priority':2", "'priority':3"),
    SHOP("its own priority", P1, "", "'id':'S1','name':'','status':'published','priority':1",
         "'id':'S1','name':'','status':'published','priority':0"),
    SHOP("its own name", P1, "", "'id':'S1','name':''", "'id':'S1','name':'More'"),
    SHOP("the stock that is left", P4, "", "'available':7", "'available':6"),
    SHOP("another scenario's id", P4, "", "'id':'S1'", "'id':'S8'"),
    SHOP("its page's title", P4, "", "'max':9,'adjustable':true}}}",
         "'max':9,'adjustable':true}},'page':{'title':'One more?'}}"),
    /* which lines are replaced, and which set the offer off */
    SHOP("another line is replaced too", P3, "p", "'one_time','products':[{'product_id':'100'}]",
         "'one_time','products':[{'product_id':'100'},{'product_id':'120'}]"),
    {{"another line sets the offer off too",
      P1,
      0,
      "'subscription','products':[{'product_id':'100'}]},"
      "'offer':{'kind':'subscription'",
      "'subscription','products':[{'product_id':'100'},"
      "{'product_id':'120'}]},'offer':{'kind':'subscription'",
      {TEXT(lines[2].selling_plan_id, "300"), END},
      0,
      NULL},
     {"", P1, 0, NULL, NULL, {TEXT(lines[2].selling_plan_id, "300"), END}, 0, NULL},
     "p"},
};

static void check_name(const effect *e, char letter, const char *before, const char *after)
{
  int expected = strchr(e->changes, letter) != NULL;
  int changed = strcmp(before, after) != 0;

  if (changed != expected)
    ck_abort_msg("%s, pattern %d: id %c %s", e->change.name, e->change.pattern, letter,
                 changed ? "changes" : "stays the same");
}

/* Plans with the same id are the same plan, to the byte. */
static void check_text(const effect *e, const drift *before)
{
  upsell_plan *a = plan_of(before);
  upsell_plan *b = plan_of(&e->change);
  int same = strcmp(upsell_plan_json(a, NULL), upsell_plan_json(b, NULL)) == 0;

  if (same == (strchr(e->changes, 'p') != NULL))
    ck_abort_msg("%s, pattern %d: the text %s", e->change.name, e->change.pattern,
                 same ? "stays the same" : "changes, but not the id");
  upsell_plan_free(a);
  upsell_plan_free(b);
}

START_TEST(test_effect)
{
  const effect *e = &effects[_i];
  drift plain = SALE;
  drift before = e->before.pattern ? e->before : plain;
  names was;
  names is;

  before.pattern = e->change.pattern;
  was = names_of(&before);
  is = names_of(&e->change);
  check_name(e, 'c', was.charge, is.charge);
  check_name(e, 'e', was.evidence, is.evidence);
  check_name(e, 'p', was.plan, is.plan);
  check_text(e, &before);
}
END_TEST

/* No two effects lead to the same plan, unless they change nothing. */
START_TEST(test_all_differ)
{
  static names found[COUNT_OF(effects)];
  size_t i;
  size_t j;

  for (i = 0; i < COUNT_OF(effects); i++)
    found[i] = names_of(&effects[i].change);
  for (i = 0; i < COUNT_OF(effects); i++) {
    ck_assert_str_ne(found[i].plan, found[i].charge);
    ck_assert_str_ne(found[i].plan, found[i].evidence);
    for (j = 0; j < i; j++) {
      if (*effects[i].changes && *effects[j].changes && strcmp(found[i].plan, found[j].plan) == 0)
        ck_abort_msg("%s and %s give the same plan", effects[i].change.name,
                     effects[j].change.name);
    }
  }
}
END_TEST

/* The steps with a key, in each pattern: what they send stands for one charge, one refund,
 * or one undoing, however many ways lead to it. */
typedef struct keyed {
  int pattern;
  int32_t version;
  const char *shares; /* for each key, which one it must be: the same letter, the same key */
} keyed;

static const keyed keyed_steps[] = {
    {P1, UPSELL_API_2026_01, "c"},     {P1, UPSELL_API_2026_04, "cu"},
    {P2, UPSELL_API_2026_07, "cu"},    {P3, UPSELL_API_2026_01, "c"},
    {P3, UPSELL_API_2026_04, "cruuu"}, {P3, UPSELL_API_2026_10, "cruuu"},
    {P4, UPSELL_API_2026_10, "cu"},
};

static void check_shared(const keyed *k, char keys[][UUID + 1])
{
  size_t i;
  size_t j;

  for (i = 0; k->shares[i]; i++) {
    for (j = 0; j < i; j++)
      ck_assert_msg((strcmp(keys[i], keys[j]) == 0) == (k->shares[i] == k->shares[j]),
                    "pattern %d: keys %zu and %zu", k->pattern, i, j);
  }
}

START_TEST(test_keys_of_steps)
{
  const keyed *k = &keyed_steps[_i];
  drift d = {"", k->pattern, 0, NULL, NULL, {SET(options.api_version, k->version), END}, 0, NULL};
  upsell_plan *plan = plan_of(&d);
  const char *text = upsell_plan_json(plan, NULL);
  char keys[8][UUID + 1];
  size_t count = 0;

  for (text = strstr(text, "\"idempotency_key\":\""); text; count++) {
    ck_assert_uint_lt(count, COUNT_OF(keys));
    take(text, "\"idempotency_key\":\"", keys[count]);
    text = strstr(text + 1, "\"idempotency_key\":\"");
  }
  ck_assert_uint_eq(count, strlen(k->shares));
  check_shared(k, keys);
  upsell_plan_free(plan);
}
END_TEST

/* All of a shop's name counts, up to the longest there may be. */
START_TEST(test_long_shop)
{
  char a[256];
  char b[256];
  drift d = {"", P1, 0, NULL, NULL, {{offsetof(sale, options.shop), 0, 0, {a, 255}}, END}, 0, NULL};
  names was;

  memset(a, 'S', sizeof(a));
  memset(b, 's', sizeof(b));
  was = names_of(&d);
  d.edits[0].text.data = b;
  ck_assert_str_eq(names_of(&d).charge, was.charge);
  b[254] = 't';
  ck_assert_str_ne(names_of(&d).charge, was.charge);
  d.edits[0].text.len = 256;
  d.code = UPSELL_BAD_ID;
  d.pointer = "/options/shop";
  check_drift(&d);
}
END_TEST

/* ---- the same bytes ---- */

/* The same order and acceptance, as text. */
static const char order_text[] =
    "{'lines':[{'quantity':1,'id':'gid://shopify/LineItem/1','product_id':100,"
    "'variant_id':'200','discounted_total':'900.0','selling_plan_id':300,'note':{}},"
    "{'id':'gid://shopify/LineItem/2','product_id':'100','variant_id':'200','quantity':2,"
    "'unit_price':'0950','selling_plan_id':'gid:\\/\\/shopify\\/SellingPlan\\/300'},"
    "{'id':'gid://shopify/LineItem/3','product_id':'120','variant_id':220,'quantity':1,"
    "'selling_plan_id':null,'contract_id':null}],'currency':'JPY',"
    "'id':'gid://shopify/Order/77','format':'upsell.order/1'}";
static const char acceptance_text[] = " { 'quantity' : 1 , 'scenario_id' : 'S\\u0031' } ";

START_TEST(test_text_and_structs)
{
  drift d = {"", P1, 0, NULL, NULL, {END}, 0, NULL};
  upsell_plan *from_structs = plan_of(&d);
  upsell_catalog *catalog = sale_shop(NULL, NULL);
  char *order = sale_text(order_text, NULL, NULL);
  char *acceptance = sale_text(acceptance_text, NULL, NULL);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = NULL;
  size_t len = 0;
  sale s;

  sale_init(&s, P1);
  if (upsell_plan_make_json(catalog, order, strlen(order), acceptance, strlen(acceptance),
                            &s.options, &plan, &error))
    ck_abort_msg("%s: %s", error.pointer, error.message);
  upsell_catalog_free(catalog); /* the plan does not need it */
  free(order);
  free(acceptance);
  ck_assert_str_eq(upsell_plan_json(plan, &len), upsell_plan_json(from_structs, NULL));
  ck_assert_uint_eq(len, strlen(upsell_plan_json(plan, NULL)));
  upsell_plan_free(plan);
  upsell_plan_free(from_structs);
}
END_TEST

static void check_view(const upsell_plan *plan, int pattern)
{
  const upsell_plan_view *view = upsell_plan_get(plan);
  const char *text = upsell_plan_json(plan, NULL);
  size_t i;

  ck_assert_uint_eq(view->size, sizeof(*view));
  ck_assert_int_eq(view->pattern, pattern);
  ck_assert_int_eq(view->charge_now, sale_now[pattern]);
  ck_assert_str_eq(view->currency.code, "JPY");
  ck_assert_int_eq(view->currency.decimals, 0);
  ck_assert_uint_eq(view->scenario_id.len, 2);
  ck_assert_int_eq(memcmp(view->scenario_id.data, sale_scenario[pattern], 2), 0);
  ck_assert_uint_gt(view->scope_count, 0);
  for (i = 1; i < view->scope_count; i++)
    ck_assert_msg(strncmp(view->scopes[i - 1].data, view->scopes[i].data, view->scopes[i].len) < 0,
                  "scopes are not sorted");
  ck_assert_ptr_nonnull(strstr(text, "\"format\":\"upsell.plan/1\""));
}

/* All that a plan shows outlives what it was made from. */
START_TEST(test_view)
{
  drift d = {"", _i, 0, NULL, NULL, {END}, 0, NULL};
  upsell_plan *plan = plan_of(&d);

  check_view(plan, _i);
  upsell_plan_free(plan);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("plan_keys");
  TCase *tests = tcase_create("plan_keys");

  tcase_add_loop_test(tests, test_effect, 0, (int)COUNT_OF(effects));
  tcase_add_test(tests, test_all_differ);
  tcase_add_loop_test(tests, test_keys_of_steps, 0, (int)COUNT_OF(keyed_steps));
  tcase_add_test(tests, test_long_shop);
  tcase_add_test(tests, test_text_and_structs);
  tcase_add_loop_test(tests, test_view, P1, P4 + 1);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
