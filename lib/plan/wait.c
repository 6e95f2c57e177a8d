/* SPDX-License-Identifier: MIT */
#include "plan/wait.h"

#include "plan/advance.h"
#include "plan/match.h"

/* The last poll is made at the deadline; one that got no answer there is repeated, since
 * only an answer can show that time ran out in vain. */
static void poll_again(upsell__run *run, uint32_t number)
{
  upsell__standing *standing = &run->steps[number];
  int64_t sent_at = standing->due_at;

  standing->due_at = sent_at + run->program->steps[number].every_seconds;
  if (sent_at < standing->deadline && standing->due_at > standing->deadline)
    standing->due_at = standing->deadline;
  standing->phase = UPSELL__PHASE_DUE;
  run->changed = 1;
}

void upsell__wait_polled(upsell__run *run, uint32_t number, const upsell__result *result)
{
  const upsell__standing *standing = &run->steps[number];
  upsell__result timeout = upsell__result_other("timeout");

  switch (result->kind) {
  case UPSELL__RESULT_NO_ANSWER:
  case UPSELL__RESULT_THROTTLED:
    poll_again(run, number);
    break;
  case UPSELL__RESULT_NOT_YET:
    if (standing->due_at < standing->deadline)
      poll_again(run, number);
    else
      upsell__advance(run, number, &timeout);
    break;
  default:
    upsell__advance(run, number, result);
    break;
  }
}

static int is_about(upsell__filling *filling, const upsell__webhook *webhook, upsell_str topic,
                    const upsell__value *body)
{
  upsell__conditions where;

  if (!upsell__str_equal(webhook->topic, topic))
    return 0;
  return !webhook->where || (upsell__where_fill(filling, webhook->where, &where) &&
                             upsell__where_matches(&where, body));
}

/* A `where` that cannot be filled in is about nothing: the poll comes anyway. */
static int is_woken(upsell__run *run, const upsell__step *step, upsell_str topic,
                    const upsell__value *body)
{
  upsell__filling filling = {run, UPSELL_OK, 0};
  int woken = 0;
  size_t i;

  for (i = 0; i < step->webhook_count && !woken; i++)
    woken = is_about(&filling, &step->webhooks[i], topic, body);
  if (filling.status == UPSELL_NO_MEMORY)
    run->failed = 1;
  return woken;
}

void upsell__wait_wake(upsell__run *run, upsell_str topic, const upsell__value *body)
{
  uint32_t i;

  for (i = 0; i < run->program->step_count; i++) {
    upsell__standing *standing = &run->steps[i];
    if (standing->phase == UPSELL__PHASE_DUE && standing->due_at > run->now &&
        is_woken(run, &run->program->steps[i], topic, body)) {
      standing->due_at = run->now;
      run->changed = 1;
    }
  }
}
