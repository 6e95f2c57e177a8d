/* SPDX-License-Identifier: MIT */
/* A decision in short: what belongs to the order, as numbers and texts (BAT-4). */
#ifndef UPSELL_CODEC_RESULT_H
#define UPSELL_CODEC_RESULT_H

#include <upsell/batch.h>

#include "base/buffer.h"

/* Fills a result, but for the place of its order, and appends its texts. */
void upsell__result_write(const upsell_decision_view *view, upsell_result *result,
                          upsell__buffer *text);

#endif
