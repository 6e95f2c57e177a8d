/* SPDX-License-Identifier: MIT */
/* Judging one scenario: its trigger lines, its targets, why it is rejected. */
#ifndef UPSELL_DECIDE_JUDGE_H
#define UPSELL_DECIDE_JUDGE_H

#include "decide/facts.h"

/* A target of the scenario judged last (TGT-2 ... TGT-5). */
typedef struct upsell__group {
  uint32_t contract_line; /* names its contract, or UPSELL__NO_INDEX */
  uint32_t plan;          /* offered to it, or UPSELL__NO_INDEX */
} upsell__group;

typedef struct upsell__judge {
  upsell__facts facts;
  upsell__group *groups; /* room for one per line */
  size_t group_capacity;
  size_t group_count;
  size_t trigger_count; /* trigger lines */
} upsell__judge;

/* Readies the judge for an order; 0 when memory ran out. */
int upsell__judge_begin(upsell__judge *judge, const upsell_catalog *catalog,
                        const upsell_order *order);

/* Marks the scenario's trigger lines; returns how many there are (DEC-2). */
size_t upsell__judge_match(upsell__judge *judge, const upsell__scenario *scenario);

/*
 * The first reason that rejects a scenario whose lines were just marked, or 0
 * (DEC-4 ... DEC-12). When it is 0, `groups` are its targets.
 */
int32_t upsell__judge_reject(upsell__judge *judge, const upsell__scenario *scenario);

/* The offer's plan with this cycle, or UPSELL__NO_INDEX (TGT-3). */
uint32_t upsell__judge_plan(const upsell_catalog *catalog, const upsell__scenario *scenario,
                            uint32_t cycle);

void upsell__judge_free(upsell__judge *judge);

#endif
