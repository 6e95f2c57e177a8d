/* SPDX-License-Identifier: MIT */
/*
 * Wording steps: a template is the JSON of a step, with ' for " and with names between
 * @ signs that stand for what differs from plan to plan. So the steps can be read as
 * what they are.
 */
#ifndef UPSELL_SHOPIFY_WORDING_H
#define UPSELL_SHOPIFY_WORDING_H

#include "base/buffer.h"
#include "money/written.h"
#include "plan/recipe.h"
#include "shopify/terms.h"

typedef struct upsell__wording {
  const upsell__terms *terms;
  upsell__buffer *out;
  uint32_t scopes;  /* of all documents so far */
  size_t target;    /* the one that is being worded */
  size_t steps;     /* written so far */
  const char *lane; /* of compensation: what its ids begin with; NULL: the main one */
} upsell__wording;

/* Writes one step, or any other text of that kind. */
void upsell__word_step(upsell__wording *wording, const char *step);
void upsell__word(upsell__wording *wording, const char *text);

/* Writes what a name stands for; 0 when there is no such name. */
int upsell__word_name(upsell__wording *wording, upsell_str name);

/* What is asked and written again and again. */
static inline int upsell__joins_contract(const upsell__wording *wording)
{
  return wording->terms->deal->pattern == UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION;
}

static inline int upsell__replaces(const upsell__wording *wording)
{
  return wording->terms->deal->pattern == UPSELL_ONE_TIME_TO_SUBSCRIPTION;
}

static inline int32_t upsell__decimals(const upsell__wording *wording)
{
  return wording->terms->deal->catalog->currency.decimals;
}

static inline void upsell__word_money(upsell__wording *wording, int64_t amount)
{
  upsell__write_money(wording->out, amount, upsell__decimals(wording));
}

static inline void upsell__word_integer(upsell__wording *wording, int64_t number)
{
  upsell__buffer_append_int(wording->out, number);
}

/* A comma before all items of a list but the first. */
static inline void upsell__word_comma(upsell__wording *wording, size_t index)
{
  if (index)
    upsell__buffer_append_char(wording->out, ',');
}

/* The steps of a task, in the file of its name. */
void upsell__word_charge(upsell__wording *wording);
void upsell__word_find_order(upsell__wording *wording);
void upsell__word_claim(upsell__wording *wording);
void upsell__word_yield(upsell__wording *wording);
void upsell__word_confirm(upsell__wording *wording);
void upsell__word_add_to_contract(upsell__wording *wording);
void upsell__word_await_contract(upsell__wording *wording);
void upsell__word_refund(upsell__wording *wording);
void upsell__word_verify(upsell__wording *wording);
void upsell__word_undo(upsell__wording *wording);

/* Rows of `on` that many steps share. What is harmless to send again is sent again at
 * once, and then for half an hour: an outage must not leave a buyer who paid alone. */
#define UPSELL__ROW_THROTTLED                                                                      \
  "{'when':'throttled','do':'retry','max':60,'wait_seconds':2},"                                   \
  "{'when':'throttled','do':'retry','max':60,'wait_seconds':30}"
#define UPSELL__ROWS_REPEAT                                                                        \
  "{'when':'no_answer','do':'retry','max':5,'wait_seconds':3},"                                    \
  "{'when':'no_answer','do':'retry','max':60,'wait_seconds':30}"
#define UPSELL__ROWS_READ UPSELL__ROWS_REPEAT "," UPSELL__ROW_THROTTLED

/* What every reading of an order looks at before anything else: whose charge it was, and
 * whether the order still stands. */
#define UPSELL__CHECK_FOREIGN(at)                                                                  \
  "{'name':'foreign','at':'" at "/evidence/value','op':'ne','value':@plan_id@}"
#define UPSELL__CHECK_NO_EVIDENCE(at)                                                              \
  "{'name':'no_evidence','at':'" at "/evidence/value','op':'null'}"
#define UPSELL__ROW_FOREIGN "{'when':'foreign','do':'stop','state':'claimed_by_other'}"
#define UPSELL__CHECKS_ORDER                                                                       \
  UPSELL__CHECK_FOREIGN("/order")                                                                  \
  ",{'name':'cancelled','at':'/order/cancelledAt','op':'present'},"                                \
  "{'name':'too_many_lines','at':'/order/lineItems/pageInfo/hasNextPage','op':'eq','value':true}"

#endif
