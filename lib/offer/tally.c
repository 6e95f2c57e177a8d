/* SPDX-License-Identifier: MIT */
/*
 * For each session the highest count that it reached is kept. The higher of two is the
 * same in whatever order they come, and however often, which is all of CNT-3 and CNT-4.
 */
#include "offer/tally.h"

#include <inttypes.h>

#include "base/alloc.h"
#include "model/values.h"

upsell_status upsell_tally_new(upsell_tally **tally)
{
  upsell_tally *made;

  if (!tally)
    return UPSELL_INVALID_ARGUMENT;
  made = upsell__alloc(1, sizeof(*made));
  if (!made)
    return UPSELL_NO_MEMORY;
  *tally = made;
  return UPSELL_OK;
}

void upsell_tally_free(upsell_tally *tally)
{
  if (!tally)
    return;
  upsell__arena_free(&tally->texts);
  upsell__arena_free(&tally->scratch);
  upsell__idmap_free(&tally->scenarios);
  upsell__idmap_free(&tally->sessions);
  upsell__free(tally->counts);
  upsell__free(tally->levels);
  upsell__free(tally);
}

/* Numbers a text, and copies it if it is new. Returns 0, with nothing changed, when
 * memory ran out; so do the next two. */
static int number_text(upsell_tally *tally, upsell__idmap *map, uint32_t scope, upsell_str text,
                       uint32_t *number, int *added)
{
  upsell_str copy;

  if (!upsell__idmap_add(map, scope, text, number, added))
    return 0;
  if (!*added)
    return 1;
  if (!upsell__arena_copy(&tally->texts, text, &copy)) {
    upsell__idmap_remove_last(map);
    return 0;
  }
  map->entries[*number].text = copy;
  return 1;
}

static int number_scenario(upsell_tally *tally, upsell_str id, uint32_t *number)
{
  upsell_counts none = {{NULL, 0}, 0, 0, 0};
  void *counts = tally->counts;
  int added;

  /* Room first: then nothing can fail behind the text. */
  if (!upsell__grow(&counts, &tally->counts_capacity, tally->scenarios.count + 1, sizeof(none)))
    return 0;
  tally->counts = counts;
  if (!number_text(tally, &tally->scenarios, 0, id, number, &added))
    return 0;
  if (added) {
    none.scenario_id = tally->scenarios.entries[*number].text;
    tally->counts[*number] = none;
  }
  return 1;
}

static int number_session(upsell_tally *tally, uint32_t scenario, upsell_str id, uint32_t *number)
{
  void *levels = tally->levels;
  int added;

  if (!upsell__grow(&levels, &tally->levels_capacity, tally->sessions.count + 1, 1))
    return 0;
  tally->levels = levels;
  if (!number_text(tally, &tally->sessions, scenario, id, number, &added))
    return 0;
  if (added)
    tally->levels[*number] = 0;
  return 1;
}

/* Takes back what was numbered since there were so many. */
static void forget(upsell__idmap *map, size_t count)
{
  while (map->count > count)
    upsell__idmap_remove_last(map);
}

/* Lifts a session to a level; each one that it passes counts. */
static void lift(upsell_tally *tally, uint32_t session, int32_t level)
{
  upsell_counts *counts = &tally->counts[tally->sessions.entries[session].scope];
  int32_t before = tally->levels[session];

  if (level <= before)
    return;
  counts->shown += before < UPSELL_COUNT_SHOWN;
  counts->clicked += before < UPSELL_COUNT_CLICKED && level >= UPSELL_COUNT_CLICKED;
  counts->ordered += level >= UPSELL_COUNT_ORDERED;
  tally->levels[session] = (uint8_t)level;
}

