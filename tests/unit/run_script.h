/* SPDX-License-Identifier: MIT */
/*
 * Runs as short scripts. Documents are written with ' for ", events and what comes of
 * them as one line each:
 *
 *   start 100                       a new run
 *   tick 105, resume 105
 *   answer STEP 105 {'data':{}}     answer/429 with an HTTP status
 *   lost STEP 105                   no answer
 *   unsent STEP 105 REASON          REASON may be left out
 *   hook TOPIC 105 {'id':1}
 *
 *   send STEP, pending STEP, completed
 *   wait 107 TOPIC TOPIC
 *   stopped STEP:RESULT:STATE STEP:RESULT:STATE
 *
 * Each event is taken in several ways, which must come to the same bytes.
 */
#ifndef UPSELL_TESTS_RUN_SCRIPT_H
#define UPSELL_TESTS_RUN_SCRIPT_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include <upsell/runner.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Plans of so many steps. */
#define PLAN1(a) "{'format':'upsell.plan/1','plan_id':'p-1','steps':[" a "]}"
#define PLAN2(a, b) PLAN1(a "," b)
#define PLAN3(a, b, c) PLAN2(a "," b, c)
#define PLAN4(a, b, c, d) PLAN3(a "," b, c, d)
#define PLAN5(a, b, c, d, e) PLAN4(a "," b, c, d, e)

/* Steps that have nothing but what a test is about. */
#define CALL(id, needs, more)                                                                      \
  "{'id':'" id "','channel':'admin_graphql','depends_on':[" needs                                  \
  "],'irreversible':false,"                                                                        \
  "'if_stopped':'unknown','operation':'" id "','document':'query " id "'" more "}"
#define WRITE(id, needs, more)                                                                     \
  "{'id':'" id "','channel':'admin_graphql','depends_on':[" needs                                  \
  "],'irreversible':true,"                                                                         \
  "'if_stopped':'paid_not_delivered','operation':'" id "','document':'mutation " id "'" more "}"
#define CHARGE(more)                                                                               \
  "{'id':'charge','channel':'changeset','depends_on':[],'irreversible':true,"                      \
  "'if_stopped':'unknown','changes':[{'type':'add_variant'}],'buyer_consent':false,"               \
  "'expect':{'lines':['800']},'idempotency_key':'key-1','expires_after_seconds':300" more "}"
#define WAIT(id, needs, more)                                                                      \
  "{'id':'" id "','channel':'wait','depends_on':[" needs                                           \
  "],'irreversible':false,"                                                                        \
  "'if_stopped':'unknown','poll':{'operation':'" id "','document':'query " id                      \
  "','every_seconds':10},'timeout_seconds':60" more "}"
#define ON(rows) ",'on':[" rows "]"

typedef struct script {
  upsell_runner *runner;
  upsell_progress *progress;
  char *journal; /* as stored; NULL: none yet */
  char said[1024];
} script;

/* One event and what must come of it; the end of a list has no event. */
typedef struct turn {
  const char *event;
  const char *expected;
} turn;

/* A copy with " for each '. */
static inline char *quoted(const char *text)
{
  char *copy = strdup(text);
  char *p;

  for (p = copy; *p; p++) {
    if (*p == '\'')
      *p = '"';
  }
  return copy;
}

static inline upsell_runner *script_runner(const char *plan)
{
  char *text = quoted(plan);
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_runner *runner = NULL;

  if (upsell_runner_new(text, strlen(text), &runner, &error))
    ck_abort_msg("plan %s: %s: %s", plan, error.pointer, error.message);
  free(text);
  return runner;
}

static inline void script_begin(script *s, const char *plan)
{
  memset(s, 0, sizeof(*s));
  s->runner = script_runner(plan);
  ck_assert_int_eq(upsell_progress_new(&s->progress), UPSELL_OK);
}

static inline void script_end(script *s)
{
  upsell_runner_free(s->runner);
  upsell_progress_free(s->progress);
  free(s->journal);
}

/* ---- events ---- */

/* An event as written, in both forms. */
typedef struct script_event {
  char *words; /* owned: the struct's texts stand in it */
  upsell_event event;
  char json[4096];
} script_event;

static inline char *next_word(char **at)
{
  char *word = *at;
  char *end = word ? strchr(word, ' ') : NULL;

  if (end)
    *end++ = '\0';
  *at = end;
  return word;
}

static inline void event_append(script_event *e, const char *key, const char *value, int is_text)
{
  size_t len = strlen(e->json);

  snprintf(e->json + len, sizeof(e->json) - len, is_text ? ",\"%s\":\"%s\"" : ",\"%s\":%s", key,
           value);
}

static inline int32_t event_kind(const char *word)
{
  static const char *const words[] = {"start", "resume", "tick", "answer",
                                      "lost",  "unsent", "hook", NULL};
  int32_t i;

  for (i = 0; words[i]; i++) {
    if (strcmp(words[i], word) == 0)
      return i + 1;
  }
  ck_abort_msg("what is %s?", word);
  return 0;
}

/* The rest of an event's words, behind its kind. */
static inline void read_event_words(script_event *e, char *at)
{
  upsell_event *event = &e->event;
  int has_step = event->kind >= UPSELL_EVENT_ANSWER && event->kind <= UPSELL_EVENT_NOT_SENT;
  const char *about = has_step || event->kind == UPSELL_EVENT_WEBHOOK ? next_word(&at) : NULL;
  const char *now = next_word(&at);

  event->now = strtoll(now ? now : "", NULL, 10);
  event_append(e, "now", now ? now : "", 0);
  if (about) {
    *(has_step ? &event->step : &event->topic) = upsell_str_of(about);
    event_append(e, has_step ? "step" : "topic", about, 1);
  }
  if (!at)
    return;
  if (event->kind == UPSELL_EVENT_NOT_SENT)
    event->reason = upsell_str_of(at);
  else
    event->body = upsell_str_of(at);
  event_append(e, event->reason.data ? "reason" : "body", at, event->reason.data != NULL);
}

