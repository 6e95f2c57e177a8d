/* SPDX-License-Identifier: MIT */
#include "plan/action.h"

#include "base/idmap.h"
#include "plan/due.h"
#include "plan/write.h"
#include "json/writer.h"

/* From how many topics on they are looked up. */
enum { TOPICS_FEW = 32 };

/* An action being made. */
typedef struct making {
  const upsell__run *run;
  upsell__buffer *out;
  upsell_progress_view *view;
  upsell_str *webhooks;  /* topics that are listed */
  upsell__idmap *topics; /* the same where they are many */
} making;

static void begin(const making *m, enum upsell_action_kind kind, const char *name)
{
  m->view->kind = (int32_t)kind;
  upsell__write_text(m->out, "do", upsell_str_of(name));
}

/* ---- sending ---- */

/* Text of JSON, as it is. */
static void write_json(upsell__buffer *out, const char *key, upsell_str text)
{
  upsell__write_key(out, upsell_str_of(key));
  upsell__buffer_append(out, text.data, text.len);
}

/* What the page compares, also as a text of its own. */
static void write_expect(const making *m, const upsell__value *expect)
{
  size_t from;

  upsell__write_key(m->out, upsell_str_of("expect"));
  from = m->out->len;
  upsell__value_write(m->out, expect);
  if (m->out->failed)
    return;
  m->view->expect.data = m->out->data + from; /* copied before the text grows any more */
  m->view->expect.len = m->out->len - from;
  if (!upsell__arena_copy(m->run->arena, m->view->expect, &m->view->expect))
    m->out->failed = 1;
}

static void write_changeset(const making *m, const upsell__step *step, upsell_str changes,
                            int64_t expires_at)
{
  write_json(m->out, "changes", changes);
  upsell__write_flag(m->out, "buyer_consent", step->buyer_consent);
  if (step->expect)
    write_expect(m, step->expect);
  upsell__write_text(m->out, "idempotency_key", step->key);
  upsell__write_number(m->out, "expires_at", expires_at);
  m->view->expires_at = expires_at;
  m->view->buyer_consent = step->buyer_consent;
}

static void write_call(const making *m, const upsell__step *step, upsell_str variables)
{
  upsell__write_text(m->out, "operation", step->operation);
  upsell__write_text(m->out, "document", step->document);
  write_json(m->out, "variables", variables);
  upsell__write_key(m->out, upsell_str_of("idempotency_key"));
  upsell__write_string_or_null(m->out, step->key);
  m->view->operation = step->operation;
  m->view->document = step->document;
}

/* A wait's poll is a call like any other to the host. */
static void write_send(const making *m, uint32_t number, upsell_str variables)
{
  const upsell__step *step = &m->run->program->steps[number];
  int is_changeset = step->channel == UPSELL__CHANNEL_CHANGESET;

  begin(m, UPSELL_ACTION_SEND, "send");
  m->view->step = step->id;
  m->view->channel = upsell_str_of(is_changeset ? "changeset" : "admin_graphql");
  m->view->variables = variables;
  m->view->idempotency_key = step->key;
  upsell__write_text(m->out, "step", m->view->step);
  upsell__write_text(m->out, "channel", m->view->channel);
  if (is_changeset)
    write_changeset(m, step, variables, m->run->steps[number].deadline);
  else
    write_call(m, step, variables);
}

/* ---- waiting ---- */

static void write_pending(const making *m, uint32_t number)
{
  begin(m, UPSELL_ACTION_PENDING, "pending");
  m->view->step = m->run->program->steps[number].id;
  upsell__write_text(m->out, "step", m->view->step);
}

/* Whether a topic is listed; few are looked through, without any memory. */
static int is_among_few(const making *m, upsell_str topic)
{
  size_t i;

  for (i = 0; i < m->view->webhook_count; i++) {
    if (upsell__str_equal(m->view->webhooks[i], topic))
      return 1;
  }
  return 0;
}

/* The same for many, which are looked up: those listed so far are noted first. */
static int is_among_many(const making *m, upsell_str topic)
{
  uint32_t number;
  int added = 1;
  int done = 1;
  size_t i;

  for (i = m->topics->count; i < m->view->webhook_count && done; i++)
    done = upsell__idmap_add(m->topics, 0, m->view->webhooks[i], &number, &added);
  if (!done)
    m->out->failed = 1;
  return !done || upsell__idmap_find(m->topics, 0, topic) != UPSELL__NO_INDEX;
}

