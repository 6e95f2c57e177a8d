/* SPDX-License-Identifier: MIT */
/* Payloads of Shopify's: small ones with a subscription and a one-time line and what a
 * real one has besides, and such with many lines. */
#ifndef UPSELL_TESTS_PAYLOADS_H
#define UPSELL_TESTS_PAYLOADS_H

#include <stdio.h>

#include <upsell/shopify.h>

#include "base/buffer.h"

static const char input_data_text[] =
    "{\"extensionPoint\":\"Checkout::PostPurchase::ShouldRender\","
    "\"initialPurchase\":{\"referenceId\":\"ref\\u002d1\",\"customerId\":3914168172700,"
    "\"destinationCountryCode\":\"JP\","
    "\"totalPriceSet\":{\"shopMoney\":{\"amount\":\"2900.0\",\"currencyCode\":\"JPY\"},"
    "\"presentmentMoney\":{\"amount\":\"2900.0\",\"currencyCode\":\"JPY\"}},"
    "\"lineItems\":[{\"product\":{\"id\":100,\"title\":\"\xE7\x85\x8E\\n\",\"variant\":{\"id\":"
    "\"200\","
    "\"metafields\":[]},\"metafields\":null},\"quantity\":1,"
    "\"totalPriceSet\":{\"shopMoney\":{\"amount\":\"900.0\",\"currencyCode\":\"JPY\"},"
    "\"presentmentMoney\":{\"amount\":\"900.0\",\"currencyCode\":\"JPY\"}},"
    "\"sellingPlanId\":300},{\"product\":{\"id\":101,\"variant\":{\"id\":201}},"
    "\"quantity\":2,\"totalPriceSet\":{\"shopMoney\":{\"amount\":\"2000.0\","
    "\"currencyCode\":\"JPY\"},\"presentmentMoney\":{\"amount\":\"2000.0\","
    "\"currencyCode\":\"JPY\"}}}]},\"locale\":\"ja\",\"shop\":{\"id\":1},"
    "\"version\":\"unstable\"}";

static const char input_data_order[] =
    "{\"format\":\"upsell.order/1\",\"id\":\"ref-1\",\"currency\":\"JPY\","
    "\"has_shipping_address\":true,\"lines\":[{\"id\":\"input-1\",\"product_id\":\"100\","
    "\"variant_id\":\"200\",\"quantity\":1,\"unit_price\":\"900\",\"discounted_total\":\"900\","
    "\"selling_plan_id\":\"300\",\"contract_id\":null},{\"id\":\"input-2\",\"product_id\":"
    "\"101\",\"variant_id\":\"201\",\"quantity\":2,\"unit_price\":\"1000\","
    "\"discounted_total\":\"2000\",\"selling_plan_id\":null,\"contract_id\":null}]}";

static const char shopify_order_text[] =
    "{\"data\":{\"order\":{\"id\":\"gid:\\/\\/shopify/Order/1\",\"currencyCode\":\"USD\","
    "\"presentmentCurrencyCode\":\"USD\",\"shippingAddress\":{\"countryCodeV2\":\"US\"},"
    "\"lineItems\":{\"pageInfo\":{\"hasNextPage\":false},\"nodes\":[{\"id\":"
    "\"gid://shopify/LineItem/7\",\"quantity\":1,\"currentQuantity\":1,\"product\":{\"id\":"
    "\"gid://shopify/Product/100\"},\"variant\":{\"id\":\"gid://shopify/ProductVariant/200\"},"
    "\"discountedTotalSet\":{\"shopMoney\":{\"amount\":\"9.0\",\"currencyCode\":\"USD\"}},"
    "\"sellingPlan\":{\"sellingPlanId\":\"gid://shopify/SellingPlan/300\"},\"contract\":{\"id\":"
    "\"gid://shopify/SubscriptionContract/5\"}},{\"id\":\"gid://shopify/LineItem/8\","
    "\"currentQuantity\":0},{\"id\":\"gid://shopify/LineItem/9\",\"quantity\":4,"
    "\"currentQuantity\":3,\"product\":null,\"variant\":null,\"discountedTotalSet\":{"
    "\"shopMoney\":{\"amount\":\"40.04\",\"currencyCode\":\"USD\"}},\"sellingPlan\":null,"
    "\"contract\":null}]}}},\"extensions\":{\"cost\":{\"requestedQueryCost\":1.5e1}}}";

static const char shopify_order_order[] =
    "{\"format\":\"upsell.order/1\",\"id\":\"gid://shopify/Order/1\",\"currency\":\"USD\","
    "\"has_shipping_address\":true,\"lines\":[{\"id\":\"gid://shopify/LineItem/7\","
    "\"product_id\":\"100\",\"variant_id\":\"200\",\"quantity\":1,\"unit_price\":\"9.00\","
    "\"discounted_total\":\"9.00\",\"selling_plan_id\":\"300\",\"contract_id\":"
    "\"gid://shopify/SubscriptionContract/5\"},{\"id\":\"gid://shopify/LineItem/9\","
    "\"product_id\":\"gid://shopify/LineItem/9\",\"variant_id\":null,\"quantity\":3,"
    "\"unit_price\":\"10.01\",\"discounted_total\":\"30.03\",\"selling_plan_id\":null,"
    "\"contract_id\":null}]}";

typedef upsell_status adapter(const char *text, size_t len, int32_t ids, upsell_text **order,
                              upsell_error *error);

typedef struct payload_shape {
  adapter *run;
  const char *before;
  const char *line; /* %d: its number, %d: its units */
  const char *after;
  const char *refused_at;
} payload_shape;

#define YEN                                                                                        \
  "{\"shopMoney\":{\"amount\":\"7\",\"currencyCode\":\"JPY\"},\"presentmentMoney\":{"              \
  "\"currencyCode\":\"JPY\"}}"

static const payload_shape payload_shapes[] = {
    {upsell_order_from_input_data,
     "{\"referenceId\":\"r\",\"totalPriceSet\":" YEN ",\"lineItems\":[",
     "{\"product\":{\"id\":%d},\"quantity\":%d,\"totalPriceSet\":" YEN "}", "]}", "/lineItems"},
    {upsell_order_from_shopify_order,
     "{\"id\":\"gid://shopify/Order/1\",\"currencyCode\":\"JPY\",\"presentmentCurrencyCode\":"
     "\"JPY\",\"shippingAddress\":null,\"lineItems\":{\"pageInfo\":{\"hasNextPage\":false},"
     "\"nodes\":[",
     "{\"id\":\"gid://shopify/LineItem/%d\",\"quantity\":9,\"currentQuantity\":%d,\"product\":null,"
     "\"variant\":null,\"discountedTotalSet\":" YEN ",\"sellingPlan\":null,\"contract\":null}",
     "]}}", "/lineItems/nodes"},
};

/* A payload with so many lines, the first `none` of which have no units left. */
static inline upsell__buffer payload_with_lines(const payload_shape *s, int count, int none)
{
  upsell__buffer text = {0};
  char line[512];
  int i;

  upsell__buffer_append(&text, s->before, strlen(s->before));
  for (i = 1; i <= count; i++) {
    int len = snprintf(line, sizeof(line), s->line, i, i > none);
    upsell__buffer_append(&text, i > 1 ? "," : "", i > 1);
    upsell__buffer_append(&text, line, (size_t)len);
  }
  upsell__buffer_append(&text, s->after, strlen(s->after));
  return text;
}

#endif
