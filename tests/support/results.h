/* SPDX-License-Identifier: MIT */
/* The results of a batch against decisions (BAT-4), read as upsell/batch.h says. */
#ifndef UPSELL_TESTS_RESULTS_H
#define UPSELL_TESTS_RESULTS_H

#include <upsell/batch.h>

/*
 * Compares every field and text of a result with the decision of the same order. The
 * place of the order in its text is not looked at. Returns the name of what differs, or
 * NULL.
 */
const char *result_differs(const upsell_batch_view *batch, const upsell_result *result,
                           const upsell_decision_view *decision);

/*
 * Whether a result is one of an order that was not decided: a status, the place of the
 * order, and nothing else.
 */
int result_is_refusal(const upsell_result *result);

#endif
