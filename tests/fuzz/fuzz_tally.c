/* SPDX-License-Identifier: MIT */
/*
 * Lines of any bytes, counted in one tally, and in two that are merged: both give the same
 * reports, and no scenario was clicked more often than shown.
 */
#include <stdlib.h>
#include <string.h>
#include <upsell/tally.h>

#include "targets.h"

static void require(int promise)
{
  if (!promise)
    abort();
}

static void count_line(upsell_tally *tally, const char *line, size_t len)
{
  upsell_error error = UPSELL_ERROR_INIT;
  size_t before = upsell_tally_size(tally);
  upsell_status status = upsell_tally_add_json(tally, line, len, &error);

  require(!status || (error.code == status && error.message[0] != '\0'));
  require(!status || upsell_tally_size(tally) == before);
}

/* Counts each line in `all`, and in turn in the two others. */
static void count_lines(const char *text, size_t size, upsell_tally *all, upsell_tally *parts[2])
{
  size_t number = 0;

  while (size) {
    const char *found = memchr(text, '\n', size);
    size_t len = found ? (size_t)(found - text) : size;
    count_line(all, text, len);
    count_line(parts[number++ % 2], text, len);
    text += len + (found != NULL);
    size -= len + (found != NULL);
  }
}

static void check_counts(const upsell_tally *tally)
{
  upsell_counts counts;
  size_t i;

  for (i = 0; i < upsell_tally_size(tally); i++) {
    require(upsell_tally_get(tally, i, &counts) == UPSELL_OK);
    require(counts.shown > 0 && counts.scenario_id.len > 0);
    require(counts.ordered <= counts.clicked && counts.clicked <= counts.shown);
  }
  require(upsell_tally_get(tally, i, &counts) == UPSELL_OUT_OF_RANGE);
}

static void check_same(const upsell_tally *a, const upsell_tally *b, int32_t form)
{
  upsell_report_options options = {.size = sizeof(options)};
  upsell_text *x = NULL;
  upsell_text *y = NULL;
  const char *text;
  size_t x_len;
  size_t y_len;

  options.form = form;
  require(upsell_tally_report(a, NULL, &options, &x, NULL) == UPSELL_OK);
  require(upsell_tally_report(b, NULL, &options, &y, NULL) == UPSELL_OK);
  text = upsell_text_data(x, &x_len);
  require(strcmp(text, upsell_text_data(y, &y_len)) == 0 && x_len == y_len);
  upsell_text_free(x);
  upsell_text_free(y);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  upsell_tally *all = NULL;
  upsell_tally *parts[2] = {NULL, NULL};

  require(upsell_tally_new(&all) == UPSELL_OK);
  require(upsell_tally_new(&parts[0]) == UPSELL_OK);
  require(upsell_tally_new(&parts[1]) == UPSELL_OK);
  count_lines((const char *)data, size, all, parts);
  require(upsell_tally_merge(parts[1], parts[0]) == UPSELL_OK);
  check_counts(all);
  check_same(all, parts[1], UPSELL_REPORT_JSON);
  check_same(all, parts[1], UPSELL_REPORT_CSV);
  upsell_tally_free(all);
  upsell_tally_free(parts[0]);
  upsell_tally_free(parts[1]);
  return 0;
}
