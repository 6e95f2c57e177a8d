/* SPDX-License-Identifier: MIT */
#include "shopify/plan_text.h"

#include "plan/write.h"
#include "shopify/documents.h"
#include "shopify/wording.h"
#include "json/writer.h"

static void (*const words[])(upsell__wording *) = {
    [UPSELL__TASK_CHARGE] = upsell__word_charge,
    [UPSELL__TASK_FIND_ORDER] = upsell__word_find_order,
    [UPSELL__TASK_CLAIM] = upsell__word_claim,
    [UPSELL__TASK_YIELD] = upsell__word_yield,
    [UPSELL__TASK_CONFIRM] = upsell__word_confirm,
    [UPSELL__TASK_ADD_TO_CONTRACT] = upsell__word_add_to_contract,
    [UPSELL__TASK_AWAIT_CONTRACT] = upsell__word_await_contract,
    [UPSELL__TASK_REFUND] = upsell__word_refund,
    [UPSELL__TASK_VERIFY] = upsell__word_verify,
    [UPSELL__TASK_UNDO] = upsell__word_undo,
};

void upsell__plan_write_steps(const upsell__terms *terms, upsell__plan_steps *steps)
{
  upsell__wording wording = {terms, &steps->text, 0, 0, 0, NULL};
  const upsell__task *task = upsell__recipe(terms->deal->pattern);

  for (; *task != UPSELL__TASK_END; task++) {
    size_t times = upsell__task_per_target(*task) ? terms->deal->target_count : 1;
    for (wording.target = 0; wording.target < times; wording.target++)
      words[*task](&wording);
    wording.target = 0;
  }
  steps->count = wording.steps;
  steps->scopes = wording.scopes;
}

static void key(upsell__buffer *out, const char *name)
{
  upsell__write_key(out, upsell_str_of(name));
}

static void member(upsell__buffer *out, const char *name, upsell_str value)
{
  key(out, name);
  upsell__write_string_or_null(out, value);
}

static void write_scopes(upsell__buffer *out, uint32_t scopes)
{
  upsell_str names[UPSELL__SCOPES];
  size_t count = upsell__scope_names(scopes, names);

  key(out, "scopes");
  upsell__write_strings(out, names, count);
}

static void write_target(upsell__buffer *out, const upsell__deal *deal,
                         const upsell__deal_target *target)
{
  int32_t decimals = deal->catalog->currency.decimals;
  size_t i;

  UPSELL__APPEND(out, "{\"line_ids\":");
  upsell__write_strings(out, target->offered->line_ids, target->offered->line_count);
  key(out, "quantity");
  upsell__buffer_append_int(out, deal->quantity);
  key(out, "now");
  upsell__write_money(out, target->price.offer_page.line, decimals);
  UPSELL__APPEND(out, ",\"recurring\":[");
  for (i = 0; i < target->price.recurring_count; i++) {
    const upsell_price_segment *segment = &target->price.recurring[i];
    upsell__write_comma(out);
    UPSELL__APPEND(out, "{\"from_cycle\":");
    upsell__buffer_append_int(out, segment->from_cycle);
    key(out, "unit");
    upsell__write_money(out, segment->unit, decimals);
    key(out, "line");
    upsell__write_money(out, segment->line, decimals);
    upsell__buffer_append_char(out, '}');
  }
  UPSELL__APPEND(out, "]}");
}

/* A line that is paid back, with its amount where the order has one. */
static void write_refund(upsell__buffer *out, const upsell__deal *deal, uint32_t index)
{
  const upsell_order_line *line = upsell__order_line_at(deal->order, index);
  int64_t total;

  UPSELL__APPEND(out, "{\"line_id\":");
  upsell__write_string(out, line->id);
  key(out, "quantity");
  upsell__buffer_append_int(out, line->quantity);
  if (upsell__paid_for(line, &total)) {
    key(out, "amount");
    upsell__write_money(out, total, deal->catalog->currency.decimals);
  }
  upsell__buffer_append_char(out, '}');
}

static void write_charge(upsell__buffer *out, const upsell__deal *deal)
{
  size_t i;

  key(out, "charge");
  UPSELL__APPEND(out, "{\"now\":");
  upsell__write_money(out, deal->now, deal->catalog->currency.decimals);
  UPSELL__APPEND(out, ",\"targets\":[");
  for (i = 0; i < deal->target_count; i++) {
    upsell__write_comma(out);
    write_target(out, deal, &deal->targets[i]);
  }
  UPSELL__APPEND(out, "],\"refunds\":[");
  for (i = 0; i < deal->cancelled_count; i++) {
    upsell__write_comma(out);
    write_refund(out, deal, deal->cancelled[i]);
  }
  UPSELL__APPEND(out, "]}");
}

void upsell__plan_write(const upsell__terms *terms, const upsell__plan_steps *steps,
                        upsell__buffer *text)
{
  const upsell__deal *deal = terms->deal;
  int calculates = terms->dialect == UPSELL_DIALECT_CALCULATION;

  UPSELL__APPEND(text, "{\"format\":\"upsell.plan/1\"");
  member(text, "plan_id", upsell_str_of(terms->plan_id));
  member(text, "pattern", upsell_str_of(upsell_pattern_name(deal->pattern)));
  member(text, "scenario_id", deal->scenario->id);
  member(text, "order_id", deal->order->id);
  member(text, "shop", terms->shop);
  member(text, "reference_id", terms->reference);
  member(text, "api_version", upsell_str_of(upsell_api_version_name(terms->api_version)));
  member(text, "dialect", upsell_str_of(calculates ? "calculation" : "draft"));
  member(text, "currency", upsell_str_of(deal->catalog->currency.code));
  write_scopes(text, steps->scopes);
  key(text, "known_line_ids");
  upsell__write_strings(text, terms->known_lines, terms->known_lines ? deal->order->line_count : 0);
  write_charge(text, deal);
  UPSELL__APPEND(text, ",\"steps\":[");
  upsell__buffer_append(text, steps->text.data, steps->text.len);
  UPSELL__APPEND(text, "]}");
}
