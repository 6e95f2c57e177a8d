/* SPDX-License-Identifier: MIT */
/* One way of deciding, or of making plans, alone: for a tool that counts instructions. */
#ifndef UPSELL_BENCH_COUNTED_H
#define UPSELL_BENCH_COUNTED_H

#include "workload.h"

/* `path` is "structs", "explain", "documents" or "json-c" for decisions; "packed",
 * "packed-batch", "document" or "lines" for batches; "plan", "plan-documents",
 * "plan-json-c", "runner" or "runner-step" for plans. Returns 0 for another. */
int counted_run(const workload *shop, size_t orders, const char *path);

#endif