static inline void script_event_read(script_event *e, const char *text)
{
  static const char *const types[] = {"start",     "resume",   "tick",   "answer",
                                      "no_answer", "not_sent", "webhook"};
  char *at;
  char *kind;
  char *http;

  memset(e, 0, sizeof(*e));
  e->words = at = quoted(text);
  kind = next_word(&at);
  http = strchr(kind, '/');
  if (http)
    *http++ = '\0';
  e->event.size = sizeof(e->event);
  e->event.kind = event_kind(kind);
  snprintf(e->json, sizeof(e->json), "{\"type\":\"%s\"", types[e->event.kind - 1]);
  read_event_words(e, at);
  if (http) {
    e->event.http_status = atoi(http);
    event_append(e, "http_status", http, 0);
  }
  if (e->event.kind == UPSELL_EVENT_START) {
    e->event.run_id = upsell_str_of("run-0001");
    event_append(e, "run_id", "run-0001", 1);
  }
  strcat(e->json, "}");
}

/* ---- what came of them ---- */

static inline void say(script *s, const char *format, upsell_str text)
{
  size_t len = strlen(s->said);

  snprintf(s->said + len, sizeof(s->said) - len, format, (int)text.len, text.data);
}

static inline void say_topics(script *s, const char *action)
{
  const char *list = strstr(action, "\"webhooks\":[") + strlen("\"webhooks\":[");

  while (*list != ']') {
    const char *end = strchr(list + 1, '"');
    say(s, " %.*s", (upsell_str){list + 1, (size_t)(end - list - 1)});
    list = end[1] == ',' ? end + 2 : end + 1;
  }
}

static inline void say_stops(script *s, const upsell_progress_view *view)
{
  size_t i;

  for (i = 0; i < view->stop_count; i++) {
    say(s, " %.*s", view->stops[i].step);
    say(s, ":%.*s", view->stops[i].result);
    say(s, ":%.*s", upsell_str_of(upsell_state_name(view->stops[i].state)));
  }
}

/* The view as one line. */
static inline const char *script_say(script *s, const upsell_progress_view *view)
{
  static const char *const formats[] = {"", "send %.*s", "wait", "pending %.*s", ""};

  snprintf(s->said, sizeof(s->said), formats[view->kind], (int)view->step.len, view->step.data);
  if (view->kind == UPSELL_ACTION_WAIT) {
    snprintf(s->said, sizeof(s->said), "wait %lld", (long long)view->wait_until);
    say_topics(s, view->action.data);
  }
  if (view->kind == UPSELL_ACTION_FINISHED) {
    say(s, "%.*s", upsell_str_of(view->stop_count ? "stopped" : "completed"));
    say_stops(s, view);
  }
  return s->said;
}

/* Another way to take an event in must come to the same. */
static inline void expect_same(const upsell_progress_view *view, const upsell_progress_view *other)
{
  ck_assert_str_eq(view->journal.data, other->journal.data);
  ck_assert_str_eq(view->action.data, other->action.data);
  ck_assert_int_eq(view->kind, other->kind);
  ck_assert_int_eq(view->wait_until, other->wait_until);
}

/* Takes an event in with a fresh object and as a document. */
static inline void try_other_way(const script *s, const script_event *e)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_progress *fresh;

  ck_assert_int_eq(upsell_progress_new(&fresh), UPSELL_OK);
  if (upsell_runner_step_json(s->runner, s->journal, s->journal ? strlen(s->journal) : 0, e->json,
                              strlen(e->json), fresh, &error))
    ck_abort_msg("%s: %s: %s", e->json, error.pointer, error.message);
  expect_same(upsell_progress_get(s->progress), upsell_progress_get(fresh));
  upsell_progress_free(fresh);
}

/* Takes an event in and stores the journal; returns the line about it. */
static inline const char *script_do(script *s, const char *text)
{
  upsell_error error = UPSELL_ERROR_INIT;
  script_event e;
  const upsell_progress_view *view = upsell_progress_get(s->progress);

  script_event_read(&e, text);
  if (upsell_runner_step(s->runner, s->journal, s->journal ? strlen(s->journal) : 0, &e.event,
                         s->progress, &error))
    ck_abort_msg("%s: %s: %s", text, error.pointer, error.message);
  try_other_way(s, &e);
  free(e.words);
  free(s->journal);
  s->journal = strdup(view->journal.data);
  return script_say(s, view);
}

/* Plays a script through. */
static inline void play_on(script *s, const turn *turns)
{
  for (; turns->event; turns++) {
    const char *said = script_do(s, turns->event);
    if (strcmp(said, turns->expected) != 0)
      ck_abort_msg("%s: expected %s, actual %s; %s", turns->event, turns->expected, said,
                   s->journal);
  }
}

static inline void play(const char *plan, const turn *turns)
{
  script s;

  script_begin(&s, plan);
  play_on(&s, turns);
  script_end(&s);
}

/* Whether the journal has a piece of text, with ' for ". */
static inline void expect_in_journal(const script *s, const char *piece)
{
  char *text = quoted(piece);

  if (!strstr(s->journal, text))
    ck_abort_msg("%s is not in %s", text, s->journal);
  free(text);
}

static inline void expect_not_in_journal(const script *s, const char *piece)
{
  char *text = quoted(piece);

  if (strstr(s->journal, text))
    ck_abort_msg("%s is in %s", text, s->journal);
  free(text);
}

#endif
