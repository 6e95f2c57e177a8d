/* SPDX-License-Identifier: MIT */
/* Tallies for tests: making, filling and comparing them. */
#ifndef UPSELL_TESTS_TALLIES_H
#define UPSELL_TESTS_TALLIES_H

#include <check.h>
#include <stdlib.h>

#include <upsell/tally.h>

static inline upsell_tally *tally_new(void)
{
  upsell_tally *tally = NULL;

  ck_assert_int_eq(upsell_tally_new(&tally), UPSELL_OK);
  return tally;
}

static inline void tally_add(upsell_tally *tally, const char *session, const char *scenario,
                             int32_t count)
{
  ck_assert_int_eq(
      upsell_tally_add(tally, upsell_str_of(session), upsell_str_of(scenario), count, NULL),
      UPSELL_OK);
}

/* Options of a form; all else is left to its default. */
static inline upsell_report_options tally_options(int32_t form)
{
  upsell_report_options options = {.size = sizeof(options)};

  options.form = form;
  return options;
}

/* A report that must be made, as text of its own; the caller frees it. */
static inline char *tally_report(const upsell_tally *tally, const upsell_catalog *catalog,
                                 const upsell_report_options *options)
{
  upsell_text *text = NULL;
  upsell_error error = UPSELL_ERROR_INIT;
  char *copy;

  if (upsell_tally_report(tally, catalog, options, &text, &error))
    ck_abort_msg("no report: %s: %s", error.pointer, error.message);
  copy = strdup(upsell_text_data(text, NULL));
  upsell_text_free(text);
  return copy;
}

/* Whether both have counted the same. */
static inline void tally_same(const upsell_tally *a, const upsell_tally *b)
{
  char *x = tally_report(a, NULL, NULL);
  char *y = tally_report(b, NULL, NULL);

  ck_assert_str_eq(x, y);
  free(x);
  free(y);
}

#endif
