/* SPDX-License-Identifier: MIT */
/*
 * Sorting numbers of things in place, without memory and in n log n steps for
 * any input: the C library's qsort() may allocate.
 */
#ifndef UPSELL_BASE_SORT_H
#define UPSELL_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Whether thing `a` comes after thing `b`. */
typedef int (*upsell__after)(uint32_t a, uint32_t b, const void *context);

/* Sorts so that no thing comes after its successor. */
void upsell__sort(uint32_t *items, size_t count, upsell__after after, const void *context);

#endif
