/* SPDX-License-Identifier: MIT */
/*
 * A shop with one scenario of each pattern, and for each of them an order that gets its
 * offer, with all ids as Shopify has them: for tests to change.
 */
#ifndef UPSELL_TESTS_PLAN_SALE_H
#define UPSELL_TESTS_PLAN_SALE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <upsell/upsell.h>

enum { P1 = 1, P2, P3, P4, SALE_LINES = 3 };

typedef struct sale {
  upsell_order_line lines[SALE_LINES];
  upsell_order order;
  upsell_acceptance acceptance;
  upsell_plan_options options;
} sale;

/* Tea (100) sets off patterns 1 and 3, cake (110) patterns 2 and 4. There are 7 cups. */
static const char sale_catalog[] =
    "{'format':'upsell.catalog/1','currency':'JPY','store':{'plan':'enterprise',"
    "'post_purchase_app':true,'one_time_to_one_time':true},'selling_plans':["
    "{'id':'300','name':'Monthly','billing':{'interval':'month','count':1},"
    "'pricing':[{'after_cycle':0,'type':'percentage','value':'10'}]},"
    "{'id':'gid://shopify/SellingPlan/301','name':'','billing':{'interval':'week','count':1},"
    "'pricing':[{'after_cycle':0,'type':'percentage','value':'10'},"
    "{'after_cycle':3,'type':'price','value':'850'}]},"
    "{'id':'302','name':'Yearly','billing':{'interval':'year','count':1},'pricing':[]}],"
    "'products':[{'id':'100','title':'Tea','variants':["
    "{'id':'200','title':'100 g','price':'1000','available':null}]},"
    "{'id':'101','title':'Caddy','variants':["
    "{'id':'201','title':'red','price':'1000','available':null}]},"
    "{'id':'102','title':'Cup','variants':["
    "{'id':'gid://shopify/ProductVariant/202','title':'','price':'1800','available':7}]}],"
    "'scenarios':["
    "{'id':'S0','name':'','status':'draft','priority':0,'trigger':{'kind':'subscription',"
    "'products':[{'product_id':'100'}]},'offer':{'kind':'one_time','product_id':'101',"
    "'variant_id':'201'}},"
    "{'id':'S1','name':'','status':'published','priority':1,'trigger':{'kind':'subscription',"
    "'products':[{'product_id':'100'}]},'offer':{'kind':'subscription','product_id':'101',"
    "'variant_id':'201','selling_plan_ids':['300','gid://shopify/SellingPlan/301'],"
    "'discount':{'type':'percentage','value':'20'},"
    "'quantity':{'default':1,'max':5,'adjustable':true}}},"
    "{'id':'S2','name':'','status':'published','priority':1,'trigger':{'kind':'subscription',"
    "'products':[{'product_id':'110'}]},'offer':{'kind':'one_time','product_id':'101',"
    "'variant_id':'201','discount':{'type':'percentage','value':'20'},"
    "'quantity':{'default':2}}},"
    "{'id':'S3','name':'','status':'published','priority':1,'trigger':{'kind':'one_time',"
    "'products':[{'product_id':'100'}]},'offer':{'kind':'subscription','product_id':'101',"
    "'variant_id':'201','selling_plan_ids':['300','gid://shopify/SellingPlan/301'],"
    "'discount':{'type':'percentage','value':'20'},"
    "'quantity':{'default':1,'max':5,'adjustable':true}}},"
    "{'id':'S4','name':'','status':'published','priority':1,'trigger':{'kind':'one_time',"
    "'products':[{'product_id':'110'}]},'offer':{'kind':'one_time','product_id':'102',"
    "'variant_id':'gid://shopify/ProductVariant/202',"
    "'discount':{'type':'fixed_amount','value':'300.0'},"
    "'quantity':{'default':1,'max':9,'adjustable':true}}},"
    "{'id':'S9','name':'','status':'published','priority':2,'trigger':{'kind':'subscription',"
    "'products':[{'product_id':'100'}]},'offer':{'kind':'one_time','product_id':'102',"
    "'variant_id':'gid://shopify/ProductVariant/202'}}]}";

