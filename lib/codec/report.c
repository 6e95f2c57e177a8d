/* SPDX-License-Identifier: MIT */
#include "codec/report.h"

#include "base/text.h"
#include "model/choice.h"
#include "model/values.h"

upsell__rates upsell__rates_of(const upsell_counts *counts)
{
  upsell__rates rates = {0};

  rates.known[0] = upsell__rate_of(counts->clicked, counts->shown, &rates.of[0]);
  rates.known[1] = upsell__rate_of(counts->ordered, counts->clicked, &rates.of[1]);
  rates.known[2] = upsell__rate_of(counts->ordered, counts->shown, &rates.of[2]);
  return rates;
}

void upsell__write_percent(upsell__buffer *out, const upsell__rate *rate)
{
  uint32_t decimals = rate->hundredths % 100;

  upsell__buffer_append_uint(out, rate->hundredths / 100);
  upsell__buffer_append_char(out, '.');
  upsell__buffer_append_char(out, (char)('0' + decimals / 10));
  upsell__buffer_append_char(out, (char)('0' + decimals % 10));
}

static void check_options(const upsell_report_options *options, upsell__sink *sink)
{
  upsell__check check = {sink, 0};

  if (!upsell__check_sized(&check, NULL, options, UPSELL__SHAPE(upsell_report_options)))
    return;
  upsell__check_enum(&check, NULL, "form", options->form, UPSELL_REPORT_CSV, 0);
  upsell__check_enum(&check, NULL, "locale", options->locale, UPSELL_LOCALE_EN, 0);
  upsell__check_choice(&check, NULL, "byte_order_mark", options->byte_order_mark);
}

static void report_unknown(upsell__sink *sink, upsell_str id)
{
  upsell__path path = upsell__at_key(NULL, "scenario_id");
  char quoted[UPSELL__QUOTE_SIZE];

  upsell__report(sink, UPSELL_UNKNOWN_ID, &path,
                 "A scenario of the catalogue, or one that has been counted, was expected, found "
                 "%s.",
                 upsell__quote(id, quoted));
}

static upsell_text *write_report(const upsell__rows *rows, const upsell_report_options *options)
{
  upsell__buffer out = {0};

  if (options->form == UPSELL_REPORT_CSV)
    upsell__report_write_csv(&out, rows, options->locale,
                             upsell__choice(options->byte_order_mark, 0));
  else
    upsell__report_write_json(&out, rows);
  return upsell__text_new(&out);
}

static upsell_status make_report(const upsell_tally *tally, const upsell_catalog *catalog,
                                 const upsell_report_options *options, upsell_text **report,
                                 upsell__sink *sink)
{
  upsell__rows rows;
  upsell_text *made = NULL;

  if (upsell__rows_list(tally, catalog, options->scenario_id, &rows)) {
    if (options->scenario_id.data && !rows.count)
      report_unknown(sink, options->scenario_id);
    else
      made = write_report(&rows, options);
  }
  upsell__rows_free(&rows);
  if (made)
    *report = made;
  else if (sink->status == UPSELL_OK)
    upsell__report_no_memory(sink);
  return sink->status;
}

upsell_status upsell_tally_report(const upsell_tally *tally, const upsell_catalog *catalog,
                                  const upsell_report_options *options, upsell_text **report,
                                  upsell_error *error)
{
  static const upsell_report_options defaults = {.size = sizeof(defaults)};
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};

  if (!tally || !report) {
    upsell__report(&sink, UPSELL_INVALID_ARGUMENT, NULL, "tally and report must not be NULL.");
    return sink.status;
  }
  if (!options)
    options = &defaults;
  check_options(options, &sink);
  return sink.status ? sink.status : make_report(tally, catalog, options, report, &sink);
}
