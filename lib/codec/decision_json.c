/* SPDX-License-Identifier: MIT */
/* The document "upsell.decision/1" (OUT-1 ... OUT-6), written key by key. */
#include "codec/page_texts.h"
#include "decide/decision.h"
#include "money/written.h"
#include "json/writer.h"

/* A key with what stands before it, from a literal: KEY(out, ",", "reason"). */
#define KEY(out, before, key) UPSELL__APPEND(out, before "\"" key "\":")

typedef struct writing {
  upsell__buffer *out;
  int32_t decimals;
} writing;

static void write_name(upsell__buffer *out, const char *name)
{
  if (name)
    upsell__write_string(out, upsell_str_of(name));
  else
    UPSELL__APPEND(out, "null");
}

static void write_money(const writing *w, int64_t amount)
{
  upsell__write_money(w->out, amount, w->decimals);
}

static void write_comma(upsell__buffer *out, size_t index)
{
  if (index)
    upsell__buffer_append_char(out, ',');
}

static void write_amounts(const writing *w, int64_t unit, int64_t line)
{
  KEY(w->out, "", "unit");
  write_money(w, unit);
  KEY(w->out, ",", "line");
  write_money(w, line);
  upsell__buffer_append_char(w->out, '}');
}

static void write_recurring(const writing *w, const upsell_price *price)
{
  size_t i;

  UPSELL__APPEND(w->out, ",\"recurring\":[");
  for (i = 0; i < price->recurring_count; i++) {
    const upsell_price_segment *segment = &price->recurring[i];
    write_comma(w->out, i);
    KEY(w->out, "{", "from_cycle");
    upsell__buffer_append_int(w->out, segment->from_cycle);
    upsell__buffer_append_char(w->out, ',');
    write_amounts(w, segment->unit, segment->line);
  }
  upsell__buffer_append_char(w->out, ']');
}

static void write_price(const writing *w, const upsell_price *price)
{
  KEY(w->out, ",", "price");
  KEY(w->out, "{", "list_unit");
  write_money(w, price->list_unit);
  KEY(w->out, ",", "plan_unit");
  if (price->has_plan)
    write_money(w, price->plan_unit);
  else
    UPSELL__APPEND(w->out, "null");
  UPSELL__APPEND(w->out, ",\"checkout\":{");
  write_amounts(w, price->checkout.unit, price->checkout.line);
  UPSELL__APPEND(w->out, ",\"offer_page\":{");
  write_amounts(w, price->offer_page.unit, price->offer_page.line);
  write_recurring(w, price);
  upsell__buffer_append_char(w->out, '}');
}

static void write_targets(const writing *w, const upsell_decision_view *view)
{
  size_t i;

  UPSELL__APPEND(w->out, ",\"targets\":[");
  for (i = 0; i < view->target_count; i++) {
    const upsell_target *target = &view->targets[i];
    write_comma(w->out, i);
    KEY(w->out, "{", "line_ids");
    upsell__write_strings(w->out, target->line_ids, target->line_count);
    KEY(w->out, ",", "contract_id");
    upsell__write_string_or_null(w->out, target->contract_id);
    KEY(w->out, ",", "selling_plan_id");
    upsell__write_string_or_null(w->out, target->selling_plan_id);
    write_price(w, &target->price);
    upsell__buffer_append_char(w->out, '}');
  }
  upsell__buffer_append_char(w->out, ']');
}

static void write_choices(const writing *w, const upsell_decision_view *view)
{
  size_t i;

  UPSELL__APPEND(w->out, ",\"choices\":[");
  for (i = 0; i < view->choice_count; i++) {
    write_comma(w->out, i);
    KEY(w->out, "{", "selling_plan_id");
    upsell__write_string(w->out, view->choices[i].selling_plan_id);
    write_price(w, &view->choices[i].price);
    upsell__buffer_append_char(w->out, '}');
  }
  upsell__buffer_append_char(w->out, ']');
}

static void write_total(const writing *w, const upsell_decision_view *view)
{
  UPSELL__APPEND(w->out, ",\"total\":{\"checkout\":");
  write_money(w, view->total_checkout);
  KEY(w->out, ",", "offer_page");
  write_money(w, view->total_offer_page);
  KEY(w->out, ",", "differs");
  upsell__write_bool(w->out, view->differs);
  upsell__buffer_append_char(w->out, '}');
}

