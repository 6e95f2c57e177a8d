/* SPDX-License-Identifier: MIT */
/* Vectors on counting: streams of events to a report (CNT). */
#include <check.h>

#include <upsell/tally.h>

#include "vectors.h"

enum { STREAMS_MAX = 8 };

/* A report, or why there is none. */
typedef struct outcome {
  upsell_status status;
  upsell_error error;
  upsell_text *report;
} outcome;

static const char *const forms[] = {"json", "csv", NULL};
static const char *const locales[] = {"ja", "en", NULL};

static upsell_report_options options_of(const vector *v)
{
  struct json_object *given = vector_find(v->given, "options");
  upsell_report_options options = {.size = sizeof(options)};

  if (!given)
    return options;
  vector_keys(v, given, "form locale byte_order_mark scenario_id");
  if (vector_find(given, "form"))
    options.form = vector_name(v, given, "form", forms);
  if (vector_find(given, "locale"))
    options.locale = vector_name(v, given, "locale", locales);
  if (vector_find(given, "byte_order_mark"))
    options.byte_order_mark =
        json_object_get_boolean(vector_find(given, "byte_order_mark")) ? UPSELL_YES : UPSELL_NO;
  if (vector_find(given, "scenario_id"))
    options.scenario_id = vector_str(v, given, "scenario_id");
  return options;
}

/* ---- counting ---- */

static void note_error(struct json_object *errors, size_t stream, size_t line,
                       const upsell_error *error)
{
  struct json_object *noted = json_object_new_object();

  vector_add_int(noted, "stream", (int64_t)stream);
  vector_add_int(noted, "line", (int64_t)line);
  vector_add_text(noted, "code", upsell_status_name(error->code));
  vector_add_text(noted, "pointer", error->pointer);
  json_object_array_add(errors, noted);
}

/* Counts a stream: strings are texts as they are. */
static void count_stream(upsell_tally *tally, struct json_object *stream, size_t number,
                         struct json_object *errors)
{
  size_t i;

  for (i = 0; i < json_object_array_length(stream); i++) {
    struct json_object *event = json_object_array_get_idx(stream, i);
    upsell_error error = UPSELL_ERROR_INIT;
    const char *text = json_object_is_type(event, json_type_string) ? json_object_get_string(event)
                                                                    : vector_json(event);
    upsell_status status = upsell_tally_add_json(tally, text, strlen(text), &error);
    ck_assert_int_eq(error.code, status);
    if (status)
      note_error(errors, number, i, &error);
  }
}

static upsell_tally *new_tally(void)
{
  upsell_tally *tally = NULL;

  ck_assert_int_eq(upsell_tally_new(&tally), UPSELL_OK);
  return tally;
}

/* One tally for all streams, or the first of several, into which the others are merged:
 * from the first on, or from the last on. */
typedef enum way { MERGED, MERGED_BACKWARDS, IN_ONE, WAYS } way;

static upsell_tally *count(const vector *v, way how, struct json_object *errors)
{
  struct json_object *streams = vector_get(v, v->given, "streams");
  size_t streams_count = json_object_array_length(streams);
  upsell_tally *tallies[STREAMS_MAX];
  upsell_tally *all;
  size_t i;

  ck_assert_uint_ge(streams_count, 1);
  ck_assert_uint_le(streams_count, STREAMS_MAX);
  for (i = 0; i < streams_count; i++) {
    tallies[i] = i && how == IN_ONE ? tallies[0] : new_tally();
    count_stream(tallies[i], json_object_array_get_idx(streams, i), i, errors);
  }
  if (how == IN_ONE)
    return tallies[0];
  all = tallies[how == MERGED ? 0 : streams_count - 1];
  for (i = 0; i < streams_count; i++) {
    upsell_tally *next = tallies[how == MERGED ? i : streams_count - 1 - i];
    ck_assert_int_eq(upsell_tally_merge(all, next), UPSELL_OK);
    if (next != all)
      upsell_tally_free(next);
  }
  return all;
}

/* ---- comparing ---- */

static outcome report_of(const upsell_tally *tally, const upsell_catalog *catalog,
                         const upsell_report_options *options)
{
  outcome made = {UPSELL_OK, UPSELL_ERROR_INIT, NULL};

  made.status = upsell_tally_report(tally, catalog, options, &made.report, &made.error);
  ck_assert_int_eq(made.error.code, made.status);
  return made;
}

static void check_report(const vector *v, const outcome *made)
{
  struct json_object *expected = vector_get(v, v->expect, "report");
  size_t len;
  const char *text = upsell_text_data(made->report, &len);

  if (made->status)
    ck_abort_msg("%s: no report: %s: %s", v->name, made->error.pointer, made->error.message);
  ck_assert_uint_eq(strlen(text), len);
  vector_same(v, "report",
              json_object_is_type(expected, json_type_string) ? json_object_get_string(expected)
                                                              : vector_json(expected),
              text);
}

static void check_failure(const vector *v, const outcome *made)
{
  struct json_object *actual = json_object_new_object();

  ck_assert_ptr_null(made->report);
  vector_add_text(actual, "code", upsell_status_name(made->status));
  vector_add_text(actual, "pointer", made->error.pointer);
  vector_expect(v, actual);
}

static void check_errors(const vector *v, struct json_object *errors)
{
  struct json_object *expected = vector_find(v->expect, "errors");

  vector_same(v, "errors", expected ? vector_json(expected) : "[]", vector_json(errors));
}

static void run_way(const vector *v, way how, const upsell_catalog *catalog)
{
  struct json_object *errors = json_object_new_array();
  upsell_tally *tally = count(v, how, errors);
  upsell_report_options options = options_of(v);
  outcome made = report_of(tally, catalog, &options);

  if (vector_find(v->expect, "code")) {
    check_failure(v, &made);
  } else {
    vector_keys(v, v->expect, "errors report");
    check_errors(v, errors);
    check_report(v, &made);
  }
  upsell_text_free(made.report);
  upsell_tally_free(tally);
  json_object_put(errors);
}

static void run_tally(const vector *v)
{
  upsell_catalog *catalog = vector_find(v->given, "catalog") ? vector_catalog(v) : NULL;
  int how;

  vector_keys(v, v->given, "streams catalog options");
  for (how = MERGED; how < WAYS; how++)
    run_way(v, (way)how, catalog);
  upsell_catalog_free(catalog);
}

const vector_function vector_tally[] = {
    {"tally", run_tally},
    {NULL, NULL},
};
