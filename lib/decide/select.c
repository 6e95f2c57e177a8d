/* SPDX-License-Identifier: MIT */
#include "decide/select.h"

#include "base/alloc.h"
#include "base/sort.h"
#include "model/limits.h"

/* The best scenario found so far. */
typedef struct best {
  uint32_t rank; /* UPSELL__NO_INDEX: none */
  uint32_t scenario;
} best;

/* ---- the quick way: only the winner ---- */

static const upsell__posting *list_of_line(const upsell__facts *facts, size_t line, int list,
                                           const upsell__posting **end)
{
  return upsell__list(facts->catalog, facts->lines[line].product, facts->lines[line].kind, list,
                      end);
}

/*
 * Walks a list down to the first scenario that survives. It must have one of
 * `cycles` (0: any) and all of `products`. Hot path: the masks in the posting
 * pass over most of those that do not, before the scenario is touched.
 */
static void walk(upsell__judge *judge, const upsell__posting *posting, const upsell__posting *end,
                 uint64_t cycles, uint64_t products, best *found)
{
  for (; posting < end && posting->rank < found->rank; posting++) {
    const upsell__scenario *scenario;
    if ((posting->products & products) != products || (cycles && !(posting->cycles & cycles)))
      continue;
    scenario = &judge->facts.catalog->scenarios[posting->scenario];
    if (upsell__judge_match(judge, scenario) && !upsell__judge_reject(judge, scenario)) {
      found->rank = posting->rank;
      found->scenario = posting->scenario;
      return;
    }
  }
}

/*
 * What the order asks of a list: `cycles` that a scenario must have one of (0:
 * any). Returns 0 when it rejects the whole list: a new subscription needs an
 * address and an order without one; joining a contract needs a known cycle.
 */
static int list_can_win(const upsell__facts *facts, int32_t kind, int list, uint64_t *cycles)
{
  *cycles = 0;
  if (list != UPSELL__LIST_TO_SUBSCRIPTION_ALLOW && list != UPSELL__LIST_TO_SUBSCRIPTION_DENY)
    return 1;
  if (kind == UPSELL_KIND_ONE_TIME)
    return facts->has_address && !facts->has_subscription;
  *cycles = facts->cycles;
  return facts->cycles != 0;
}

/* Scenarios that allow other items: the lists of every product of the order. */
static void walk_allowing(upsell__judge *judge, int list, best *found)
{
  const upsell__facts *facts = &judge->facts;
  size_t i;

  for (i = 0; i < facts->count; i++) {
    const upsell__line *line = &facts->lines[i];
    const upsell__posting *end;
    const upsell__posting *begin;
    uint64_t cycles;
    if (line->repeats || line->product == UPSELL__NO_INDEX ||
        !list_can_win(facts, line->kind, list, &cycles))
      continue;
    begin = list_of_line(facts, i, list, &end);
    walk(judge, begin, end, cycles, 0, found);
  }
}

/*
 * Scenarios that deny other items: they must stand in the list of every product
 * of the order, so the shortest of those is enough. An order of both kinds, or
 * with a product that no trigger names, has none of them.
 */
static void walk_denying(upsell__judge *judge, int list, best *found)
{
  const upsell__facts *facts = &judge->facts;
  int32_t kind = facts->lines[0].kind;
  const upsell__posting *begin = NULL;
  const upsell__posting *end = NULL;
  uint64_t cycles;
  size_t i;

  if (facts->has_unknown_product || (facts->has_subscription && facts->has_one_time) ||
      !list_can_win(facts, kind, list, &cycles))
    return;
  for (i = 0; i < facts->count; i++) {
    const upsell__posting *other_end;
    const upsell__posting *other;
    if (facts->lines[i].repeats)
      continue;
    other = list_of_line(facts, i, list, &other_end);
    if (!begin || other_end - other < end - begin) {
      begin = other;
      end = other_end;
    }
  }
  walk(judge, begin, end, cycles, facts->products, found);
}

static int has_candidate_in(upsell__judge *judge, const upsell__posting *posting,
                            const upsell__posting *end)
{
  for (; posting < end; posting++) {
    if (posting->any ||
        upsell__judge_match(judge, &judge->facts.catalog->scenarios[posting->scenario]))
      return 1;
  }
  return 0;
}

/* A place among the lists of an order; all zeros to begin with. */
typedef struct list_cursor {
  size_t line;
  int list;
} list_cursor;

/* The next list of the order's products, each product and kind once. */
static int next_list(const upsell__facts *facts, list_cursor *at, const upsell__posting **begin,
                     const upsell__posting **end)
{
  for (; at->line < facts->count; at->line++, at->list = 0) {
    const upsell__line *line = &facts->lines[at->line];
    if (line->repeats || line->product == UPSELL__NO_INDEX || at->list == UPSELL__LISTS)
      continue;
    *begin = list_of_line(facts, at->line, at->list++, end);
    return 1;
  }
  return 0;
}

/* Whether any scenario has a trigger line, winner or not (DEC-16). */
static int has_candidate(upsell__judge *judge)
{
  list_cursor at = {0, 0};
  const upsell__posting *begin;
  const upsell__posting *end;

  while (next_list(&judge->facts, &at, &begin, &end)) {
    if (has_candidate_in(judge, begin, end))
      return 1;
  }
  return 0;
}

