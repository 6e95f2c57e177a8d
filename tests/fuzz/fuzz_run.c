/* SPDX-License-Identifier: MIT */
/*
 * A journal and an event from any bytes, with a line end between them, on a small plan:
 * what is refused gives an error and no progress; what is accepted gives a journal that
 * the runner itself takes, and the same bytes every time.
 */
#include <stdlib.h>
#include <string.h>
#include <upsell/upsell.h>

#include "targets.h"

static const char plan[] =
    "{\"format\":\"upsell.plan/1\",\"plan_id\":\"p\",\"steps\":["
    "{\"id\":\"charge\",\"channel\":\"changeset\",\"depends_on\":[],\"irreversible\":true,"
    "\"if_stopped\":\"unknown\",\"changes\":[{\"type\":\"add_variant\"}],\"buyer_consent\":false,"
    "\"expect\":{\"lines\":[\"800\"]},\"idempotency_key\":\"k\",\"expires_after_seconds\":300,"
    "\"on\":[{\"when\":\"no_answer\",\"do\":\"retry\",\"max\":2,\"wait_seconds\":2},"
    "{\"when\":\"no_answer\",\"do\":\"next\"},{\"when\":\"processed\",\"do\":\"next\"},"
    "{\"when\":\"unprocessed\",\"do\":\"compensate\",\"step\":\"undo\",\"state\":\"unpaid_line\"}]}"
    ","
    "{\"id\":\"find\",\"channel\":\"wait\",\"depends_on\":[\"charge\"],\"irreversible\":false,"
    "\"if_stopped\":\"unknown\",\"webhooks\":[{\"topic\":\"t\",\"where\":{\"/a\":1}}],"
    "\"poll\":{\"operation\":\"o\",\"document\":\"query\",\"variables\":{},\"every_seconds\":5},"
    "\"checks\":[{\"name\":\"gone\",\"at\":\"/gone\",\"op\":\"present\"}],"
    "\"until\":[{\"name\":\"there\",\"at\":\"/nodes\",\"where\":{\"/"
    "ok\":true},\"op\":\"present\"}],"
    "\"output\":{\"id\":{\"at\":\"/nodes\",\"where\":{\"/ok\":true},\"take\":\"/id\"},"
    "\"all\":\"/nodes\"},\"timeout_seconds\":60,\"on\":[{\"when\":\"timeout\",\"do\":\"stop\","
    "\"state\":\"unknown\"}]},"
    "{\"id\":\"send\",\"channel\":\"admin_graphql\",\"depends_on\":[\"find\"],"
    "\"irreversible\":true,\"if_stopped\":\"paid_not_delivered\",\"operation\":\"m\","
    "\"document\":\"mutation\",\"idempotency_key\":\"s\",\"variables\":{\"id\":{\"$bind\":"
    "\"find/id\"},\"run\":{\"$host\":\"run_id\"},\"list\":{\"$map\":{\"from\":\"find/all\","
    "\"each\":{\"id\":{\"$item\":\"/id\"},\"n\":{\"m\":{\"$item\":\"/m\"}}},\"append\":[1]}}},"
    "\"errors\":\"/m/userErrors\",\"on\":[{\"when\":\"no_answer\",\"do\":\"retry\",\"max\":3,"
    "\"wait_seconds\":1},{\"when\":\"STALE\",\"do\":\"restart_from\",\"step\":\"send\",\"max\":2}]}"
    ","
    "{\"id\":\"undo\",\"channel\":\"admin_graphql\",\"lane\":\"compensation\",\"depends_on\":[],"
    "\"irreversible\":false,\"if_stopped\":\"unpaid_line\",\"operation\":\"u\","
    "\"document\":\"mutation\",\"on\":[]}]}";

static void require(int promise)
{
  if (!promise)
    abort();
}

/* Steps with two progress objects, which must agree. */
static void step(const upsell_runner *runner, upsell_str journal, upsell_str event,
                 upsell_progress *once, upsell_progress *again)
{
  upsell_error error = UPSELL_ERROR_INIT;
  const upsell_progress_view *view = upsell_progress_get(once);
  static const char tick[] = "{\"type\":\"resume\",\"now\":1}";
  upsell_status status = upsell_runner_step_json(runner, journal.data, journal.len, event.data,
                                                 event.len, once, &error);

  require(upsell_runner_step_json(runner, journal.data, journal.len, event.data, event.len, again,
                                  NULL) == status);
  if (status) {
    require(error.code == status && error.message[0] && view->kind == 0);
    return;
  }
  require(view->kind != 0 && view->journal.len > 0 && view->action.len > 0);
  require(strcmp(view->journal.data, upsell_progress_get(again)->journal.data) == 0);
  require(upsell_runner_step_json(runner, view->journal.data, view->journal.len, tick,
                                  sizeof(tick) - 1, again, NULL) == UPSELL_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const char *text = size ? (const char *)data : "";
  const char *end = size ? memchr(text, '\n', size) : NULL;
  upsell_str journal = {text, end ? (size_t)(end - text) : 0};
  upsell_str event = {end ? end + 1 : text, size - (end ? journal.len + 1 : 0)};
  upsell_runner *runner = NULL;
  upsell_progress *once = NULL;
  upsell_progress *again = NULL;

  require(upsell_runner_new(plan, sizeof(plan) - 1, &runner, NULL) == UPSELL_OK);
  require(upsell_progress_new(&once) == UPSELL_OK && upsell_progress_new(&again) == UPSELL_OK);
  step(runner, journal, event, once, again);
  upsell_progress_free(once);
  upsell_progress_free(again);
  upsell_runner_free(runner);
  return 0;
}
