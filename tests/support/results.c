/* SPDX-License-Identifier: MIT */
#include "results.h"

#include <inttypes.h>
#include <stdio.h>

/* What is left to read of a result's texts. */
typedef struct texts {
  const char *at;
  size_t len;
} texts;

/* Reads the next text, which must be this one and end with a NUL; an absent text is
 * written as an empty one. */
static int next_is(texts *left, upsell_str expected)
{
  const char *end = left->len ? memchr(left->at, '\0', left->len) : NULL;
  const char *text = left->at;

  if (!end)
    return 0;
  left->len -= (size_t)(end - text) + 1;
  left->at = end + 1;
  return (size_t)(end - text) == expected.len &&
         (!expected.len || memcmp(text, expected.data, expected.len) == 0);
}

static int next_is_number(texts *left, uint64_t expected)
{
  char digits[24];

  snprintf(digits, sizeof(digits), "%" PRIu64, expected);
  return next_is(left, upsell_str_of(digits));
}

static const char *target_differs(texts *left, const upsell_target *target)
{
  size_t i;

  if (!next_is(left, target->selling_plan_id))
    return "selling plan of a target";
  if (!next_is(left, target->contract_id))
    return "contract of a target";
  if (!next_is_number(left, target->line_count))
    return "number of lines of a target";
  for (i = 0; i < target->line_count; i++) {
    if (!next_is(left, target->line_ids[i]))
      return "line of a target";
  }
  return NULL;
}

static const char *loser_differs(texts *left, const upsell_considered *loser)
{
  if (!next_is(left, loser->scenario_id))
    return "scenario that lost";
  if (!next_is_number(left, loser->scenario_index))
    return "place of a scenario that lost";
  if (loser->reason < 0 || !next_is_number(left, (uint64_t)loser->reason))
    return "reason of a scenario that lost";
  return NULL;
}

static const char *texts_differ(texts *left, const upsell_decision_view *decision)
{
  const char *differs = next_is(left, decision->order_id) ? NULL : "id of the order";
  size_t i;

  for (i = 0; i < decision->target_count && !differs; i++)
    differs = target_differs(left, &decision->targets[i]);
  for (i = 0; i < decision->considered_count && !differs; i++)
    differs = loser_differs(left, &decision->considered[i]);
  return differs || !left->len ? differs : "text behind the last one";
}

static const char *numbers_differ(const upsell_result *result, const upsell_decision_view *decision)
{
  if (result->status)
    return "status";
  if (result->outcome != decision->outcome)
    return "outcome";
  if (result->reason != decision->reason)
    return "reason";
  if (result->scenario_index != decision->scenario_index)
    return "scenario_index";
  if (result->quantity_max != decision->quantity.max)
    return "quantity_max";
  if (result->target_count != decision->target_count)
    return "target_count";
  if (result->considered_count != decision->considered_count)
    return "considered_count";
  if (result->total_checkout != decision->total_checkout)
    return "total_checkout";
  if (result->total_offer_page != decision->total_offer_page)
    return "total_offer_page";
  return NULL;
}

const char *result_differs(const upsell_batch_view *batch, const upsell_result *result,
                           const upsell_decision_view *decision)
{
  const char *differs = numbers_differ(result, decision);
  texts left;

  if (differs)
    return differs;
  if (result->text_at > batch->text_len || result->text_len > batch->text_len - result->text_at)
    return "text_at and text_len, which lead out of the text";
  left.at = batch->text + result->text_at;
  left.len = (size_t)result->text_len;
  return texts_differ(&left, decision);
}

int result_is_refusal(const upsell_result *result)
{
  upsell_result rest = *result;
  static const upsell_result nothing = {0};

  rest.status = UPSELL_OK;
  rest.line = 0;
  rest.order_at = 0;
  rest.order_len = 0;
  return result->status != UPSELL_OK && memcmp(&rest, &nothing, sizeof(rest)) == 0;
}
