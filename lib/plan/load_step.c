/* SPDX-License-Identifier: MIT */
/* One step of a plan: what each channel has. */
#include "plan/loading.h"

/* A year: whatever takes longer is a mistake. */
enum { SECONDS_MAX = 31536000, EVERY_MAX = 86400 };

#define STATE_NAME(symbol, number, name, meaning) name,
const char *const upsell__state_names[] = {UPSELL_STATE_LIST(STATE_NAME) NULL};
#undef STATE_NAME

/* ---- channels ---- */

static void read_call(const upsell__part *part, upsell__step *step)
{
  upsell__part_text(part, "operation", UPSELL__MUST_BE_THERE, &step->operation);
  upsell__part_text(part, "document", UPSELL__MUST_BE_THERE, &step->document);
  step->variables = upsell__part_object(part, "variables", UPSELL__MAY_BE_ABSENT);
}

/* The changes, which go out as they stand. */
static void read_changes(const upsell__part *part, upsell__step *step)
{
  upsell__path path = upsell__at_key(part->path, "changes");
  const upsell__value *list = upsell__part_list(part, "changes", UPSELL__MUST_BE_THERE);
  const upsell__value *item = list ? list->first : NULL;
  size_t i;

  if (list && !list->count)
    upsell__report(part->sink, UPSELL_BAD_COUNT, &path, "At least one change was expected here.");
  for (i = 0; item && upsell__sink_goes_on(part->sink); item = item->next, i++) {
    upsell__path at = upsell__at_index(&path, i);
    upsell__must_be_object(part->sink, &at, item);
  }
  step->variables = list;
}

static void read_changeset(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  static const char *const keys[] = {"id",
                                     "channel",
                                     "lane",
                                     "depends_on",
                                     "irreversible",
                                     "if_stopped",
                                     "changes",
                                     "buyer_consent",
                                     "expect",
                                     "idempotency_key",
                                     "expires_after_seconds",
                                     "on",
                                     NULL};

  (void)loading;
  upsell__part_keys(part, "a changeset step", keys);
  read_changes(part, step);
  upsell__part_flag(part, "buyer_consent", UPSELL__MUST_BE_THERE, &step->buyer_consent);
  step->expect = upsell__part_object(part, "expect", UPSELL__MUST_BE_THERE);
  upsell__part_text(part, "idempotency_key", UPSELL__MUST_BE_THERE, &step->key);
  upsell__part_number(part, "expires_after_seconds", UPSELL__MUST_BE_THERE, 1, SECONDS_MAX,
                      &step->expires_after_seconds);
}

static void read_admin(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  static const char *const keys[] = {"id",
                                     "channel",
                                     "lane",
                                     "depends_on",
                                     "irreversible",
                                     "if_stopped",
                                     "operation",
                                     "document",
                                     "variables",
                                     "output",
                                     "errors",
                                     "checks",
                                     "idempotency_key",
                                     "on",
                                     NULL};

  upsell__part_keys(part, "an admin_graphql step", keys);
  read_call(part, step);
  upsell__load_outputs(loading, part, step);
  upsell__part_pointer(part, "errors", UPSELL__MAY_BE_ABSENT, &step->errors);
  upsell__load_checks(loading, part, step);
  upsell__part_text(part, "idempotency_key", UPSELL__MAY_BE_ABSENT, &step->key);
}

static void read_poll(const upsell__part *part, upsell__step *step)
{
  static const char *const keys[] = {"operation", "document", "variables", "every_seconds", NULL};
  upsell__path path = upsell__at_key(part->path, "poll");
  upsell__part poll = {part->sink, NULL, &path};

  poll.value = upsell__part_object(part, "poll", UPSELL__MUST_BE_THERE);
  if (!poll.value)
    return;
  upsell__part_keys(&poll, "a poll", keys);
  read_call(&poll, step);
  upsell__part_number(&poll, "every_seconds", UPSELL__MUST_BE_THERE, 1, EVERY_MAX,
                      &step->every_seconds);
}

