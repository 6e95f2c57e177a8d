/* SPDX-License-Identifier: MIT */
/* Orders in structs as packed orders (BAT-2). Only tests need it in C. */
#ifndef UPSELL_TESTS_PACK_H
#define UPSELL_TESTS_PACK_H

#include <upsell/order.h>

/*
 * Writes a packed order, with the NUL of its last text, if `size` bytes are enough for
 * all of it. Returns its length. What no packed order can say, such as an amount below
 * 0, makes one that is broken.
 */
size_t pack_order(const upsell_order *order, char *out, size_t size);

#endif
