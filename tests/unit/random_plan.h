/* SPDX-License-Identifier: MIT */
/* Random plans with all channels, verbs and lanes. Some break a rule and are refused by
 * the library; those that are left are good. */
#ifndef UPSELL_TESTS_RANDOM_PLAN_H
#define UPSELL_TESTS_RANDOM_PLAN_H

#include <stdarg.h>
#include <stdio.h>

#include "random.h"

enum { DRAFT_STEPS = 9, DRAFT_SIZE = 8192 };

typedef struct draft {
  char text[DRAFT_SIZE];
  size_t len;
  uint64_t *state;
  uint32_t steps;
  uint32_t lane; /* number of the first step of the compensation lane */
  uint32_t once; /* the last step so far that must happen once only; 0: none */
} draft;

static inline void draft_add(draft *d, const char *format, ...)
{
  va_list args;

  va_start(args, format);
  d->len += (size_t)vsnprintf(d->text + d->len, sizeof(d->text) - d->len, format, args);
  va_end(args);
}

static inline uint32_t draft_below(draft *d, uint32_t count)
{
  return random_below(d->state, count);
}

static inline void draft_needs(draft *d, uint32_t step)
{
  uint32_t first = step >= d->lane ? d->lane : 0;
  const char *comma = "";
  uint32_t i;

  draft_add(d, "\"depends_on\":[");
  for (i = first; i < step; i++) {
    if (i + 1 == step || draft_below(d, 3) == 0) {
      draft_add(d, "%s\"s%u\"", comma, i);
      comma = ",";
    }
  }
  draft_add(d, "]");
}

/* A result that may come, for a row. */
static inline const char *draft_result(draft *d, uint32_t step)
{
  static const char *const of_calls[] = {
      "ok",        "c",  "no_answer",      "no_answer", "throttled",
      "throttled", "E1", "missing_output", "timeout",   "graphql_error"};
  static const char *const of_charges[] = {"processed", "unprocessed/full",
                                           "no_answer", "no_answer",
                                           "expired",   "changeset_already_applied",
                                           "busy",      "partially_processed",
                                           "not_sent",  "unprocessed"};

  return step == 0 ? of_charges[draft_below(d, 10)] : of_calls[draft_below(d, 10)];
}

/* A restart behind all that must happen once only. */
static inline void draft_restart(draft *d, uint32_t step)
{
  uint32_t first = d->once ? d->once + 1 : 0;

  if (step >= d->lane && first < d->lane)
    first = d->lane;
  draft_add(d, "\"restart_from\",\"step\":\"s%u\",\"max\":%u}",
            first + draft_below(d, step - first + 1), 1 + draft_below(d, 2));
}

static inline void draft_row(draft *d, uint32_t step, const char *comma)
{
  uint32_t end = step >= d->lane ? d->steps : d->lane;
  uint32_t verb = draft_below(d, 8);
  int repeats_once = verb >= 3 && verb < 7 && step && d->once == step;

  draft_add(d, "%s{\"when\":\"%s\",\"do\":", comma,
            repeats_once ? "throttled" : draft_result(d, step));
  if (verb == 0 && step + 1 < end)
    draft_add(d, "\"skip_to\",\"step\":\"s%u\"}", step + 1 + draft_below(d, end - step - 1));
  else if (verb == 1 && step < d->lane && d->lane < d->steps)
    draft_add(d, "\"compensate\",\"step\":\"s%u\",\"state\":\"unpaid_line\"}", d->lane);
  else if (verb == 2 && (!step || d->once != step))
    draft_restart(d, step);
  else if (verb >= 3 && verb < 7)
    draft_add(d, "\"retry\",\"max\":%u,\"wait_seconds\":%u}", 1 + draft_below(d, 3),
              draft_below(d, 4));
  else
    draft_add(d, "\"next\"}");
}

