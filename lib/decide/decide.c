/* SPDX-License-Identifier: MIT */
/* The coordinator: reads like the policy. */
#include "base/alloc.h"
#include "base/report.h"
#include "decide/decision.h"

upsell_status upsell_decision_new(upsell_decision **decision)
{
  upsell_decision *made;

  if (!decision)
    return UPSELL_INVALID_ARGUMENT;
  made = upsell__alloc(1, sizeof(*made));
  if (!made)
    return UPSELL_NO_MEMORY;
  upsell__decision_clear(made);
  *decision = made;
  return UPSELL_OK;
}

void upsell_decision_free(upsell_decision *decision)
{
  if (!decision)
    return;
  upsell__arena_free(&decision->results);
  upsell__arena_free(&decision->input);
  upsell__buffer_free(&decision->text);
  upsell__judge_free(&decision->judge);
  upsell__selection_free(&decision->selection);
  upsell__free(decision);
}

void upsell__decision_clear(upsell_decision *decision)
{
  static const upsell_decision_view nothing = {0};

  decision->view = nothing;
  decision->view.size = sizeof(decision->view);
  decision->text.len = 0;
  upsell__arena_reset(&decision->results);
}

const upsell_decision_view *upsell_decision_get(const upsell_decision *decision)
{
  return decision ? &decision->view : NULL;
}

/* What refuses the whole order, or 0 (DEC-1). */
static int32_t refuse_order(const upsell_catalog *catalog, const upsell_order *order)
{
  if (catalog->store_plan != UPSELL_STORE_ENTERPRISE)
    return UPSELL_REASON_STORE_PLAN;
  if (!catalog->post_purchase_app)
    return UPSELL_REASON_STORE_POST_PURCHASE_APP;
  if (memcmp(catalog->currency.code, order->currency, 3) != 0)
    return UPSELL_REASON_CURRENCY_MISMATCH;
  return 0;
}

static void no_offer(upsell_decision *decision, int32_t reason)
{
  decision->view.outcome = UPSELL_OUTCOME_NO_OFFER;
  decision->view.reason = reason;
}

/* The winner's lines and targets are judged once more: judging the others has
 * overwritten them. */
static int offer_winner(upsell_decision *decision, const upsell_catalog *catalog)
{
  uint32_t winner = decision->selection.winner;

  upsell__judge_match(&decision->judge, &catalog->scenarios[winner]);
  upsell__judge_reject(&decision->judge, &catalog->scenarios[winner]);
  return upsell__decision_offer(decision, winner);
}

int upsell__decision_conclude(upsell_decision *decision, const upsell_catalog *catalog)
{
  if (decision->selection.winner != UPSELL__NO_INDEX)
    return offer_winner(decision, catalog);
  no_offer(decision, decision->selection.reason);
  return 1;
}

static int decide_candidates(const upsell_catalog *catalog, const upsell_order *order,
                             uint32_t flags, upsell_decision *decision)
{
  upsell__selection *selection = &decision->selection;

  if (!upsell__judge_begin(&decision->judge, catalog, order))
    return 0;
  if (!(flags & UPSELL_DECIDE_EXPLAIN))
    upsell__select_winner(&decision->judge, selection);
  else if (!upsell__select_explained(&decision->judge, selection) ||
           !upsell__decision_explain(decision, catalog))
    return 0;
  return upsell__decision_conclude(decision, catalog);
}

static int decide(const upsell_catalog *catalog, const upsell_order *order, uint32_t flags,
                  upsell_decision *decision)
{
  int32_t refusal = refuse_order(catalog, order);

  decision->view.currency = catalog->currency;
  if (!upsell__arena_copy(&decision->results, order->id, &decision->view.order_id))
    return 0;
  if (!refusal)
    return decide_candidates(catalog, order, flags, decision);
  no_offer(decision, refusal);
  return 1;
}

int upsell__decide_begin(const upsell_catalog *catalog, const void *order, uint32_t flags,
                         upsell_decision *decision, upsell__sink *sink)
{
  if (decision)
    upsell__decision_clear(decision);
  if (catalog && order && decision && !(flags & ~(uint32_t)UPSELL_DECIDE_EXPLAIN))
    return 1;
  upsell__report(sink, UPSELL_INVALID_ARGUMENT, NULL,
                 "A catalogue, an order and a decision object were expected, and no flag but "
                 "UPSELL_DECIDE_EXPLAIN.");
  return 0;
}

upsell_status upsell__decide_checked(const upsell_catalog *catalog, const upsell_order *order,
                                     uint32_t flags, upsell_decision *decision, upsell__sink *sink)
{
  if (decide(catalog, order, flags, decision))
    return UPSELL_OK;
  upsell__decision_clear(decision);
  return upsell__report_no_memory(sink);
}

upsell_status upsell_decide(const upsell_catalog *catalog, const upsell_order *order,
                            uint32_t flags, upsell_decision *decision, upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};

  if (!upsell__decide_begin(catalog, order, flags, decision, &sink) ||
      upsell__order_check(order, 0, &sink))
    return sink.status;
  return upsell__decide_checked(catalog, order, flags, decision, &sink);
}

const char *upsell_reason_name(int32_t reason)
{
  switch (reason) {
#define CASE(symbol, number, name)                                                                 \
  case number:                                                                                     \
    return name;
    UPSELL_REASON_LIST(CASE)
#undef CASE
  default:
    return NULL;
  }
}
