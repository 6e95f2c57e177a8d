/* SPDX-License-Identifier: MIT */
/* Many orders in one call (BAT-1 ... BAT-5). */
#include <upsell/batch.h>

#include "base/alloc.h"
#include "codec/order_json.h"
#include "codec/packed_order.h"
#include "codec/result.h"
#include "decide/decision.h"

struct upsell_batch {
  upsell_batch_view view;
  upsell_decision *decision; /* of each order in turn */
  void *results;             /* of type upsell_result */
  size_t capacity;           /* room for so many results */
  size_t count;
  upsell__buffer text;
};

/* One call: what it decides with, and what became of the orders so far. */
typedef struct task {
  upsell_batch *batch;
  const upsell_catalog *catalog;
  const char *text;
  size_t len;
  uint32_t flags;
  upsell_error *error;
  upsell_error *later;  /* details of an order behind the first bad one */
  upsell_status status; /* of the first order that was not decided */
} task;

/* Where an order is in the text. */
typedef struct place {
  size_t at;
  size_t len;
  size_t line; /* from 1; 0 where there are no lines */
} place;

upsell_status upsell_batch_new(upsell_batch **batch)
{
  upsell_batch *made;

  if (!batch)
    return UPSELL_INVALID_ARGUMENT;
  made = upsell__alloc(1, sizeof(*made));
  if (!made || upsell_decision_new(&made->decision)) {
    upsell__free(made);
    return UPSELL_NO_MEMORY;
  }
  made->view.size = sizeof(made->view);
  *batch = made;
  return UPSELL_OK;
}

void upsell_batch_free(upsell_batch *batch)
{
  if (!batch)
    return;
  upsell_decision_free(batch->decision);
  upsell__free(batch->results);
  upsell__buffer_free(&batch->text);
  upsell__free(batch);
}

const upsell_batch_view *upsell_batch_get(const upsell_batch *batch)
{
  return batch ? &batch->view : NULL;
}

upsell_decision *upsell_batch_decision(upsell_batch *batch)
{
  return batch ? batch->decision : NULL;
}

static void clear(upsell_batch *batch)
{
  batch->count = 0;
  batch->text.len = 0;
  batch->text.failed = 0;
  upsell__decision_clear(batch->decision);
  upsell__arena_reset(&batch->decision->input);
}

static void show(upsell_batch *batch)
{
  batch->view.results = batch->results;
  batch->view.result_count = batch->count;
  batch->view.text = batch->text.data;
  batch->view.text_len = batch->text.len;
}

/* What ends the whole call: no order behind it could be decided. */
static int is_fatal(upsell_status status)
{
  return status == UPSELL_NO_MEMORY || status == UPSELL_INVALID_ARGUMENT;
}

/* A sink for the next order: the caller is told of the first bad one. */
static upsell__sink sink_of(task *t)
{
  upsell__sink sink = {UPSELL_OK, t->status ? t->later : t->error, NULL, 0};

  return sink;
}

/* Ends the call, with the details of what ended it and not of an order before. */
static int stop(task *t, upsell_status status)
{
  if (t->status)
    upsell__error_set(t->error, status, t->later->pointer, t->later->offset, t->later->message);
  t->status = status;
  return 0;
}

/* Keeps what came of an order. Returns 0 when the call must end. */
static int keep(task *t, upsell_status status, const place *order, upsell__sink *sink)
{
  upsell_batch *batch = t->batch;
  upsell_result *result;

  if (!is_fatal(status) &&
      !upsell__grow(&batch->results, &batch->capacity, batch->count + 1, sizeof(upsell_result)))
    status = upsell__report_no_memory(sink);
  if (is_fatal(status))
    return stop(t, status);
  result = (upsell_result *)batch->results + batch->count++;
  memset(result, 0, sizeof(*result));
  result->status = status;
  result->line = (uint32_t)order->line;
  result->order_at = order->at;
  result->order_len = order->len;
  if (!status)
    upsell__result_write(&batch->decision->view, result, &batch->text);
  else if (!t->status)
    t->status = status;
  return !batch->text.failed || stop(t, upsell__report_no_memory(sink));
}