/* What is paid now for the default quantity, in each pattern. */
static const int64_t sale_now[] = {0, 800, 1600, 720, 1500};
static const int32_t sale_quantity[] = {0, 1, 2, 1, 1};
static const char *const sale_scenario[] = {"", "S1", "S2", "S3", "S4"};

/* The text with every ' as ", and with `from`, which must be there, replaced by `to`. */
static inline char *sale_text(const char *text, const char *from, const char *to)
{
  const char *at = from ? strstr(text, from) : NULL;
  size_t before = at ? (size_t)(at - text) : 0;
  char *made = malloc(strlen(text) + (to ? strlen(to) : 0) + 1);
  char *c;

  ck_assert_ptr_nonnull(made);
  if (from) {
    ck_assert_msg(at != NULL, "the text has no %s", from);
    memcpy(made, text, before);
    strcpy(made + before, to);
    strcat(made, at + strlen(from));
  } else {
    strcpy(made, text);
  }
  for (c = made; *c; c++) {
    if (*c == '\'')
      *c = '"';
  }
  return made;
}

/* The catalogue, with something else in one place; NULL: as it is. */
static inline upsell_catalog *sale_shop(const char *from, const char *to)
{
  char *text = sale_text(sale_catalog, from, to);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;

  if (upsell_catalog_new_from_json(text, strlen(text), &catalog, &error))
    ck_abort_msg("%s: %s", error.pointer, error.message);
  free(text);
  return catalog;
}

static inline upsell_order_line sale_line(const char *id, const char *product, const char *variant,
                                          const char *plan)
{
  upsell_order_line line = {0};

  line.size = (uint32_t)sizeof(line);
  line.quantity = 1;
  line.id = upsell_str_of(id);
  line.product_id = upsell_str_of(product);
  line.variant_id = upsell_str_of(variant);
  line.selling_plan_id = upsell_str_of(plan);
  return line;
}

/* Two lines that set the scenario off, and one that does not. */
static inline void sale_init(sale *s, int pattern)
{
  int tea = pattern == P1 || pattern == P3;
  int subscription = pattern == P1 || pattern == P2;
  const char *product = tea ? "100" : "110";

  memset(s, 0, sizeof(*s));
  s->lines[0] = sale_line("gid://shopify/LineItem/1", product, tea ? "200" : "210",
                          subscription ? "300" : NULL);
  s->lines[1] = sale_line("gid://shopify/LineItem/2", product, tea ? "200" : "210",
                          subscription ? "gid://shopify/SellingPlan/300" : NULL);
  s->lines[2] = sale_line("gid://shopify/LineItem/3", "120", "220", NULL);
  s->lines[0].has_discounted_total = 1;
  s->lines[0].discounted_total = 900;
  s->lines[1].quantity = 2;
  s->lines[1].has_unit_price = 1;
  s->lines[1].unit_price = 950;
  s->order.size = (uint32_t)sizeof(s->order);
  memcpy(s->order.currency, "JPY", 4);
  s->order.id = upsell_str_of("gid://shopify/Order/77");
  s->order.lines = s->lines;
  s->order.line_count = SALE_LINES;
  s->acceptance.size = (uint32_t)sizeof(s->acceptance);
  s->acceptance.scenario_id = upsell_str_of(sale_scenario[pattern]);
  s->acceptance.quantity = sale_quantity[pattern];
  s->options.size = (uint32_t)sizeof(s->options);
  s->options.shop = upsell_str_of("tea.myshopify.com");
  s->options.reference_id = upsell_str_of("ref-1");
}

/* The order as InputData has it: without ids of lines. */
static inline void sale_forget_lines(sale *s)
{
  static const char *const ids[SALE_LINES] = {"input-1", "input-2", "input-3"};
  size_t i;

  for (i = 0; i < SALE_LINES; i++)
    s->lines[i].id = upsell_str_of(ids[i]);
}

#endif
