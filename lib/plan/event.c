/* SPDX-License-Identifier: MIT */
#include "plan/event.h"

#include "model/values.h"
#include "plan/codes.h"
#include "plan/document.h"
#include "plan/part.h"
#include "plan/result.h"
#include "plan/run.h"

static const upsell__path root = {NULL, "event", 5, 0};

/* In the order of their constants. */
static const char *const kinds[] = {"start",     "resume",   "tick",    "answer",
                                    "no_answer", "not_sent", "webhook", NULL};

/* ---- values, whichever way they came ---- */

static int bad_value(upsell__sink *sink, const char *key, const char *expected, upsell_str found)
{
  upsell__path path = upsell__at_key(&root, key);
  char quoted[UPSELL__QUOTE_SIZE];

  upsell__report(sink, UPSELL_BAD_VALUE, &path, "%s was expected, found %s.", expected,
                 upsell__quote(found, quoted));
  return 0;
}

/* Whether a required text is there. */
static int is_there(upsell__sink *sink, const char *key, upsell_str text)
{
  if (!text.data)
    upsell__report_missing(sink, &root, key);
  return text.data != NULL;
}

static int check_run_id(upsell__sink *sink, upsell_str run_id)
{
  if (!is_there(sink, "run_id", run_id))
    return 0;
  return upsell__is_run_id(run_id) ||
         bad_value(sink, "run_id",
                   "A run id of 8 to 64 letters, digits, \"-\" or \"_\", with a letter", run_id);
}

static int check_step(const upsell__program *program, upsell__sink *sink, upsell_str id,
                      uint32_t *number)
{
  if (!is_there(sink, "step", id))
    return 0;
  *number = upsell__step_number(program, id);
  return *number != UPSELL__NO_STEP || bad_value(sink, "step", "The id of a step of this plan", id);
}

/* A reason must not pass for something that was executed. */
static int check_reason(upsell__sink *sink, upsell_str reason)
{
  if (!reason.data || upsell__str_equal(reason, upsell_str_of("not_sent")))
    return 1;
  return (upsell__result_is_code(reason) &&
          !upsell__str_equal(reason, upsell_str_of(UPSELL__CODE_APPLIED))) ||
         bad_value(sink, "reason",
                   "A reason of 1 to 64 letters, digits, \"_\", \".\" or \"-\" that is no result "
                   "of the platform or the runner",
                   reason);
}

/* As in a document, where no text is empty. */
static int check_topic(upsell__sink *sink, upsell_str topic)
{
  upsell__path path = upsell__at_key(&root, "topic");

  return is_there(sink, "topic", topic) && upsell__must_be_text(sink, &path, topic);
}

static int check_http_status(upsell__sink *sink, int32_t http_status)
{
  upsell__check check = {sink, 1};

  return http_status == 0 ||
         upsell__check_range(&check, &root, "http_status", http_status, 100, 599);
}

static int check_kind(upsell__sink *sink, int32_t kind)
{
  upsell__check check = {sink, 1};

  return upsell__check_enum(&check, &root, "type", kind, UPSELL_EVENT_WEBHOOK, 1);
}

static int check_time(upsell__sink *sink, int64_t now)
{
  upsell__check check = {sink, 1};

  return upsell__check_range(&check, &root, "now", now, 0, UPSELL__TIME_MAX);
}

/* Checks what the kind asks for and puts it into `*event`; the body is left out. */
static upsell_status take_values(const upsell__program *program, const upsell_event *given,
                                 upsell__event *event, upsell__sink *sink)
{
  memset(event, 0, sizeof(*event));
  event->kind = given->kind;
  event->now = given->now;
  event->run_id = given->run_id;
  event->step = UPSELL__NO_STEP;
  event->reason = given->reason;
  event->topic = given->topic;
  event->http_status = given->http_status;
  if (!check_kind(sink, given->kind) || !check_time(sink, given->now))
    return sink->status;
  if (given->kind == UPSELL_EVENT_START)
    check_run_id(sink, given->run_id);
  if (given->kind >= UPSELL_EVENT_ANSWER && given->kind <= UPSELL_EVENT_NOT_SENT)
    check_step(program, sink, given->step, &event->step);
  if (given->kind == UPSELL_EVENT_ANSWER)
    check_http_status(sink, given->http_status);
  if (given->kind == UPSELL_EVENT_NOT_SENT)
    check_reason(sink, given->reason);
  if (given->kind == UPSELL_EVENT_WEBHOOK)
    check_topic(sink, given->topic);
  return sink->status;
}