static inline void draft_variables(draft *d, uint32_t step)
{
  draft_add(d, ",\"variables\":{\"run\":{\"$host\":\"run_id\"}");
  if (step > 1 && step != d->lane && draft_below(d, 8) == 0)
    draft_add(d, ",\"v\":{\"$bind\":\"s%u/v\"}", step - 1);
  draft_add(d, "}");
}

static inline void draft_call(draft *d, uint32_t step)
{
  int irreversible = draft_below(d, 2) == 0;
  int keyed = draft_below(d, 2) == 0;

  if (irreversible && !keyed)
    d->once = step;
  draft_add(d,
            ",\"channel\":\"admin_graphql\",\"irreversible\":%s,\"operation\":\"o\","
            "\"document\":\"d\"",
            irreversible ? "true" : "false");
  draft_variables(d, step);
  draft_add(d,
            ",\"errors\":\"/e\",\"output\":{\"v\":\"/v\"},"
            "\"checks\":[{\"name\":\"c\",\"at\":\"/c\",\"op\":\"present\"}]");
  if (keyed)
    draft_add(d, ",\"idempotency_key\":\"k%u\"", step);
}

static inline void draft_wait(draft *d, uint32_t step)
{
  draft_add(d,
            ",\"channel\":\"wait\",\"irreversible\":false,\"webhooks\":[\"t\"],\"poll\":{"
            "\"operation\":\"o\",\"document\":\"d\",\"every_seconds\":%u",
            1 + draft_below(d, 9));
  draft_variables(d, step);
  draft_add(d,
            "},\"until\":[{\"name\":\"u\",\"at\":\"/u\",\"op\":\"present\"}],"
            "\"checks\":[{\"name\":\"c\",\"at\":\"/c\",\"op\":\"present\"}],"
            "\"output\":{\"v\":\"/v\"},\"timeout_seconds\":%u",
            5 + draft_below(d, 40));
}

/* Without these a charge stops whatever comes of it. */
static const char charge_goes_on[] =
    "{\"when\":\"processed\",\"do\":\"next\"},{\"when\":\"partially_processed\",\"do\":\"next\"},"
    "{\"when\":\"changeset_already_applied\",\"do\":\"next\"},"
    "{\"when\":\"no_answer\",\"do\":\"next\"}";

/* The first step charges; the others call or wait. */
static inline void draft_step(draft *d, uint32_t step)
{
  uint32_t rows = 1 + draft_below(d, 6);
  uint32_t i;

  draft_add(d, "%s{\"id\":\"s%u\",\"if_stopped\":\"unknown\",", step ? "," : "", step);
  draft_needs(d, step);
  if (step >= d->lane)
    draft_add(d, ",\"lane\":\"compensation\"");
  if (step == 0)
    draft_add(d,
              ",\"channel\":\"changeset\",\"irreversible\":true,\"changes\":[{}],"
              "\"buyer_consent\":true,\"expect\":{},\"idempotency_key\":\"k\","
              "\"expires_after_seconds\":%u",
              1 + draft_below(d, 20));
  else if (draft_below(d, 3))
    draft_call(d, step);
  else
    draft_wait(d, step);
  draft_add(d, ",\"on\":[");
  for (i = 0; i < rows; i++)
    draft_row(d, step, i ? "," : "");
  if (step == 0)
    draft_add(d, "%s%s", rows ? "," : "", charge_goes_on);
  draft_add(d, "]}");
}

static inline void draft_plan(draft *d, uint64_t *state)
{
  uint32_t i;

  d->len = 0;
  d->once = 0;
  d->state = state;
  d->steps = 3 + draft_below(d, DRAFT_STEPS - 2);
  d->lane = d->steps - draft_below(d, d->steps - 1 < 3 ? d->steps - 1 : 3);
  draft_add(d, "{\"format\":\"upsell.plan/1\",\"plan_id\":\"p\",\"steps\":[");
  for (i = 0; i < d->steps; i++)
    draft_step(d, i);
  draft_add(d, "]}");
}

#endif
