/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <inttypes.h>
#include <stdlib.h>

#include "cli.h"
#include "width.h"

enum { ID, NAME, STATUS, PRIORITY, SHOWN, CLICKED, ORDERED, RATES, COLUMNS = RATES + 3 };
enum { NUMBER_SIZE = 32 };

typedef struct table_words {
  const char *titles[COLUMNS];
  const char *status[2]; /* from enum upsell_scenario_status - 1 */
  const char *total;
} table_words;

static const table_words english = {
    {"Scenario", "Name", "Status", "Priority", "Shown", "Clicked", "Ordered", "Clicked/shown",
     "Ordered/clicked", "Ordered/shown"},
    {"published", "draft"},
    "Total",
};
static const table_words japanese = {
    {"シナリオID", "シナリオ名", "公開設定", "優先度", "表示数", "クリック数", "注文成功数",
     "クリック率", "注文成功率", "表示あたり注文率"},
    {"公開", "非公開"},
    "合計",
};

/* A row as it is shown. */
typedef struct table_row {
  upsell_str cells[COLUMNS];
  char numbers[COLUMNS][NUMBER_SIZE]; /* where the cells with numbers point to */
  upsell_counts counts;
} table_row;

typedef struct table {
  const table_words *words;
  table_row *rows; /* the titles, the scenarios, the total */
  size_t count;
  int has_names;
} table;

static int is_shown(const table *made, int column)
{
  return made->has_names || column < NAME || column > PRIORITY;
}

static int is_number(int column)
{
  return column >= PRIORITY;
}

/* ---- cells ---- */

static void set_number(table_row *row, int column, uint64_t number)
{
  snprintf(row->numbers[column], NUMBER_SIZE, "%" PRIu64, number);
  row->cells[column] = upsell_str_of(row->numbers[column]);
}

/* A percentage with two decimals, half up. A tally has fewer than 2^32 sessions. */
static void set_rate(table_row *row, int column, uint64_t part, uint64_t whole)
{
  uint64_t hundredths;

  if (!whole) {
    row->cells[column] = upsell_str_of("-");
    return;
  }
  hundredths = (part * 20000 + whole) / (whole * 2);
  snprintf(row->numbers[column], NUMBER_SIZE, "%" PRIu64 ".%02" PRIu64 " %%", hundredths / 100,
           hundredths % 100);
  row->cells[column] = upsell_str_of(row->numbers[column]);
}

static void set_counts(table_row *row)
{
  set_number(row, SHOWN, row->counts.shown);
  set_number(row, CLICKED, row->counts.clicked);
  set_number(row, ORDERED, row->counts.ordered);
  set_rate(row, RATES, row->counts.clicked, row->counts.shown);
  set_rate(row, RATES + 1, row->counts.ordered, row->counts.clicked);
  set_rate(row, RATES + 2, row->counts.ordered, row->counts.shown);
}

/* ---- rows ---- */

static table_row *add_row(table *made)
{
  static const table_row empty = {0};
  table_row *row = &made->rows[made->count++];

  *row = empty;
  return row;
}

static void add_titles(table *made)
{
  table_row *row = add_row(made);
  int column;

  for (column = 0; column < COLUMNS; column++)
    row->cells[column] = upsell_str_of(made->words->titles[column]);
}

/* `info` is NULL where the catalogue lacks the scenario. */
static void add_scenario(table *made, const upsell_counts *counts, const upsell_scenario_info *info)
{
  table_row *row = add_row(made);

  row->counts = *counts;
  row->cells[ID] = counts->scenario_id;
  row->cells[NAME] = info ? info->name : upsell_str_of("-");
  row->cells[STATUS] = upsell_str_of(info ? made->words->status[info->status - 1] : "-");
  row->cells[PRIORITY] = upsell_str_of("-");
  if (info)
    set_number(row, PRIORITY, (uint64_t)info->priority);
  set_counts(row);
}

static void add_total(table *made)
{
  table_row *row = add_row(made);
  size_t i;

  for (i = 1; i + 1 < made->count; i++) {
    row->counts.shown += made->rows[i].counts.shown;
    row->counts.clicked += made->rows[i].counts.clicked;
    row->counts.ordered += made->rows[i].counts.ordered;
  }
  row->cells[ID] = upsell_str_of(made->words->total);
  set_counts(row);
}

