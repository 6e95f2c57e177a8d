/* SPDX-License-Identifier: MIT */
/* A report for a spreadsheet: RFC 4180, and nothing that it would run (CNT-6, CNT-7). */
#include "codec/report.h"

#define LINE_END "\r\n"

static const char titles_ja[] =
    "シナリオID,シナリオ名,公開設定,優先度,表示数,クリック数,注文成功数,"
    "クリック率（%）,注文成功率（%）,表示あたり注文率（%）" LINE_END;
static const char titles_en[] =
    "scenario_id,name,status,priority,shown,clicked,ordered,"
    "click_rate,order_rate,conversion_rate" LINE_END;

/* What makes a text a formula when it begins with it. */
static const char *const formula_signs[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                            "\n", "＝", "＋", "－", "＠"};

static int begins_with(upsell_str text, const char *sign)
{
  size_t len = strlen(sign);

  return text.len >= len && memcmp(text.data, sign, len) == 0;
}

static int is_formula(upsell_str text)
{
  size_t i;

  for (i = 0; i < sizeof(formula_signs) / sizeof(formula_signs[0]); i++) {
    if (begins_with(text, formula_signs[i]))
      return 1;
  }
  return 0;
}

/* RFC 4180 wants quotes around its own signs. The other two also separate fields, for
 * programs that guess or are told so: what stands behind them would begin a cell. */
static int needs_quotes(upsell_str text)
{
  size_t i;

  for (i = 0; i < text.len; i++) {
    if (strchr(",;\t\"\r\n", text.data[i]))
      return 1;
  }
  return 0;
}

/* A text that comes from people. It holds no NUL. */
static void write_text(upsell__buffer *out, upsell_str text)
{
  int quotes = needs_quotes(text);
  size_t i;

  if (quotes)
    upsell__buffer_append_char(out, '"');
  if (is_formula(text))
    upsell__buffer_append_char(out, '\'');
  for (i = 0; i < text.len; i++) {
    if (text.data[i] == '"')
      upsell__buffer_append_char(out, '"');
    upsell__buffer_append_char(out, text.data[i]);
  }
  if (quotes)
    upsell__buffer_append_char(out, '"');
}

/* Name, status and priority, and the commas around them. */
static void write_scenario(upsell__buffer *out, const upsell__scenario *scenario, int in_english)
{
  const char *status;

  if (!scenario) {
    UPSELL__APPEND(out, ",,,,");
    return;
  }
  if (in_english)
    status = scenario->published ? "published" : "draft";
  else
    status = scenario->published ? "公開" : "非公開";
  upsell__buffer_append_char(out, ',');
  write_text(out, scenario->name);
  upsell__buffer_append_char(out, ',');
  upsell__buffer_append(out, status, strlen(status));
  upsell__buffer_append_char(out, ',');
  upsell__buffer_append_int(out, scenario->priority);
  upsell__buffer_append_char(out, ',');
}

static void write_row(upsell__buffer *out, const upsell__row *row, int in_english)
{
  upsell__rates rates = upsell__rates_of(&row->counts);
  int i;

  write_text(out, row->counts.scenario_id);
  write_scenario(out, row->scenario, in_english);
  upsell__buffer_append_uint(out, row->counts.shown);
  upsell__buffer_append_char(out, ',');
  upsell__buffer_append_uint(out, row->counts.clicked);
  upsell__buffer_append_char(out, ',');
  upsell__buffer_append_uint(out, row->counts.ordered);
  for (i = 0; i < UPSELL__RATES; i++) {
    upsell__buffer_append_char(out, ',');
    if (rates.known[i])
      upsell__write_percent(out, &rates.of[i]);
  }
  UPSELL__APPEND(out, LINE_END);
}

void upsell__report_write_csv(upsell__buffer *out, const upsell__rows *rows, int32_t locale,
                              int byte_order_mark)
{
  int in_english = locale == UPSELL_LOCALE_EN;
  size_t i;

  if (byte_order_mark)
    UPSELL__APPEND(out, "\xEF\xBB\xBF");
  if (in_english)
    UPSELL__APPEND(out, titles_en);
  else
    UPSELL__APPEND(out, titles_ja);
  for (i = 0; i < rows->count; i++)
    write_row(out, &rows->items[i], in_english);
}
