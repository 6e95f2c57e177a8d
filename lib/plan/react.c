/* SPDX-License-Identifier: MIT */
#include "plan/react.h"

#include "plan/advance.h"
#include "plan/answer.h"
#include "plan/changeset.h"
#include "plan/wait.h"

/* Takes in what came of the step that is in flight. */
static void conclude(upsell__run *run, uint32_t number, const upsell__result *result)
{
  upsell__standing *standing = &run->steps[number];
  upsell__result proven = *result;

  switch (run->program->steps[number].channel) {
  case UPSELL__CHANNEL_WAIT:
    upsell__wait_polled(run, number, result);
    return;
  case UPSELL__CHANNEL_CHANGESET:
    if (result->kind == UPSELL__RESULT_NO_ANSWER)
      standing->unanswered = 1;
    proven = upsell__changeset_proven(standing, result);
    break;
  default:
    break;
  }
  upsell__advance(run, number, &proven);
}

/* What a step comes to that was certainly not sent. The server may send it later; the
 * buyer's page says why it did not. */
static upsell__result not_sent(const upsell__step *step, upsell_str reason)
{
  if (step->channel != UPSELL__CHANNEL_CHANGESET)
    return upsell__result_throttled();
  if (!reason.data)
    reason = upsell_str_of("not_sent");
  return upsell__result_of(UPSELL__RESULT_NOT_SENT, reason);
}

/* An event about a step: the one in flight, or nothing. */
static void react_to_outcome(upsell__run *run, const upsell__event *event)
{
  const upsell__step *step = &run->program->steps[event->step];
  upsell__result result = upsell__result_no_answer();

  if (run->steps[event->step].phase != UPSELL__PHASE_SENT)
    return;
  if (event->kind == UPSELL_EVENT_ANSWER)
    result = upsell__answer_read(run, step, event->body, event->http_status);
  else if (event->kind == UPSELL_EVENT_NOT_SENT)
    result = not_sent(step, event->reason);
  conclude(run, event->step, &result);
}

/* A host starts again: nobody waits for the answer of the step in flight any more. */
static void resume(upsell__run *run)
{
  upsell__result result = upsell__result_no_answer();
  uint32_t number = upsell__run_in_flight(run);

  if (number != UPSELL__NO_STEP)
    conclude(run, number, &result);
}

void upsell__react(upsell__run *run, const upsell__event *event)
{
  switch (event->kind) {
  case UPSELL_EVENT_RESUME:
    resume(run);
    break;
  case UPSELL_EVENT_ANSWER:
  case UPSELL_EVENT_NO_ANSWER:
  case UPSELL_EVENT_NOT_SENT:
    react_to_outcome(run, event);
    break;
  case UPSELL_EVENT_WEBHOOK:
    upsell__wait_wake(run, event->topic, event->body);
    break;
  default: /* a start, or time: what is due shows it */
    break;
  }
}
