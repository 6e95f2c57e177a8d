/* SPDX-License-Identifier: MIT */
#include "plan/recipe.h"

/* The item joins the contracts just bought: charged now, and added to each of them. */
static const upsell__task joins_contracts[] = {
    UPSELL__TASK_CHARGE, UPSELL__TASK_FIND_ORDER, UPSELL__TASK_CLAIM,
    UPSELL__TASK_YIELD,  UPSELL__TASK_CONFIRM,    UPSELL__TASK_ADD_TO_CONTRACT,
    UPSELL__TASK_VERIFY, UPSELL__TASK_UNDO,       UPSELL__TASK_END};

/* The item joins the order just paid: charging is all, if it can be seen. */
static const upsell__task joins_order[] = {
    UPSELL__TASK_CHARGE,  UPSELL__TASK_FIND_ORDER, UPSELL__TASK_CLAIM, UPSELL__TASK_YIELD,
    UPSELL__TASK_CONFIRM, UPSELL__TASK_VERIFY,     UPSELL__TASK_UNDO,  UPSELL__TASK_END};

/* A subscription replaces what was bought: nothing is refunded before its contract is
 * there. */
static const upsell__task replaces_lines[] = {UPSELL__TASK_CHARGE,  UPSELL__TASK_FIND_ORDER,
                                              UPSELL__TASK_CLAIM,   UPSELL__TASK_YIELD,
                                              UPSELL__TASK_CONFIRM, UPSELL__TASK_AWAIT_CONTRACT,
                                              UPSELL__TASK_REFUND,  UPSELL__TASK_VERIFY,
                                              UPSELL__TASK_UNDO,    UPSELL__TASK_END};

const upsell__task *upsell__recipe(int32_t pattern)
{
  switch (pattern) {
  case UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION:
    return joins_contracts;
  case UPSELL_ONE_TIME_TO_SUBSCRIPTION:
    return replaces_lines;
  default:
    return joins_order;
  }
}

int upsell__task_per_target(upsell__task task)
{
  return task == UPSELL__TASK_YIELD || task == UPSELL__TASK_ADD_TO_CONTRACT ||
         task == UPSELL__TASK_VERIFY;
}
