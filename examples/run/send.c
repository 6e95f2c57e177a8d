/* SPDX-License-Identifier: MIT */
/*
 * What is called for a step, and what came of it as an event.
 *
 * In reality only the Admin API is called from here. A changeset is applied by the
 * buyer's page: the host signs it and hands it over, the page calculates, compares and
 * applies it, and reports back. This host stands for the page as well, so that a plan can
 * be carried out against one endpoint.
 */
#include <stdio.h>
#include <string.h>

#include "run.h"

enum { AGAIN_SECONDS = 2, TOO_MANY_REQUESTS = 429, SERVER_ERRORS = 500 };

static void tell(const host *h, const upsell_progress_view *view, const char *what)
{
  const http *call = &h->http;

  if (h->quiet)
    return;
  fprintf(stderr, "upsell-run: %.*s: %s: ", (int)view->step.len, view->step.data, what);
  if (call->outcome == HTTP_ANSWERED)
    fprintf(stderr, "HTTP %d, %zu bytes\n", (int)call->status, call->body.len);
  else
    fprintf(stderr, "%s: %s\n", call->outcome == HTTP_NOT_SENT ? "not sent" : "no answer",
            call->why);
}

/* What the runner must know of the call just made. */
static void report(const http *call, upsell_event *event)
{
  switch (call->outcome) {
  case HTTP_ANSWERED:
    event->kind = UPSELL_EVENT_ANSWER;
    event->http_status = call->status;
    event->body = text_str(&call->body);
    break;
  case HTTP_NO_ANSWER:
    event->kind = UPSELL_EVENT_NO_ANSWER;
    break;
  case HTTP_NOT_SENT:
    event->kind = UPSELL_EVENT_NOT_SENT;
    break;
  }
}

/* ---- the Admin API ---- */

/* The variables go out as the runner wrote them, to the byte: a key is only good for the
 * same request. */
static void send_graphql(host *h, const upsell_progress_view *view, upsell_event *event)
{
  char what[80];
  text_buffer body = {0};

  text_add_words(&body, "{\"query\":");
  text_add_json_string(&body, view->document);
  text_add_words(&body, ",\"variables\":");
  text_add(&body, view->variables.data, view->variables.len);
  text_add_words(&body, "}");
  http_post(&h->http, h->endpoint.graphql, 1, &body);
  text_free(&body);
  snprintf(what, sizeof(what), "%.*s", (int)view->operation.len, view->operation.data);
  tell(h, view, what);
  report(&h->http, event);
}

/* ---- the changeset ---- */

/* What one attempt to charge came to. */
enum attempt {
  ATTEMPT_REPORTED = 1, /* the event says it */
  ATTEMPT_TOO_EARLY     /* the shop could not be asked, and nothing was sent */
};

static enum attempt not_sent(upsell_event *event, const char *reason)
{
  event->kind = UPSELL_EVENT_NOT_SENT;
  event->reason = upsell_str_of(reason);
  return ATTEMPT_REPORTED;
}

static void calculate(host *h, const upsell_progress_view *view)
{
  text_buffer body = {0};

  text_add_words(&body, "{\"changes\":");
  text_add(&body, view->variables.data, view->variables.len);
  text_add_words(&body, "}");
  http_post(&h->http, h->endpoint.calculate, 0, &body);
  text_free(&body);
  tell(h, view, "calculate");
}

static void apply(host *h, const upsell_progress_view *view)
{
  text_buffer body = {0};

  text_add_words(&body, "{\"changes\":");
  text_add(&body, view->variables.data, view->variables.len);
  text_add_words(&body, ",\"idempotency_key\":");
  text_add_json_string(&body, view->idempotency_key);
  text_add_words(&body, ",\"buyer_consent\":");
  text_add_words(&body, has_consent(view->action) ? "true}" : "false}");
  http_post(&h->http, h->endpoint.changeset, 0, &body);
  text_free(&body);
  tell(h, view, "changeset");
}

static int could_calculate(const http *call)
{
  return call->outcome == HTTP_ANSWERED && call->status < SERVER_ERRORS &&
         call->status != TOO_MANY_REQUESTS;
}

/* Compares, then charges. A changeset that the platform refuses to calculate is sent all
 * the same: the refusal then comes with its code, and the plan knows what to do. */
static enum attempt try_changeset(host *h, const upsell_progress_view *view, upsell_event *event)
{
  enum price_verdict verdict;

  calculate(h, view);
  if (!could_calculate(&h->http))
    return ATTEMPT_TOO_EARLY;
  verdict = compare_prices(&h->http.body, view->action, &h->currency);
  if (verdict == PRICE_DIFFERS)
    return not_sent(event, "price_differs");
  if (verdict == PRICE_UNKNOWN || clock_now(&h->clock) >= view->expires_at)
    return not_sent(event, "not_sent");
  apply(h, view);
  if (h->http.outcome == HTTP_NOT_SENT)
    return ATTEMPT_TOO_EARLY;
  report(&h->http, event);
  return ATTEMPT_REPORTED;
}

/* "Not sent" would end the run, so it is only said when the offer has run out: until
 * then a shop that is down is asked again. */
static int send_changeset(host *h, const upsell_progress_view *view, upsell_event *event)
{
  while (try_changeset(h, view, event) == ATTEMPT_TOO_EARLY) {
    int64_t next = clock_now(&h->clock) + AGAIN_SECONDS;
    if (next >= view->expires_at) {
      not_sent(event, "not_sent");
      return 1;
    }
    if (!clock_sleep_until(&h->clock, next))
      return 0;
  }
  return 1;
}

/* The event outlives the view. */
void name_step(host *h, const upsell_progress_view *view, upsell_event *event)
{
  text_clear(&h->step);
  text_add(&h->step, view->step.data, view->step.len);
  event->step = text_str(&h->step);
}

/* A call that a signal kept from being made was not sent, which costs the run nothing.
 * But a charge is made all the same: left out, it could not be told from one without an
 * answer, and the buyer is waiting. */
int send_step(host *h, const upsell_progress_view *view, upsell_event *event)
{
  name_step(h, view, event);
  if (!view->document.data)
    return send_changeset(h, view, event);
  if (clock_interrupted(&h->clock))
    event->kind = UPSELL_EVENT_NOT_SENT;
  else
    send_graphql(h, view, event);
  return 1;
}