/* ---- a struct ---- */

/* A body that is no JSON is as good as none: an answer without one is no answer, and
 * a webhook without one wakes only who asks for no more than its topic. */
static upsell_status take_body(upsell_str text, upsell__arena *arena, upsell__event *event,
                               upsell__sink *sink)
{
  upsell__sink nowhere = {UPSELL_OK, NULL, NULL, 0};

  if (!text.data)
    return UPSELL_OK;
  if (upsell__value_read(text.data, text.len, arena, &event->body, &nowhere) == UPSELL_NO_MEMORY)
    return upsell__report_no_memory(sink);
  return UPSELL_OK;
}

upsell_status upsell__event_take(const upsell__program *program, const upsell_event *given,
                                 upsell__arena *arena, upsell__event *event, upsell__sink *sink)
{
  upsell__check check = {sink, 0};

  if (!upsell__check_sized(&check, &root, given, UPSELL__SHAPE(upsell_event)))
    return sink->status;
  upsell__check_reserved(&check, &root, (uint32_t)given->reserved);
  if (sink->status || take_values(program, given, event, sink))
    return sink->status;
  if (given->kind != UPSELL_EVENT_ANSWER && given->kind != UPSELL_EVENT_WEBHOOK)
    return UPSELL_OK;
  return take_body(given->body, arena, event, sink);
}

/* ---- a document ---- */

/* The keys of each kind, as `kinds`. */
static const char *const start_keys[] = {"type", "now", "run_id", NULL};
static const char *const plain_keys[] = {"type", "now", NULL};
static const char *const answer_keys[] = {"type", "now", "step", "body", "http_status", NULL};
static const char *const no_answer_keys[] = {"type", "now", "step", NULL};
static const char *const not_sent_keys[] = {"type", "now", "step", "reason", NULL};
static const char *const webhook_keys[] = {"type", "now", "topic", "body", NULL};
static const char *const *const keys[] = {start_keys,     plain_keys,    plain_keys,  answer_keys,
                                          no_answer_keys, not_sent_keys, webhook_keys};

static void read_members(const upsell__part *part, upsell_event *given)
{
  int64_t http_status = 0;

  upsell__part_number(part, "now", UPSELL__MUST_BE_THERE, 0, UPSELL__TIME_MAX, &given->now);
  upsell__part_text(part, "run_id", UPSELL__MAY_BE_ABSENT, &given->run_id);
  upsell__part_text(part, "step", UPSELL__MAY_BE_ABSENT, &given->step);
  upsell__part_text(part, "reason", UPSELL__MAY_BE_ABSENT, &given->reason);
  upsell__part_text(part, "topic", UPSELL__MAY_BE_ABSENT, &given->topic);
  upsell__part_number(part, "http_status", UPSELL__MAY_BE_ABSENT, 100, 599, &http_status);
  given->http_status = (int32_t)http_status;
}

upsell_status upsell__event_read(const upsell__program *program, upsell_str text,
                                 upsell__arena *arena, upsell__event *event, upsell__sink *sink)
{
  upsell__part part = {sink, NULL, &root};
  upsell_event given = {0};

  if (upsell__document_value(text, &root, arena, &part.value, sink) ||
      !upsell__must_be_object(sink, &root, part.value) ||
      !upsell__part_choice(&part, "type", kinds, &given.kind) ||
      !upsell__part_keys(&part, "this event", keys[given.kind - 1]))
    return sink->status;
  read_members(&part, &given);
  if (sink->status || take_values(program, &given, event, sink))
    return sink->status;
  event->body = upsell__value_member(part.value, "body");
  return UPSELL_OK;
}
