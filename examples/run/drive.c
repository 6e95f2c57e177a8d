/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "run.h"

/* Lets the runner take an event in, and stores the journal before anything is done
 * about it. 0 after a message. */
static int take(host *h, const upsell_event *event)
{
  upsell_error error = UPSELL_ERROR_INIT;
  const text_buffer *stored = &h->journal.stored;
  upsell_str journal;

  if (upsell_runner_step(h->runner, stored->len ? stored->data : NULL, stored->len, event,
                         h->progress, &error))
    return complain_error(h->journal.path, &error);
  journal = upsell_progress_get(h->progress)->journal;
  if (journal.len == stored->len && memcmp(journal.data, stored->data, stored->len) == 0)
    return 1;
  return journal_store(&h->journal, journal);
}

/* A run begins once, with an id of its own; whoever finds a journal goes on with it. */
static int begin(host *h)
{
  char run_id[RUN_ID_SIZE];
  upsell_event event = {.size = sizeof(event), .kind = UPSELL_EVENT_RESUME};

  event.now = clock_now(&h->clock);
  if (h->journal.stored.len == 0) {
    if (!make_run_id(run_id))
      return 0;
    event.kind = UPSELL_EVENT_START;
    event.run_id = upsell_str_of(run_id);
  }
  return take(h, &event);
}

static int wait_for(host *h, int64_t until, upsell_event *event)
{
  int64_t now = clock_now(&h->clock);

  if (!h->quiet && until > now)
    fprintf(stderr, "upsell-run: waiting %lld s\n", (long long)(until - now));
  event->kind = UPSELL_EVENT_TICK;
  return clock_sleep_until(&h->clock, until);
}

/* Does what the action says and fills the event that tells of it; 0 when interrupted. */
static int act(host *h, const upsell_progress_view *view, upsell_event *event)
{
  switch (view->kind) {
  case UPSELL_ACTION_SEND:
    return send_step(h, view, event);
  case UPSELL_ACTION_WAIT:
    return wait_for(h, view->wait_until, event);
  default: /* PENDING: nothing is under way here */
    event->kind = UPSELL_EVENT_NO_ANSWER;
    name_step(h, view, event);
    return 1;
  }
}

int drive(host *h)
{
  int going = begin(h);

  while (going) {
    const upsell_progress_view *view = upsell_progress_get(h->progress);
    upsell_event event = {.size = sizeof(event)};
    if (view->kind == UPSELL_ACTION_FINISHED)
      return tell_end(view);
    if (!act(h, view, &event)) {
      complain(h->journal.path, "interrupted; start again to go on");
      clock_end_by_signal(&h->clock);
      return EXIT_FAILED;
    }
    event.now = clock_now(&h->clock);
    going = take(h, &event);
  }
  return EXIT_FAILED;
}
