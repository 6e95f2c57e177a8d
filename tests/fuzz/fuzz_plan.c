/* SPDX-License-Identifier: MIT */
/*
 * A plan from any bytes: what is refused gives an error with details, what is accepted
 * begins to run the same way every time.
 */
#include <stdlib.h>
#include <string.h>
#include <upsell/upsell.h>

#include "targets.h"

static void require(int promise)
{
  if (!promise)
    abort();
}

/* Starts a run, loses what was sent, and lets time go by. */
static void run_a_little(const upsell_runner *runner, upsell_progress *progress)
{
  static const char *const events[] = {
      "{\"type\":\"start\",\"now\":1000,\"run_id\":\"run-0001\"}",
      "{\"type\":\"resume\",\"now\":1001}",
      "{\"type\":\"tick\",\"now\":2000}",
      "{\"type\":\"resume\",\"now\":9000}",
  };
  const upsell_progress_view *view = upsell_progress_get(progress);
  size_t i;

  for (i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
    upsell_status status = upsell_runner_step_json(runner, view->journal.data, view->journal.len,
                                                   events[i], strlen(events[i]), progress, NULL);
    require(status == UPSELL_OK);
    require(view->kind != 0 && view->journal.len > 0 && view->action.len > 0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_runner *runner = NULL;
  upsell_progress *once = NULL;
  upsell_progress *again = NULL;

  if (upsell_runner_new(size ? (const char *)data : "", size, &runner, &error)) {
    require(!runner && error.code && error.message[0]);
    return 0;
  }
  require(upsell_progress_new(&once) == UPSELL_OK && upsell_progress_new(&again) == UPSELL_OK);
  run_a_little(runner, once);
  run_a_little(runner, again);
  require(strcmp(upsell_progress_get(once)->journal.data,
                 upsell_progress_get(again)->journal.data) == 0);
  upsell_progress_free(once);
  upsell_progress_free(again);
  upsell_runner_free(runner);
  return 0;
}
