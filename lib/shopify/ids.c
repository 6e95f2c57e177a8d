/* SPDX-License-Identifier: MIT */
/* The ids of a plan: digests of what they stand for (PLN-4). */
#include "shopify/terms.h"

static void add_order(upsell__digest *digest, const upsell_order *order)
{
  size_t i;

  upsell__digest_text(digest, order->id);
  upsell__digest_text(digest, upsell_str_of(order->currency));
  upsell__digest_number(digest, order->has_shipping_address == UPSELL_NO);
  upsell__digest_number(digest, (int64_t)order->line_count);
  for (i = 0; i < order->line_count; i++) {
    const upsell_order_line *line = upsell__order_line_at(order, i);
    upsell__digest_text(digest, line->id);
    upsell__digest_text(digest, line->product_id);
    upsell__digest_text(digest, line->variant_id);
    upsell__digest_number(digest, line->quantity);
    upsell__digest_number(digest, line->has_unit_price ? line->unit_price : -1);
    upsell__digest_number(digest, line->has_discounted_total ? line->discounted_total : -1);
    upsell__digest_text(digest, line->selling_plan_id);
    upsell__digest_text(digest, line->contract_id);
  }
}

static void add_price(upsell__digest *digest, const upsell_price *price)
{
  size_t i;

  upsell__digest_number(digest, price->list_unit);
  upsell__digest_number(digest, price->has_plan ? price->plan_unit : -1);
  upsell__digest_number(digest, price->checkout.line);
  upsell__digest_number(digest, price->offer_page.unit);
  upsell__digest_number(digest, price->offer_page.line);
  upsell__digest_number(digest, (int64_t)price->recurring_count);
  for (i = 0; i < price->recurring_count; i++) {
    upsell__digest_number(digest, price->recurring[i].from_cycle);
    upsell__digest_number(digest, price->recurring[i].unit);
  }
}

static void add_plan(upsell__digest *digest, const upsell__plan *plan)
{
  uint32_t i;

  upsell__digest_number(digest, plan ? (int64_t)plan->pricing_count : -1);
  if (!plan)
    return;
  upsell__digest_text(digest, plan->id);
  upsell__digest_text(digest, plan->name);
  for (i = 0; i < plan->pricing_count; i++) {
    upsell__digest_number(digest, plan->pricing[i].after_cycle);
    upsell__digest_number(digest, plan->pricing[i].type);
    upsell__digest_number(digest, plan->pricing[i].value);
  }
}

static void add_texts(upsell__digest *digest, const upsell_str *texts, size_t count)
{
  size_t i;

  upsell__digest_number(digest, (int64_t)count);
  for (i = 0; i < count; i++)
    upsell__digest_text(digest, texts[i]);
}

/* All of the catalogue that the plan depends on, which the decision has picked. */
static void add_deal(upsell__digest *digest, const upsell__deal *deal)
{
  const upsell_decision_view *view = deal->view;
  size_t i;

  upsell__digest_text(digest, deal->scenario->id);
  upsell__digest_number(digest, deal->pattern);
  upsell__digest_number(digest, deal->quantity);
  upsell__digest_text(digest, deal->variant->id);
  upsell__digest_number(digest, deal->scenario->discount.type);
  upsell__digest_number(digest, deal->scenario->discount.value);
  upsell__digest_number(digest, view->page->expires_after_seconds);
  upsell__digest_number(digest, (int64_t)deal->target_count);
  for (i = 0; i < deal->target_count; i++) {
    add_texts(digest, deal->targets[i].offered->line_ids, deal->targets[i].offered->line_count);
    add_plan(digest, deal->targets[i].plan);
    add_price(digest, &deal->targets[i].price);
  }
}

static void plan_id(upsell__terms *terms)
{
  upsell__digest digest;

  upsell__digest_init(&digest, "upsell.plan/1");
  upsell__digest_number(&digest, terms->api_version);
  upsell__digest_number(&digest, terms->dialect);
  upsell__digest_text(&digest, terms->shop);
  upsell__digest_text(&digest, terms->reference);
  add_order(&digest, terms->deal->order);
  add_deal(&digest, terms->deal);
  upsell__digest_uuid(&digest, terms->plan_id);
}

/* A domain is the same in capital letters. */
static void add_domain(upsell__digest *digest, upsell_str domain)
{
  char lower[256]; /* as long as a domain may be (PLN-3) */
  size_t i;

  for (i = 0; domain.data && i < domain.len && i < sizeof(lower); i++) {
    char c = domain.data[i];
    lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
  }
  if (domain.data)
    domain.data = lower;
  upsell__digest_text(digest, domain);
}

/* Shop, purchase and scenario alone: a second acceptance of the offer, whatever its
 * quantity, has the same key and cannot charge again. */
static void charge_key(upsell__terms *terms)
{
  upsell__digest digest;

  upsell__digest_init(&digest, "upsell.charge");
  add_domain(&digest, terms->shop);
  upsell__digest_text(&digest, terms->reference.data ? terms->reference : terms->order_gid);
  upsell__digest_text(&digest, terms->deal->scenario->id);
  upsell__digest_uuid(&digest, terms->charge_key);
}

static void step_key(const upsell__terms *terms, const char *purpose, char key[UPSELL__UUID_SIZE])
{
  upsell__digest digest;

  upsell__digest_init(&digest, purpose);
  upsell__digest_text(&digest, upsell_str_of(terms->plan_id));
  upsell__digest_uuid(&digest, key);
}

static void metafield_key(char key[UPSELL__METAFIELD_KEY_SIZE], const char *word, const char *uuid)
{
  size_t len = strlen(word);

  memcpy(key, word, len);
  memcpy(key + len, uuid, UPSELL__UUID_SIZE);
}

void upsell__terms_ids(upsell__terms *terms)
{
  char scenario[UPSELL__UUID_SIZE];
  upsell__digest digest;

  plan_id(terms);
  charge_key(terms);
  step_key(terms, "upsell.refund", terms->refund_key);
  step_key(terms, "upsell.undo", terms->undo_key);
  upsell__digest_init(&digest, "upsell.evidence");
  upsell__digest_text(&digest, terms->deal->scenario->id);
  upsell__digest_uuid(&digest, scenario);
  metafield_key(terms->evidence, "charge-", scenario);
  metafield_key(terms->claim, "claim-", terms->plan_id);
}