static void read_webhook(const upsell__part *part, upsell__webhook *webhook)
{
  static const char *const keys[] = {"topic", "where", NULL};

  upsell__part_keys(part, "a webhook", keys);
  upsell__part_text(part, "topic", UPSELL__MUST_BE_THERE, &webhook->topic);
  webhook->where = upsell__load_where(part, UPSELL__MAY_BE_ABSENT);
}

/* A topic alone, or one with what the webhook's body must have. */
static void read_webhooks(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  upsell__path path = upsell__at_key(part->path, "webhooks");
  const upsell__value *list = upsell__load_list(part, "webhooks", UPSELL__MAY_BE_ABSENT);
  const upsell__value *item = list ? list->first : NULL;
  upsell__webhook *webhooks =
      list ? upsell__load_array(loading, list->count, sizeof(*webhooks)) : NULL;
  size_t i;

  if (!webhooks)
    return;
  for (i = 0; item && upsell__sink_goes_on(loading->sink); item = item->next, i++) {
    upsell__path at = upsell__at_index(&path, i);
    upsell__part webhook = {loading->sink, item, &at};
    webhooks[i].topic = item->text;
    if (item->kind == UPSELL__JSON_STRING)
      upsell__must_be_text(loading->sink, &at, item->text);
    else if (upsell__must_be_object(loading->sink, &at, item))
      read_webhook(&webhook, &webhooks[i]);
  }
  step->webhooks = webhooks;
  step->webhook_count = i;
}

static void read_wait(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  static const char *const keys[] = {
      "id",   "channel", "lane",   "depends_on", "irreversible",    "if_stopped", "webhooks",
      "poll", "until",   "checks", "output",     "timeout_seconds", "on",         NULL};

  upsell__part_keys(part, "a wait step", keys);
  read_webhooks(loading, part, step);
  read_poll(part, step);
  upsell__load_until(loading, part, step);
  upsell__load_checks(loading, part, step);
  upsell__load_outputs(loading, part, step);
  upsell__part_number(part, "timeout_seconds", UPSELL__MUST_BE_THERE, 1, SECONDS_MAX,
                      &step->timeout_seconds);
}

/* ---- a step ---- */

static void read_lane(const upsell__part *part, upsell__step *step)
{
  static const char *const lanes[] = {"compensation", NULL};
  int32_t lane = 0;

  if (upsell__value_member(part->value, "lane"))
    upsell__part_choice(part, "lane", lanes, &lane);
  step->compensation = lane == 1;
}

/* A wait repeats its call. */
static void check_repeatable(const upsell__part *part, const upsell__step *step)
{
  upsell__path path = upsell__at_key(part->path, "irreversible");

  if (step->channel == UPSELL__CHANNEL_WAIT && step->irreversible)
    upsell__report(part->sink, UPSELL_UNSAFE_REPEAT, &path,
                   "A wait sends its call again and again, so that it must not be irreversible; "
                   "make it a step of admin_graphql.");
}

void upsell__load_step(upsell__loading *loading, const upsell__part *part, upsell__step *step)
{
  static const char *const channels[] = {"changeset", "admin_graphql", "wait", NULL};
  static void (*const readers[])(upsell__loading *, const upsell__part *,
                                 upsell__step *) = {[UPSELL__CHANNEL_CHANGESET] = read_changeset,
                                                    [UPSELL__CHANNEL_ADMIN] = read_admin,
                                                    [UPSELL__CHANNEL_WAIT] = read_wait};
  int32_t channel = 0;

  if (!upsell__part_choice(part, "channel", channels, &channel))
    return; /* its other keys mean nothing */
  step->channel = (upsell__channel)channel;
  readers[channel](loading, part, step);
  read_lane(part, step);
  upsell__part_flag(part, "irreversible", UPSELL__MUST_BE_THERE, &step->irreversible);
  check_repeatable(part, step);
  upsell__part_choice(part, "if_stopped", upsell__state_names, &step->if_stopped);
  upsell__load_rows(loading, part, step);
}
