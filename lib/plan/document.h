/* SPDX-License-Identifier: MIT */
/* Reading one of several documents of a call, whose faults are told apart by where they
 * stand: `/journal/plan_id`, `/event/step`. */
#ifndef UPSELL_PLAN_DOCUMENT_H
#define UPSELL_PLAN_DOCUMENT_H

#include "base/report.h"
#include "json/value.h"

/* Reads a whole document; a fault of its text is reported below `root`, a path of one
 * key. */
upsell_status upsell__document_value(upsell_str text, const upsell__path *root,
                                     upsell__arena *arena, const upsell__value **value,
                                     upsell__sink *sink);

#endif