static void write_quantity(upsell__buffer *out, const upsell_quantity *quantity)
{
  UPSELL__APPEND(out, ",\"quantity\":{\"default\":");
  upsell__buffer_append_int(out, quantity->initial);
  KEY(out, ",", "max");
  upsell__buffer_append_int(out, quantity->max);
  KEY(out, ",", "adjustable");
  upsell__write_bool(out, quantity->adjustable == UPSELL_YES);
  upsell__buffer_append_char(out, '}');
}

static void write_page(upsell__buffer *out, const upsell_page *page)
{
  UPSELL__APPEND(out, ",\"page\":{\"title\":");
  upsell__write_string(out, page->title);
  KEY(out, ",", "timer");
  upsell__write_timer(out, page);
  KEY(out, ",", "description");
  upsell__write_description(out, page);
  KEY(out, ",", "buy_button");
  upsell__write_string(out, page->buy_button);
  KEY(out, ",", "close_button");
  upsell__write_close_button(out, page);
  KEY(out, ",", "expires_after_seconds");
  upsell__buffer_append_int(out, page->expires_after_seconds);
  upsell__buffer_append_char(out, '}');
}

static void write_offer(const writing *w, const upsell_decision_view *view)
{
  KEY(w->out, ",", "offer");
  if (view->outcome != UPSELL_OUTCOME_OFFER) {
    UPSELL__APPEND(w->out, "null");
    return;
  }
  KEY(w->out, "{", "product_id");
  upsell__write_string(w->out, view->product_id);
  KEY(w->out, ",", "variant_id");
  upsell__write_string(w->out, view->variant_id);
  write_quantity(w->out, &view->quantity);
  KEY(w->out, ",", "cancel_line_ids");
  upsell__write_strings(w->out, view->cancel_line_ids, view->cancel_line_count);
  write_targets(w, view);
  write_choices(w, view);
  write_total(w, view);
  write_page(w->out, view->page);
  upsell__buffer_append_char(w->out, '}');
}

static void write_considered(upsell__buffer *out, const upsell_decision_view *view)
{
  size_t i;

  UPSELL__APPEND(out, ",\"considered\":[");
  for (i = 0; i < view->considered_count; i++) {
    write_comma(out, i);
    KEY(out, "{", "scenario_id");
    upsell__write_string(out, view->considered[i].scenario_id);
    KEY(out, ",", "reason");
    write_name(out, upsell_reason_name(view->considered[i].reason));
    upsell__buffer_append_char(out, '}');
  }
  upsell__buffer_append_char(out, ']');
}

static void write_decision(const writing *w, const upsell_decision_view *view)
{
  int has_offer = view->outcome == UPSELL_OUTCOME_OFFER;

  UPSELL__APPEND(w->out, "{\"format\":\"upsell.decision/1\",\"order_id\":");
  upsell__write_string(w->out, view->order_id);
  KEY(w->out, ",", "outcome");
  write_name(w->out, has_offer ? "offer" : "no_offer");
  KEY(w->out, ",", "reason");
  write_name(w->out, upsell_reason_name(view->reason));
  KEY(w->out, ",", "scenario_id");
  upsell__write_string_or_null(w->out, view->scenario_id);
  KEY(w->out, ",", "pattern");
  write_name(w->out, upsell_pattern_name(view->pattern));
  KEY(w->out, ",", "priority");
  if (has_offer)
    upsell__buffer_append_int(w->out, view->priority);
  else
    UPSELL__APPEND(w->out, "null");
  write_offer(w, view);
  write_considered(w->out, view);
  upsell__buffer_append_char(w->out, '}');
}

upsell_status upsell_decision_to_json(upsell_decision *decision, const char **text, size_t *len)
{
  writing w;

  if (!decision || !text || !len || decision->view.outcome == UPSELL_OUTCOME_NONE)
    return UPSELL_INVALID_ARGUMENT;
  w.out = &decision->text;
  w.decimals = decision->view.currency.decimals;
  w.out->len = 0;
  w.out->failed = 0;
  write_decision(&w, &decision->view);
  upsell__buffer_append_char(w.out, '\0');
  if (w.out->failed)
    return UPSELL_NO_MEMORY;
  *text = w.out->data;
  *len = w.out->len - 1;
  return UPSELL_OK;
}
