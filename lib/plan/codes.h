/* SPDX-License-Identifier: MIT */
/*
 * The words of a platform by which the runner tells what was done. They are those of the
 * one platform that the plan format speaks of (its channels are that platform's, too);
 * another one adds its own here.
 */
#ifndef UPSELL_PLAN_CODES_H
#define UPSELL_PLAN_CODES_H

/* A changeset: the statuses of its answer, and the code that says it was applied before. */
#define UPSELL__STATUS_PROCESSED "processed"
#define UPSELL__STATUS_PARTIALLY "partially_processed"
#define UPSELL__STATUS_UNPROCESSED "unprocessed"
#define UPSELL__CODE_APPLIED "changeset_already_applied"

/* A call, `extensions.code` of an error: it may have been executed all the same. */
#define UPSELL__CODE_SERVER "INTERNAL_SERVER_ERROR"
#define UPSELL__CODE_CONCURRENT "IDEMPOTENCY_CONCURRENT_REQUEST"
#define UPSELL__CODE_TIMEOUT "TIMEOUT"

/* It was not executed: not now. */
#define UPSELL__CODE_THROTTLED "THROTTLED"

/* The same by HTTP status. From 500 on a call may have been executed, and so it may with
 * the first one; with the others it was not. The last one is no standard's. */
enum {
  UPSELL__HTTP_TIMEOUT = 408,
  UPSELL__HTTP_TOO_EARLY = 425,
  UPSELL__HTTP_THROTTLED = 429,
  UPSELL__HTTP_REJECTED = 430,
  UPSELL__HTTP_FAILURES = 500
};

#endif