static int is_listed(const making *m, upsell_str topic)
{
  return m->view->webhook_count <= TOPICS_FEW ? is_among_few(m, topic) : is_among_many(m, topic);
}

/* Lists a topic unless it is listed already. */
static void write_topic(making *m, upsell_str topic)
{
  size_t count = m->view->webhook_count;

  if (is_listed(m, topic))
    return;
  m->webhooks = upsell__arena_append(m->run->arena, m->webhooks, count, sizeof(*m->webhooks));
  if (!m->webhooks || !upsell__arena_copy(m->run->arena, topic, &m->webhooks[count])) {
    m->out->failed = 1;
    return;
  }
  upsell__write_comma(m->out);
  upsell__write_string(m->out, topic);
  m->view->webhooks = m->webhooks;
  m->view->webhook_count = count + 1;
}

static void write_topics(making *m, const upsell__step *step)
{
  size_t i;

  for (i = 0; i < step->webhook_count && !m->out->failed; i++)
    write_topic(m, step->webhooks[i].topic);
}

static void write_wait(making *m)
{
  uint32_t i;

  begin(m, UPSELL_ACTION_WAIT, "wait");
  m->view->wait_until = upsell__due_at(m->run);
  upsell__write_number(m->out, "until", m->view->wait_until);
  upsell__write_key(m->out, upsell_str_of("webhooks"));
  upsell__buffer_append_char(m->out, '[');
  for (i = 0; i < m->run->program->step_count; i++) {
    if (m->run->steps[i].phase == UPSELL__PHASE_DUE)
      write_topics(m, &m->run->program->steps[i]);
  }
  upsell__buffer_append_char(m->out, ']');
}

static void write_finished(const making *m)
{
  const char *outcome = upsell__outcome_names[upsell__run_outcome(m->run)];

  begin(m, UPSELL_ACTION_FINISHED, "finished");
  upsell__write_text(m->out, "outcome", upsell_str_of(outcome));
  upsell__write_stops(m->out, m->run);
}

static void write_action(making *m, uint32_t sending, upsell_str variables)
{
  uint32_t in_flight = upsell__run_in_flight(m->run);

  upsell__buffer_append_char(m->out, '{');
  if (sending != UPSELL__NO_STEP)
    write_send(m, sending, variables);
  else if (in_flight != UPSELL__NO_STEP)
    write_pending(m, in_flight);
  else if (upsell__run_outcome(m->run) == UPSELL_RUN_OPEN)
    write_wait(m);
  else
    write_finished(m);
  upsell__buffer_append_char(m->out, '}');
}

/* ---- the view ---- */

/* What the view shows stays when plan, journal and event are gone. */
static int own_texts(const upsell__run *run, upsell_progress_view *view)
{
  upsell_run_stop *stops = run->stops;
  size_t i;

  for (i = 0; i < run->stop_count; i++) {
    if (!upsell__arena_copy(run->arena, stops[i].step, &stops[i].step) ||
        !upsell__arena_copy(run->arena, stops[i].result, &stops[i].result))
      return 0;
  }
  view->stops = stops;
  view->stop_count = run->stop_count;
  return upsell__arena_copy(run->arena, view->step, &view->step) &&
         upsell__arena_copy(run->arena, view->operation, &view->operation) &&
         upsell__arena_copy(run->arena, view->document, &view->document) &&
         upsell__arena_copy(run->arena, view->variables, &view->variables) &&
         upsell__arena_copy(run->arena, view->idempotency_key, &view->idempotency_key);
}

int upsell__action_make(const upsell__run *run, uint32_t sending, upsell_str variables,
                        upsell__side *side, upsell_progress_view *view)
{
  upsell__idmap topics = {0};
  making m = {run, &side->action, view, NULL, &topics};

  write_action(&m, sending, variables);
  upsell__idmap_free(&topics);
  upsell__buffer_append_char(&side->action, '\0');
  if (side->action.failed || !own_texts(run, view))
    return 0;
  view->action.data = side->action.data;
  view->action.len = side->action.len - 1;
  view->outcome = upsell__run_outcome(run);
  view->revision = run->revision;
  return 1;
}
