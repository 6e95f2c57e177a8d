/* SPDX-License-Identifier: MIT */
/*
 * An order seen through a catalogue: its ids as numbers, and what is asked of
 * it again and again while scenarios are judged.
 */
#ifndef UPSELL_DECIDE_FACTS_H
#define UPSELL_DECIDE_FACTS_H

#include "model/catalog.h"
#include "model/order.h"

typedef struct upsell__line {
  uint32_t product;  /* number, or UPSELL__NO_INDEX: nothing knows it */
  uint32_t plan;     /* the same for the selling plan */
  uint32_t variant;  /* the same; UPSELL__NOT_LOOKED_UP until asked for */
  uint32_t cycle;    /* code of the plan's cycle; 0: the catalogue lacks the plan */
  uint32_t contract; /* first line with this contract; UPSELL__NO_INDEX: none */
  uint32_t like;     /* first line with this cycle */
  uint32_t slot;     /* scratch of judging: target of lines like this first one */
  uint32_t group;    /* scratch of judging: the target it is part of */
  int32_t kind;      /* enum upsell_kind */
  uint8_t repeats;   /* an earlier line has the same product and kind */
  uint8_t triggers;  /* scratch of judging: it is a trigger line */
} upsell__line;

#define UPSELL__NOT_LOOKED_UP (UINT32_MAX - 1)

typedef struct upsell__facts {
  const upsell_catalog *catalog;
  const upsell_order *order;
  upsell__line *lines;
  size_t count;
  size_t capacity;
  uint64_t cycles;   /* upsell__cycle_bit() of all lines */
  uint64_t products; /* upsell__product_bit() of all lines whose product is known */
  uint8_t has_subscription;
  uint8_t has_one_time;
  uint8_t has_unknown_product;
  uint8_t has_address;
} upsell__facts;

/* Gathers the facts of a checked order; 0 when memory ran out. */
int upsell__facts_gather(upsell__facts *facts, const upsell_catalog *catalog,
                         const upsell_order *order);

/* The number of a line's variant, or UPSELL__NO_INDEX. */
uint32_t upsell__facts_variant(upsell__facts *facts, size_t line);

void upsell__facts_free(upsell__facts *facts);

#endif
