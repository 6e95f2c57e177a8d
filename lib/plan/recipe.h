/* SPDX-License-Identifier: MIT */
/*
 * What carries out a deal, in commerce words and in order (PLN-5): the one place that
 * says what is done in each pattern. A platform's layer words each task as steps.
 */
#ifndef UPSELL_PLAN_RECIPE_H
#define UPSELL_PLAN_RECIPE_H

#include "plan/deal.h"

typedef enum upsell__task {
  UPSELL__TASK_END,
  UPSELL__TASK_CHARGE,          /* charge the buyer, in the page */
  UPSELL__TASK_FIND_ORDER,      /* find the order that was charged */
  UPSELL__TASK_CLAIM,           /* take the right to change anything on the server */
  UPSELL__TASK_YIELD,           /* another run has it: wait until it has delivered; per target */
  UPSELL__TASK_CONFIRM,         /* see that the item is on the order and paid, or see why not */
  UPSELL__TASK_ADD_TO_CONTRACT, /* add the item to the contract; per target */
  UPSELL__TASK_AWAIT_CONTRACT,  /* see the contract of the new subscription */
  UPSELL__TASK_REFUND,          /* refund the lines that it replaces */
  UPSELL__TASK_VERIFY,          /* read back and prove; per target */
  UPSELL__TASK_UNDO             /* compensation: take an unpaid item off the order again */
} upsell__task;

/* The tasks of a pattern, ended by UPSELL__TASK_END. */
const upsell__task *upsell__recipe(int32_t pattern);

/* Whether a task is worded once for each target of the deal. */
int upsell__task_per_target(upsell__task task);

/* How long a run waits, in seconds (PLN-7). */
enum {
  UPSELL__ORDER_WAIT = 900,    /* for the order to be found */
  UPSELL__PAYMENT_WAIT = 1800, /* for the item to be on it and paid */
  /* Then for an item that is not on it: the order takes charges for an hour, as long as
   * the longest page; a quarter of an hour later none can come any more. */
  UPSELL__LATE_CHARGE_WAIT = 2700,
  UPSELL__OTHER_RUN_WAIT = 1800, /* for another run to deliver */
  UPSELL__CONTRACT_WAIT = 900,   /* for a contract to be made */
  UPSELL__PROOF_WAIT = 300       /* for what was done to be seen */
};

#endif
