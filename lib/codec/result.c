/* SPDX-License-Identifier: MIT */
#include "codec/result.h"

static void write_text(upsell__buffer *out, upsell_str text)
{
  upsell__buffer_append(out, text.data, text.len);
  upsell__buffer_append_char(out, '\0');
}

static void write_number(upsell__buffer *out, uint64_t number)
{
  upsell__buffer_append_uint(out, number);
  upsell__buffer_append_char(out, '\0');
}

static void write_target(upsell__buffer *out, const upsell_target *target)
{
  size_t i;

  write_text(out, target->selling_plan_id);
  write_text(out, target->contract_id);
  write_number(out, target->line_count);
  for (i = 0; i < target->line_count; i++)
    write_text(out, target->line_ids[i]);
}

static void write_considered(upsell__buffer *out, const upsell_considered *considered)
{
  write_text(out, considered->scenario_id);
  write_number(out, considered->scenario_index);
  write_number(out, (uint64_t)considered->reason);
}

void upsell__result_write(const upsell_decision_view *view, upsell_result *result,
                          upsell__buffer *text)
{
  size_t i;

  result->outcome = view->outcome;
  result->reason = view->reason;
  result->scenario_index = view->scenario_index;
  result->quantity_max = view->quantity.max;
  result->target_count = (uint32_t)view->target_count;
  result->considered_count = (uint32_t)view->considered_count;
  result->total_checkout = view->total_checkout;
  result->total_offer_page = view->total_offer_page;
  result->text_at = text->len;
  write_text(text, view->order_id);
  for (i = 0; i < view->target_count; i++)
    write_target(text, &view->targets[i]);
  for (i = 0; i < view->considered_count; i++)
    write_considered(text, &view->considered[i]);
  result->text_len = text->len - result->text_at;
}
