/* SPDX-License-Identifier: MIT */
/* The tally, for its readers and writers. */
#ifndef UPSELL_OFFER_TALLY_H
#define UPSELL_OFFER_TALLY_H

#include <upsell/tally.h>

#include "base/arena.h"
#include "base/idmap.h"
#include "base/report.h"

struct upsell_tally {
  upsell__arena texts; /* all ids */
  upsell__idmap scenarios;
  upsell__idmap sessions; /* scope: number of the scenario */
  upsell_counts *counts;  /* by number of the scenario */
  uint8_t *levels;        /* by number of the session: the highest enum upsell_count seen */
  size_t counts_capacity;
  size_t levels_capacity;
  upsell__arena scratch; /* for what one event needs */
};

/* Counts an event whose ids are valid; nothing changes when memory ran out, which is
 * then reported. */
upsell_status upsell__tally_count(upsell_tally *tally, upsell_str session_id,
                                  upsell_str scenario_id, int32_t count, upsell__sink *sink);

/* Reports ids that are none. `clean` says that they are UTF-8 without NUL. */
void upsell__tally_check_ids(upsell_str session_id, upsell_str scenario_id, int clean,
                             upsell__sink *sink);

#endif
