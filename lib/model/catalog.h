/* SPDX-License-Identifier: MIT */
/*
 * A validated catalogue in the form that deciding wants: ids are numbers,
 * defaults are filled in, prices are minor units, and each product knows the
 * scenarios it can set off. Immutable once built.
 */
#ifndef UPSELL_MODEL_CATALOG_H
#define UPSELL_MODEL_CATALOG_H

#include <upsell/decision.h>

#include "base/arena.h"
#include "base/idmap.h"
#include "base/report.h"

typedef struct upsell__plan {
  upsell_str id;
  upsell_str name;
  const upsell_plan_price_entry *pricing; /* ascending after_cycle */
  uint32_t pricing_count;
  uint32_t cycle;        /* upsell__cycle_code() */
  int32_t min_cycles;    /* 0: none */
  int32_t max_cycles;    /* 0: no end */
  upsell_cycle interval; /* as given, with a delivery */
} upsell__plan;

/* What a buyer is told before a subscription (CAT-19); absent where there is none. */
typedef struct upsell__disclosure {
  upsell_str price;
  upsell_str payment;
  upsell_str delivery;
  upsell_str period;
  upsell_str withdrawal;
  upsell_str cancellation;
} upsell__disclosure;

typedef struct upsell__variant {
  upsell_str id;
  upsell_str title;
  int64_t price;
  int64_t available; /* -1: not tracked */
} upsell__variant;

typedef struct upsell__product {
  upsell_str id;
  upsell_str title;
  uint8_t requires_shipping;
  uint8_t requires_selling_plan;
} upsell__product;

/* One entry of trigger.products (DEC-2). No variants or plans: any. */
typedef struct upsell__trigger {
  const uint32_t *variants; /* ascending, then all once more, as given */
  const uint32_t *plans;    /* the same */
  uint32_t variant_count;
  uint32_t plan_count;
  uint32_t product;
  uint32_t place; /* among the entries as given */
} upsell__trigger;

/* What judging reads comes first, so that it is one or two cache lines. */
typedef struct upsell__scenario {
  const upsell__trigger *triggers; /* ascending product, else as given */
  const uint32_t *plans;           /* of the offer, in its order */
  uint32_t trigger_count;
  uint32_t plan_count;
  uint32_t product; /* of the offer */
  uint32_t variant; /* of the offer, a number among all variants */
  int32_t priority;
  uint8_t pattern;      /* enum upsell_pattern */
  uint8_t trigger_kind; /* enum upsell_kind */
  uint8_t published;
  uint8_t denies_other_items;
  uint8_t pattern_not_enabled;     /* these three hold for every order ... */
  uint8_t offer_not_shippable;     /* ... so such a scenario never wins ... */
  uint8_t offer_subscription_only; /* ... but it is a candidate all the same */
  upsell_quantity quantity;
  upsell_discount discount;
  const upsell_page *page;
  const upsell__disclosure *disclosure; /* complete; the catalogue's where it has none */
  upsell_str id;
  upsell_str name;
} upsell__scenario;

/* A scenario in the list of a product that can set it off. */
typedef struct upsell__posting {
  uint64_t cycles;   /* upsell__cycle_bit() of the offer's plans */
  uint64_t products; /* upsell__product_bit() of all its trigger products */
  uint32_t rank;     /* by priority, then place in the catalogue */
  uint32_t scenario; /* place in the catalogue */
  uint32_t any;      /* some trigger for the product asks for no variant or plan */
} upsell__posting;

/* One bit of 64 for a product: those with different bits differ. */
static inline uint64_t upsell__product_bit(uint32_t product)
{
  return UINT64_C(1) << (product * UINT32_C(2654435761) >> 26);
}

/* The lists of a product and a kind of line. */
enum {
  UPSELL__LIST_TO_SUBSCRIPTION_ALLOW, /* offers a subscription, allows other items */
  UPSELL__LIST_TO_SUBSCRIPTION_DENY,
  UPSELL__LIST_TO_ONE_TIME_ALLOW,
  UPSELL__LIST_TO_ONE_TIME_DENY,
  UPSELL__LIST_NEVER, /* can never win, whatever the order */
  UPSELL__LISTS
};

struct upsell_catalog {
  upsell__arena arena;       /* all that follows but the maps */
  upsell__idmap plan_ids;    /* those of the catalogue first, then unknown ones */
  upsell__idmap product_ids; /* that triggers name; the same for products */
  upsell__idmap variant_ids; /* scope: number of the product */
  upsell__plan *plans;
  upsell__product *products;
  upsell__variant *variants;
  upsell__scenario *scenarios;
  upsell__posting *postings;
  uint32_t *lists;     /* where each list starts; see upsell__list() */
  uint32_t plan_count; /* of the catalogue itself, without unknown ones */
  uint32_t product_count;
  uint32_t variant_count;
  uint32_t scenario_count;
  upsell_currency currency;
  upsell_rounding_pair rounding;
  upsell__disclosure disclosure;
  int32_t store_plan;
  uint8_t post_purchase_app;
  uint8_t one_time_to_one_time;
};

/* A list: postings from `*begin` up to `end`. */
static inline const upsell__posting *upsell__list(const upsell_catalog *catalog, uint32_t product,
                                                  int32_t kind, int list,
                                                  const upsell__posting **end)
{
  size_t number = ((size_t)product * 2 + (size_t)(kind - 1)) * UPSELL__LISTS + (size_t)list;

  *end = catalog->postings + catalog->lists[number + 1];
  return catalog->postings + catalog->lists[number];
}

/* Numbers that the check gave to ids; the catalogue takes them over. */
typedef struct upsell__catalog_ids {
  upsell__idmap plans;
  upsell__idmap products;
  upsell__idmap variants;
} upsell__catalog_ids;

void upsell__catalog_ids_free(upsell__catalog_ids *ids);

/*
 * Reports every problem of the input (CAT-1 ... CAT-19). `clean_text` says that
 * all texts are known to be UTF-8 without NUL. When nothing was reported, `ids`
 * holds the numbers of all ids. The caller frees `ids` in any case.
 */
void upsell__catalog_check(const upsell_catalog_input *input, int clean_text, upsell__sink *sink,
                           upsell__catalog_ids *ids);

/* Builds from checked input; takes over `ids`. NULL when memory ran out. */
upsell_catalog *upsell__catalog_freeze(const upsell_catalog_input *input, upsell__catalog_ids *ids);

/* Checks, and builds unless there was a problem. */
upsell_status upsell__catalog_build(const upsell_catalog_input *input, int clean_text,
                                    upsell__sink *sink, upsell_catalog **catalog);

/* Fills in the lists of the products; 0 when memory ran out. */
int upsell__catalog_index(upsell_catalog *catalog);

#endif