/* ---- scenarios ---- */

/* Byte by byte, as reports have them (CNT-5). */
static int compare(const void *a, const void *b)
{
  const upsell_str x = ((const upsell_counts *)a)->scenario_id;
  const upsell_str y = ((const upsell_counts *)b)->scenario_id;
  int order = memcmp(x.data, y.data, x.len < y.len ? x.len : y.len);

  return order ? order : (x.len > y.len) - (x.len < y.len);
}

static int is_wanted(upsell_str only, upsell_str id)
{
  return !only.data || (only.len == id.len && memcmp(only.data, id.data, id.len) == 0);
}

/* The scenarios of the catalogue; what was counted of them is taken out of `counted`. */
static void add_known(table *made, const upsell_catalog *catalog, upsell_str only,
                      upsell_counts *counted, size_t count)
{
  upsell_scenario_info info = {.size = sizeof(info)};
  size_t i;

  for (i = 0; catalog && upsell_catalog_scenario(catalog, i, &info) == UPSELL_OK; i++) {
    upsell_counts wanted = {info.id, 0, 0, 0};
    upsell_counts *found =
        count ? bsearch(&wanted, counted, count, sizeof(*counted), compare) : NULL;
    if (is_wanted(only, info.id))
      add_scenario(made, found ? found : &wanted, &info);
    if (found)
      found->shown = 0;
  }
}

/* The others: whatever was counted was shown. */
static void add_unknown(table *made, upsell_str only, const upsell_counts *counted, size_t count)
{
  size_t i;

  for (i = 0; i < count; i++) {
    if (counted[i].shown && is_wanted(only, counted[i].scenario_id))
      add_scenario(made, &counted[i], NULL);
  }
}

/* What was counted, by the bytes of the ids. */
static upsell_counts *sorted_counts(const upsell_tally *tally, size_t count)
{
  upsell_counts *counted = calloc(count + 1, sizeof(*counted));
  size_t i;

  for (i = 0; counted && i < count; i++)
    upsell_tally_get(tally, i, &counted[i]);
  if (counted)
    qsort(counted, count, sizeof(*counted), compare);
  return counted;
}

/* ---- printing ---- */

static void print_spaces(FILE *out, size_t count)
{
  fprintf(out, "%*s", (int)count, "");
}

/* Words begin a column, numbers end it; nothing follows the last cell. */
static void print_row(FILE *out, const table *made, const table_row *row, const size_t *widths)
{
  int column;

  for (column = 0; column < COLUMNS; column++) {
    size_t room = widths[column] - text_width(row->cells[column]);
    if (!is_shown(made, column))
      continue;
    if (is_number(column))
      print_spaces(out, room);
    print_clean(out, row->cells[column]);
    if (!is_number(column))
      print_spaces(out, room);
    fputs(column + 1 < COLUMNS ? "  " : "\n", out);
  }
}

static void print_table(FILE *out, const table *made)
{
  size_t widths[COLUMNS] = {0};
  size_t i;
  int column;

  for (i = 0; i < made->count; i++) {
    for (column = 0; column < COLUMNS; column++) {
      size_t width = text_width(made->rows[i].cells[column]);
      if (width > widths[column])
        widths[column] = width;
    }
  }
  for (i = 0; i < made->count; i++)
    print_row(out, made, &made->rows[i], widths);
}

static size_t scenarios_of(const upsell_catalog *catalog)
{
  upsell_catalog_info info = {.size = sizeof(info)};

  return catalog && upsell_catalog_describe(catalog, &info) == UPSELL_OK ? (size_t)info.scenarios
                                                                         : 0;
}

int table_print(FILE *out, const upsell_tally *tally, const upsell_catalog *catalog,
                upsell_str only, int32_t locale)
{
  size_t count = upsell_tally_size(tally);
  upsell_counts *counted = sorted_counts(tally, count);
  table made = {locale == UPSELL_LOCALE_JA ? &japanese : &english, NULL, 0, catalog != NULL};

  made.rows = calloc(scenarios_of(catalog) + count + 2, sizeof(*made.rows));
  if (counted && made.rows) {
    add_titles(&made);
    add_known(&made, catalog, only, counted, count);
    add_unknown(&made, only, counted, count);
    add_total(&made);
    print_table(out, &made);
  }
  free(made.rows);
  free(counted);
  return counted && made.rows;
}
