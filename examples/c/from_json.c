/* SPDX-License-Identifier: MIT */
/*
 * From JSON: reads a catalogue and orders, and says for each order what is offered.
 *
 *   example-from-json examples/tea-store/catalog.json examples/tea-store/orders.ndjson
 *
 * The second file has one order in each line. A bad catalogue ends the program with all
 * its problems; a bad order is told with its line, and the others are decided.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <upsell/upsell.h>

typedef struct text {
  char *data;
  size_t len;
} text;

#define READ_SIZE 65536

static int read_file(const char *path, text *file)
{
  FILE *stream = fopen(path, "rb");
  int good = stream != NULL;

  while (good && !feof(stream)) {
    char *longer = realloc(file->data, file->len + READ_SIZE);
    good = longer != NULL;
    if (good) {
      file->data = longer;
      file->len += fread(file->data + file->len, 1, READ_SIZE, stream);
      good = !ferror(stream);
    }
  }
  if (stream)
    fclose(stream);
  if (!good)
    fprintf(stderr, "%s: cannot be read\n", path);
  return good;
}

/* Where a document is wrong, and what to do about it: "/lines/0/quantity" and a sentence. */
static void tell_error(const char *path, size_t line, const upsell_error *error)
{
  if (line)
    fprintf(stderr, "%s:%zu: ", path, line);
  else
    fprintf(stderr, "%s: ", path);
  fprintf(stderr, "%s: %s: %s\n", error->pointer[0] ? error->pointer : "(document)",
          upsell_status_name(error->code), error->message);
}

/* Whoever writes the catalogue wants to know all its problems, not only the first. */
static void tell_problems(const char *path, text file)
{
  upsell_problems *problems = NULL;
  size_t i;

  if (upsell_catalog_check_json(file.data, file.len, &problems))
    fprintf(stderr, "%s: memory ran out\n", path);
  for (i = 0; i < upsell_problems_count(problems); i++) {
    upsell_error error = UPSELL_ERROR_INIT;
    upsell_problems_get(problems, i, &error);
    tell_error(path, 0, &error);
  }
  upsell_problems_free(problems);
}

static void print_decision(const upsell_decision_view *view)
{
  char amount[32];

  printf("%.*s: ", (int)view->order_id.len, view->order_id.data);
  if (view->outcome != UPSELL_OUTCOME_OFFER) {
    printf("no offer (%s)\n", upsell_reason_name(view->reason));
    return;
  }
  upsell_money_format(view->total_offer_page, &view->currency, amount, sizeof(amount), NULL);
  printf("%.*s, %.*s for %s %s\n", (int)view->scenario_id.len, view->scenario_id.data,
         (int)view->product_title.len, view->product_title.data, amount, view->currency.code);
}

/* Decides for every line; returns whether all of them were orders. */
static int decide_lines(const upsell_catalog *catalog, upsell_decision *decision, const char *path,
                        text file)
{
  const char *at = file.data;
  const char *end = file.data + file.len;
  size_t line = 0;
  int good = 1;

  while (at < end) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    size_t len = (size_t)((stop ? stop : end) - at);
    upsell_error error = UPSELL_ERROR_INIT;

    line++;
    if (!upsell_decide_json(catalog, at, len, 0, decision, &error)) {
      print_decision(upsell_decision_get(decision));
    } else {
      tell_error(path, line, &error);
      good = 0;
    }
    at += len + 1;
  }
  return good;
}

int main(int argc, char **argv)
{
  text catalog_file = {NULL, 0};
  text orders_file = {NULL, 0};
  upsell_catalog *catalog = NULL;
  upsell_decision *decision = NULL;
  int good = 0;

  if (argc != 3) {
    fprintf(stderr, "usage: %s CATALOG ORDERS\n", argv[0]);
    return 2;
  }
  if (read_file(argv[1], &catalog_file) && read_file(argv[2], &orders_file)) {
    if (upsell_catalog_new_from_json(catalog_file.data, catalog_file.len, &catalog, NULL))
      tell_problems(argv[1], catalog_file);
    else if (upsell_decision_new(&decision))
      fprintf(stderr, "memory ran out\n");
    else
      good = decide_lines(catalog, decision, argv[2], orders_file);
  }
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
  free(orders_file.data);
  free(catalog_file.data);
  return good ? 0 : 1;
}
