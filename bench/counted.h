/* SPDX-License-Identifier: MIT */
/* One way of deciding alone, for a tool that counts instructions. */
#ifndef UPSELL_BENCH_COUNTED_H
#define UPSELL_BENCH_COUNTED_H

#include "workload.h"

/* `path` is "structs", "explain", "documents" or "json-c". Returns 0 for another. */
int counted_run(const workload *shop, size_t orders, const char *path);

#endif