static int decide_document(task *t, const place *order)
{
  upsell__sink sink = sink_of(t);
  upsell_decision *decision = t->batch->decision;
  upsell_order input;
  upsell_status status;

  upsell__decision_clear(decision);
  upsell__arena_reset(&decision->input);
  status = upsell__order_read(t->text + order->at, order->len, &sink, &decision->input, &input);
  if (!status)
    status = upsell__decide_checked(t->catalog, &input, t->flags, decision, &sink);
  return keep(t, status, order, &sink);
}

/* Hot path: texts of ASCII, as most are, need no look at each for well-formed UTF-8. */
static int is_ascii(const char *text, size_t len)
{
  unsigned char all = 0;
  size_t i;

  for (i = 0; i < len; i++)
    all |= (unsigned char)text[i];
  return all < 0x80;
}

static int decide_packed(task *t, upsell__packed *packed)
{
  upsell__sink sink = sink_of(t);
  upsell_decision *decision = t->batch->decision;
  place order = {packed->at, 0, 0};
  upsell_order input;
  upsell_status status;

  upsell__decision_clear(decision);
  upsell__arena_reset(&decision->input);
  status = upsell__packed_read(packed, &decision->input, &input, &sink);
  order.len = packed->at - order.at;
  if (!status)
    status = upsell__order_check(&input, is_ascii(t->text + order.at, order.len), &sink);
  if (!status)
    status = upsell__decide_checked(t->catalog, &input, t->flags, decision, &sink);
  return keep(t, status, &order, &sink);
}

static int is_blank(const char *line, size_t len)
{
  size_t i;

  for (i = 0; i < len; i++) {
    if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
      return 0;
  }
  return 1;
}

static int decide_line(task *t, const place *line)
{
  upsell__sink sink = sink_of(t);

  if (line->len <= UPSELL_LINE_MAX_BYTES)
    return is_blank(t->text + line->at, line->len) || decide_document(t, line);
  upsell__decision_clear(t->batch->decision);
  upsell__report(&sink, UPSELL_LINE_TOO_LONG, NULL,
                 "A line of at most %d bytes was expected; write one order per line.",
                 UPSELL_LINE_MAX_BYTES);
  return keep(t, UPSELL_LINE_TOO_LONG, line, &sink);
}

static void decide_lines(task *t)
{
  place line = {0, 0, 0};
  const char *end;
  int more = 1;

  while (more && line.at < t->len) {
    end = memchr(t->text + line.at, '\n', t->len - line.at);
    line.len = end ? (size_t)(end - t->text) - line.at : t->len - line.at;
    line.line++;
    more = decide_line(t, &line);
    line.at += line.len + 1;
  }
}

static void decide_all_packed(task *t)
{
  upsell__packed packed = {t->text, t->len, 0};
  int more = 1;

  while (more && packed.at < packed.len)
    more = decide_packed(t, &packed);
}

static void decide(task *t, int32_t form)
{
  place whole = {0, t->len, 0};

  if (form == UPSELL_ORDERS_PACKED)
    decide_all_packed(t);
  else if (form == UPSELL_ORDERS_LINES)
    decide_lines(t);
  else
    decide_document(t, &whole);
}

static int arguments_ok(const task *t, int32_t form)
{
  return t->batch && t->catalog && t->text && form >= UPSELL_ORDERS_PACKED &&
         form <= UPSELL_ORDERS_LINES && !(t->flags & ~(uint32_t)UPSELL_DECIDE_EXPLAIN);
}

upsell_status upsell_batch_decide(upsell_batch *batch, const upsell_catalog *catalog, int32_t form,
                                  const char *orders, size_t len, uint32_t flags,
                                  upsell_error *error)
{
  upsell_error later;
  task t = {batch, catalog, orders || len ? orders : "", len, flags, error, &later, UPSELL_OK};
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};

  later.size = sizeof(later); /* all else is written before it is read */
  if (batch)
    clear(batch);
  if (arguments_ok(&t, form)) {
    decide(&t, form);
  } else {
    t.status = UPSELL_INVALID_ARGUMENT;
    upsell__report(&sink, t.status, NULL,
                   "A batch, a catalogue, a text of orders and one of the forms were expected, and "
                   "no flag but UPSELL_DECIDE_EXPLAIN.");
  }
  if (batch && is_fatal(t.status))
    clear(batch);
  if (batch)
    show(batch);
  return t.status;
}
