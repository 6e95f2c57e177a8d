/* SPDX-License-Identifier: MIT */
/*
 * A host: carries a plan out, with its journal on disk. Whatever it does, it may be
 * killed there, and started again.
 *
 * The runner of libupsell decides; the files here are the rest, one duty each:
 * journal.c stores, http.c calls, send.c knows what to call, clock.c waits, and
 * drive.c is the loop around them.
 */
#ifndef UPSELL_EXAMPLES_RUN_H
#define UPSELL_EXAMPLES_RUN_H

#include <curl/curl.h>
#include <signal.h>
#include <upsell/upsell.h>

/* Exit statuses. A run that a signal interrupts ends by that signal. */
enum { EXIT_COMPLETED = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_STOPPED = 3 };

/* ---- text.c: texts that grow ---- */

/* Starts as zeros; text_free() at the end. Where memory runs out the program ends,
 * which a host may do anywhere. */
typedef struct text_buffer {
  char *data; /* NUL-terminated once anything was added */
  size_t len;
  size_t capacity;
} text_buffer;

void text_add(text_buffer *t, const char *data, size_t len);
void text_add_words(text_buffer *t, const char *words);
void text_add_json_string(text_buffer *t, upsell_str value);

/* Adds what is left in a file; 0 with errno set. */
int text_read(text_buffer *t, int file);

void text_clear(text_buffer *t);
void text_free(text_buffer *t);
upsell_str text_str(const text_buffer *t);

_Noreturn void end_without_memory(void);

/* ---- tell.c: messages ---- */

/* "upsell-run: SUBJECT: WHAT", on standard error; returns 0. */
int complain(const char *subject, const char *what);

/* The same for an errno, and for an error of the library in a file. */
int complain_errno(const char *subject, int number);
int complain_error(const char *path, const upsell_error *error);

/* Text from elsewhere, with what could steer a terminal replaced by "?". */
void print_clean(FILE *out, upsell_str value);

/* How a run ended, on standard output, and the exit status that says the same. */
int tell_end(const upsell_progress_view *view);

/* ---- clock.c: time, and being interrupted ---- */

typedef struct run_clock {
  int64_t scale;    /* 1, or how many times as fast time goes, for tests */
  sigset_t signals; /* SIGINT and SIGTERM: held back, and asked for where it suits */
  int caught;       /* the one that came, or 0 */
} run_clock;

void clock_start(run_clock *clock, int64_t scale);

/* Seconds since 1970. */
int64_t clock_now(const run_clock *clock);

/* Whether a signal asks to stop. */
int clock_interrupted(run_clock *clock);

/* Sleeps until a time; 0 as soon as a signal asks to stop. */
int clock_sleep_until(run_clock *clock, int64_t until);

/* Ends the program by the signal that came. */
void clock_end_by_signal(const run_clock *clock);

/* ---- journal.c: what survives ---- */

typedef struct journal_file {
  const char *path;
  const char *name; /* in `folder` */
  int folder;
  int lock;
  text_buffer stored; /* what is on disk; empty: there is none yet */
} journal_file;

/* Makes sure that no other process has this journal, and reads it. 0 after a message;
 * then, as ever, journal_close(). */
int journal_open(journal_file *j, const char *path);

/* Replaces the journal: when this returns 1, the new one survives a power cut. 0 after
 * a message, with the old one still there. */
int journal_store(journal_file *j, upsell_str contents);

void journal_close(journal_file *j);

/* A new run's id. 0 after a message. */
enum { RUN_ID_SIZE = 37 };
int make_run_id(char id[RUN_ID_SIZE]);

/* ---- endpoint.c: where to send ---- */

typedef struct endpoint {
  char *graphql;   /* BASE/admin/api/VERSION/graphql.json */
  char *calculate; /* BASE/calculate */
  char *changeset; /* BASE/changeset */
  int is_local;
} endpoint;

/* Checks the URL: this computer's own, or with `allow_remote` https. 0 after a
 * message. Free with endpoint_free() in any case. */
int endpoint_make(endpoint *e, const char *url, const char *api_version, int allow_remote);
void endpoint_free(endpoint *e);

/* ---- http.c: one call ---- */

enum http_outcome {
  HTTP_ANSWERED = 1,
  HTTP_NO_ANSWER, /* it may have been executed */
  HTTP_NOT_SENT   /* not a byte of it was sent */
};

typedef struct http {
  CURL *curl;
  struct curl_slist *headers;
  struct curl_slist *headers_with_token;
  /* What came of the last call. */
  enum http_outcome outcome;
  int32_t status;   /* ANSWERED: HTTP's */
  text_buffer body; /* ANSWERED */
  char why[CURL_ERROR_SIZE];
} http;

/* `token` is sent to the Admin API only; NULL: none. 0 after a message. Free with
 * http_close() in any case. */
int http_open(http *h, const char *token, int is_local);
void http_close(http *h);

/* Posts JSON and fills the last part of `*h`. */
void http_post(http *h, const char *url, int with_token, const text_buffer *body);

/* ---- send.c: what to call for a step ---- */

typedef struct host {
  run_clock clock;
  journal_file journal;
  endpoint endpoint;
  http http;
  upsell_currency currency; /* of the plan */
  upsell_runner *runner;
  upsell_progress *progress;
  text_buffer step; /* the id of the step that was sent last */
  int quiet;
} host;

/* Does what a SEND says and fills `*event`, which borrows from `*h`, with what came of it. 0:
 * interrupted, nothing was sent. */
int send_step(host *h, const upsell_progress_view *view, upsell_event *event);

/* Makes the event one of the step that the view is about. */
void name_step(host *h, const upsell_progress_view *view, upsell_event *event);

/* ---- prices.c: what the buyer would be charged ---- */

enum price_verdict {
  PRICE_SAME = 1,
  PRICE_DIFFERS,
  PRICE_REFUSED, /* no price: the platform would refuse the changeset */
  PRICE_UNKNOWN  /* the answer cannot be read */
};

/* Compares the answer of /calculate with what the action expects. */
enum price_verdict compare_prices(const text_buffer *answer, upsell_str action,
                                  const upsell_currency *currency);

/* Whether the changeset of an action says that the buyer consented to a subscription. */
int has_consent(upsell_str action);

/* ---- plan.c: what a host needs of a plan ---- */

typedef struct plan_facts {
  text_buffer contents;
  char api_version[8]; /* "2026-07" */
  upsell_currency currency;
} plan_facts;

/* 0 after a message. Free with plan_free() in any case. */
int plan_read(plan_facts *plan, const char *path, upsell_runner **runner);
void plan_free(plan_facts *plan);

/* ---- drive.c: the loop ---- */

/* Carries the plan out to its end; returns an exit status. */
int drive(host *h);

#endif
