/* SPDX-License-Identifier: MIT */
/* Counting: what a session costs in a tally. */
#ifndef UPSELL_BENCH_TALLIES_H
#define UPSELL_BENCH_TALLIES_H

#include <stddef.h>

/* Counts so many sessions in several ways and prints what that cost. Returns the exit
 * status: 1 when counting what is known took memory. */
int tallies_run(size_t sessions);

#endif
