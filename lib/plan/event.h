/* SPDX-License-Identifier: MIT */
/* What a host reports, as a struct or as a JSON document (RUN-3). */
#ifndef UPSELL_PLAN_EVENT_H
#define UPSELL_PLAN_EVENT_H

#include "plan/program.h"

typedef struct upsell__event {
  int32_t kind; /* enum upsell_event_kind */
  int64_t now;
  upsell_str run_id;
  uint32_t step;     /* its number, or UPSELL__NO_STEP */
  upsell_str reason; /* may be absent */
  upsell_str topic;
  const upsell__value *body; /* NULL: none, or no JSON */
  int32_t http_status;
} upsell__event;

/* Each checks an event and reports what is wrong under /event; texts are borrowed from
 * the event, or in the arena. */
upsell_status upsell__event_take(const upsell__program *program, const upsell_event *given,
                                 upsell__arena *arena, upsell__event *event, upsell__sink *sink);
upsell_status upsell__event_read(const upsell__program *program, upsell_str text,
                                 upsell__arena *arena, upsell__event *event, upsell__sink *sink);

#endif