void upsell__select_winner(upsell__judge *judge, upsell__selection *selection)
{
  best found = {UPSELL__NO_INDEX, UPSELL__NO_INDEX};

  walk_allowing(judge, UPSELL__LIST_TO_SUBSCRIPTION_ALLOW, &found);
  walk_allowing(judge, UPSELL__LIST_TO_ONE_TIME_ALLOW, &found);
  walk_denying(judge, UPSELL__LIST_TO_SUBSCRIPTION_DENY, &found);
  walk_denying(judge, UPSELL__LIST_TO_ONE_TIME_DENY, &found);
  selection->winner = found.scenario;
  selection->candidate_count = 0;
  selection->reason = 0;
  if (selection->winner == UPSELL__NO_INDEX)
    selection->reason =
        has_candidate(judge) ? UPSELL_REASON_ALL_REJECTED : UPSELL_REASON_NO_CANDIDATE;
}

/* ---- the thorough way: every candidate ---- */

static int number_after(uint32_t a, uint32_t b, const void *context)
{
  (void)context;
  return a > b;
}

static int collect_list(upsell__selection *selection, const upsell__posting *posting,
                        const upsell__posting *end, size_t *count)
{
  void *found = selection->found;

  if (!upsell__grow(&found, &selection->found_capacity, *count + (size_t)(end - posting),
                    sizeof(*selection->found)))
    return 0;
  selection->found = found;
  for (; posting < end; posting++)
    selection->found[(*count)++] = posting->scenario;
  return 1;
}

/* All scenarios in the lists of the order's products, each once, in catalogue
 * order. Returns 0 when memory ran out. */
static int collect(const upsell__facts *facts, upsell__selection *selection, size_t *count)
{
  list_cursor at = {0, 0};
  const upsell__posting *begin;
  const upsell__posting *end;
  size_t kept = 0;
  size_t i;

  *count = 0;
  while (next_list(facts, &at, &begin, &end)) {
    if (!collect_list(selection, begin, end, count))
      return 0;
  }
  upsell__sort(selection->found, *count, number_after, NULL);
  for (i = 0; i < *count; i++) {
    if (kept == 0 || selection->found[i] != selection->found[kept - 1])
      selection->found[kept++] = selection->found[i];
  }
  *count = kept;
  return 1;
}

/* Judges a scenario and keeps it if it is a candidate. */
static void consider(upsell__judge *judge, upsell__selection *selection, uint32_t number)
{
  const upsell__scenario *scenarios = judge->facts.catalog->scenarios;
  const upsell__scenario *scenario = &scenarios[number];
  upsell__candidate candidate = {number, 0};

  if (!upsell__judge_match(judge, scenario))
    return;
  candidate.reason = upsell__judge_reject(judge, scenario);
  selection->candidates[selection->candidate_count++] = candidate;
  if (!candidate.reason && (selection->winner == UPSELL__NO_INDEX ||
                            scenario->priority < scenarios[selection->winner].priority))
    selection->winner = number;
}

/* Judges scenarios in catalogue order; 0 when memory ran out. */
static int consider_all(upsell__judge *judge, upsell__selection *selection, const uint32_t *numbers,
                        size_t count)
{
  void *candidates = selection->candidates;
  size_t i;

  selection->candidate_count = 0;
  selection->winner = UPSELL__NO_INDEX;
  selection->reason = 0;
  if (!upsell__grow(&candidates, &selection->candidate_capacity, count,
                    sizeof(*selection->candidates)))
    return 0;
  selection->candidates = candidates;
  for (i = 0; i < count; i++)
    consider(judge, selection, numbers[i]);
  if (selection->winner == UPSELL__NO_INDEX)
    selection->reason =
        selection->candidate_count ? UPSELL_REASON_ALL_REJECTED : UPSELL_REASON_NO_CANDIDATE;
  return 1;
}

int upsell__select_explained(upsell__judge *judge, upsell__selection *selection)
{
  size_t count;

  return collect(&judge->facts, selection, &count) &&
         consider_all(judge, selection, selection->found, count);
}

int upsell__select_only(upsell__judge *judge, upsell__selection *selection, uint32_t scenario)
{
  return consider_all(judge, selection, &scenario, 1);
}

void upsell__selection_free(upsell__selection *selection)
{
  upsell__free(selection->found);
  upsell__free(selection->candidates);
  memset(selection, 0, sizeof(*selection));
}

upsell_status upsell_priority_resolve(const int32_t *priorities, size_t count, size_t *winner)
{
  size_t first = 0;
  size_t i;

  if (!winner || (count && !priorities))
    return UPSELL_INVALID_ARGUMENT;
  if (count == 0)
    return UPSELL_BAD_COUNT;
  for (i = 0; i < count; i++) {
    if (priorities[i] < 0 || priorities[i] > UPSELL__PRIORITY_MAX)
      return UPSELL_OUT_OF_RANGE;
    if (priorities[i] < priorities[first])
      first = i;
  }
  *winner = first;
  return UPSELL_OK;
}