upsell_status upsell__tally_count(upsell_tally *tally, upsell_str session_id,
                                  upsell_str scenario_id, int32_t count, upsell__sink *sink)
{
  size_t known = tally->scenarios.count;
  uint32_t scenario;
  uint32_t session;

  if (!number_scenario(tally, scenario_id, &scenario))
    return upsell__report_no_memory(sink);
  if (!number_session(tally, scenario, session_id, &session)) {
    forget(&tally->scenarios, known);
    return upsell__report_no_memory(sink);
  }
  lift(tally, session, count);
  return UPSELL_OK;
}

void upsell__tally_check_ids(upsell_str session_id, upsell_str scenario_id, int clean,
                             upsell__sink *sink)
{
  upsell__check check = {sink, clean};

  upsell__check_own_id(&check, "session_id", session_id);
  upsell__check_own_id(&check, "scenario_id", scenario_id);
}

static void check_count(upsell__sink *sink, int32_t count)
{
  upsell__path path = upsell__at_key(NULL, "event");

  if (count < UPSELL_COUNT_SHOWN || count > UPSELL_COUNT_ORDERED)
    upsell__report(sink, UPSELL_BAD_VALUE, &path,
                   "A constant from %d to %d was expected, found %" PRId32 ".", UPSELL_COUNT_SHOWN,
                   UPSELL_COUNT_ORDERED, count);
}

upsell_status upsell_tally_add(upsell_tally *tally, upsell_str session_id, upsell_str scenario_id,
                               int32_t count, upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};

  if (!tally) {
    upsell__report(&sink, UPSELL_INVALID_ARGUMENT, NULL, "A tally was expected, found NULL.");
    return sink.status;
  }
  upsell__tally_check_ids(session_id, scenario_id, 0, &sink);
  check_count(&sink, count);
  if (sink.status)
    return sink.status;
  return upsell__tally_count(tally, session_id, scenario_id, count, &sink);
}

/* Numbers the scenarios of another tally, into `numbers`, and its sessions. Returns 0 when
 * memory ran out: then some are numbered. */
static int number_all(upsell_tally *tally, const upsell_tally *other, uint32_t *numbers)
{
  uint32_t ignored;
  size_t i;

  for (i = 0; i < other->scenarios.count; i++) {
    if (!number_scenario(tally, other->scenarios.entries[i].text, &numbers[i]))
      return 0;
  }
  for (i = 0; i < other->sessions.count; i++) {
    const upsell__idmap_entry *entry = &other->sessions.entries[i];
    if (!number_session(tally, numbers[entry->scope], entry->text, &ignored))
      return 0;
  }
  return 1;
}

upsell_status upsell_tally_merge(upsell_tally *tally, const upsell_tally *other)
{
  size_t scenarios;
  size_t sessions;
  uint32_t *numbers;
  size_t i;

  if (!tally || !other)
    return UPSELL_INVALID_ARGUMENT;
  if (tally == other)
    return UPSELL_OK;
  scenarios = tally->scenarios.count;
  sessions = tally->sessions.count;
  numbers = upsell__alloc(other->scenarios.count, sizeof(*numbers));
  if (!numbers || !number_all(tally, other, numbers)) {
    forget(&tally->sessions, sessions);
    forget(&tally->scenarios, scenarios);
    upsell__free(numbers);
    return UPSELL_NO_MEMORY;
  }
  /* All is there; nothing fails from here on. */
  for (i = 0; i < other->sessions.count; i++) {
    const upsell__idmap_entry *entry = &other->sessions.entries[i];
    lift(tally, upsell__idmap_find(&tally->sessions, numbers[entry->scope], entry->text),
         other->levels[i]);
  }
  upsell__free(numbers);
  return UPSELL_OK;
}

size_t upsell_tally_size(const upsell_tally *tally)
{
  return tally ? tally->scenarios.count : 0;
}

upsell_status upsell_tally_get(const upsell_tally *tally, size_t index, upsell_counts *counts)
{
  if (!tally || !counts)
    return UPSELL_INVALID_ARGUMENT;
  if (index >= tally->scenarios.count)
    return UPSELL_OUT_OF_RANGE;
  *counts = tally->counts[index];
  return UPSELL_OK;
}
