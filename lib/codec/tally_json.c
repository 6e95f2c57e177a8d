/* SPDX-License-Identifier: MIT */
/* The document "upsell.event/1" (CNT-1, CNT-2). */
#include "codec/fields.h"
#include "offer/tally.h"

typedef struct event {
  upsell_str session_id;
  upsell_str scenario_id;
  int32_t name; /* from 1 on, in the order of the names */
} event;

static const char *const names[] = {"offered", "shown",    "clicked", "processing", "ordered",
                                    "failed",  "declined", "expired", "left",       NULL};

/* What an event counts as; 0: nothing. */
static const int32_t counts_as[] = {
    [2] = UPSELL_COUNT_SHOWN, [3] = UPSELL_COUNT_CLICKED, [5] = UPSELL_COUNT_ORDERED, [9] = 0};

static const upsell__field fields[] = {
    UPSELL__FIELD_WITH("format", UPSELL__FIELD_FORMAT, UPSELL__REQUIRED, event, session_id, 0, 0, 0,
                       "upsell.event/1"),
    UPSELL__FIELD("session_id", UPSELL__FIELD_ID, UPSELL__REQUIRED, event, session_id),
    UPSELL__FIELD("scenario_id", UPSELL__FIELD_ID, UPSELL__REQUIRED, event, scenario_id),
    UPSELL__FIELD_WITH("event", UPSELL__FIELD_NAME, UPSELL__REQUIRED, event, name, 0, 1, 0, names),
};
const upsell__object upsell__event_object = UPSELL__OBJECT("an event", fields, 1, event, 0, NULL);

upsell_status upsell_tally_add_json(upsell_tally *tally, const char *text, size_t len,
                                    upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  event read;

  if (!tally || !text) {
    upsell__report(&sink, UPSELL_INVALID_ARGUMENT, NULL, "tally and text must not be NULL.");
    return sink.status;
  }
  upsell__arena_reset(&tally->scratch);
  if (upsell__document_read(text, len, &upsell__event_object, &read, &sink, &tally->scratch))
    upsell__tally_check_ids(read.session_id, read.scenario_id, 1, &sink);
  if (sink.status || !counts_as[read.name])
    return sink.status;
  return upsell__tally_count(tally, read.session_id, read.scenario_id, counts_as[read.name], &sink);
}
