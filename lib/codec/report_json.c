/* SPDX-License-Identifier: MIT */
/* The document "upsell.report/1" (CNT-5). */
#include "codec/report.h"
#include "json/writer.h"

static void write_rate(upsell__buffer *out, const upsell__rates *rates, int which)
{
  const upsell__rate *rate = &rates->of[which];

  if (!rates->known[which]) {
    UPSELL__APPEND(out, "null");
    return;
  }
  UPSELL__APPEND(out, "{\"fraction\":\"");
  upsell__buffer_append_uint(out, rate->part);
  upsell__buffer_append_char(out, '/');
  upsell__buffer_append_uint(out, rate->whole);
  UPSELL__APPEND(out, "\",\"percent\":\"");
  upsell__write_percent(out, rate);
  UPSELL__APPEND(out, "\"}");
}

/* The last six keys of a scenario, and all of the total. */
static void write_counts(upsell__buffer *out, const upsell_counts *counts)
{
  upsell__rates rates = upsell__rates_of(counts);

  UPSELL__APPEND(out, "\"shown\":");
  upsell__buffer_append_uint(out, counts->shown);
  UPSELL__APPEND(out, ",\"clicked\":");
  upsell__buffer_append_uint(out, counts->clicked);
  UPSELL__APPEND(out, ",\"ordered\":");
  upsell__buffer_append_uint(out, counts->ordered);
  UPSELL__APPEND(out, ",\"click_rate\":");
  write_rate(out, &rates, 0);
  UPSELL__APPEND(out, ",\"order_rate\":");
  write_rate(out, &rates, 1);
  UPSELL__APPEND(out, ",\"conversion_rate\":");
  write_rate(out, &rates, 2);
  upsell__buffer_append_char(out, '}');
}

static void write_scenario(upsell__buffer *out, const upsell__scenario *scenario)
{
  if (!scenario) {
    UPSELL__APPEND(out, ",\"name\":null,\"status\":null,\"priority\":null,");
    return;
  }
  UPSELL__APPEND(out, ",\"name\":");
  upsell__write_string(out, scenario->name);
  UPSELL__APPEND(out, ",\"status\":");
  upsell__write_string(out, upsell_str_of(scenario->published ? "published" : "draft"));
  UPSELL__APPEND(out, ",\"priority\":");
  upsell__buffer_append_int(out, scenario->priority);
  upsell__buffer_append_char(out, ',');
}

void upsell__report_write_json(upsell__buffer *out, const upsell__rows *rows)
{
  size_t i;

  UPSELL__APPEND(out, "{\"format\":\"upsell.report/1\",\"scenarios\":[");
  for (i = 0; i < rows->count; i++) {
    const upsell__row *row = &rows->items[i];
    if (i)
      upsell__buffer_append_char(out, ',');
    UPSELL__APPEND(out, "{\"scenario_id\":");
    upsell__write_string(out, row->counts.scenario_id);
    write_scenario(out, row->scenario);
    write_counts(out, &row->counts);
  }
  UPSELL__APPEND(out, "],\"total\":{");
  write_counts(out, &rows->total);
  upsell__buffer_append_char(out, '}');
}
