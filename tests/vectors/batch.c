/* SPDX-License-Identifier: MIT */
/* An order of a vector once more, as part of batches (BAT): what comes of it must be what
 * comes of it alone. */
#include <check.h>

#include "../support/pack.h"
#include "../support/results.h"
#include "base/buffer.h"
#include "codec/order_json.h"
#include "vectors.h"

/* The order and what it comes to alone. */
typedef struct alone {
  const vector *v;
  const upsell_catalog *catalog;
  upsell_str order;
  uint32_t flags;
  upsell_decision *decision;
  upsell_status status;
  upsell_error error;
} alone;

/* A text of orders in which it is one. */
typedef struct batch_text {
  const char *name;
  int32_t form;
  size_t count;        /* results */
  size_t index;        /* of the order among them */
  upsell_result place; /* where it is in the text */
  upsell__buffer text;
} batch_text;

static void append(upsell__buffer *out, upsell_str text)
{
  upsell__buffer_append(out, text.data, text.len);
  ck_assert(!out->failed);
}

static const char *json_of(upsell_decision *decision)
{
  const char *text = NULL;
  size_t len;

  ck_assert_int_eq(upsell_decision_to_json(decision, &text, &len), UPSELL_OK);
  return text;
}

/* ---- what must be the same ---- */

static void check_place(const alone *a, const batch_text *b, const upsell_result *result)
{
  if (result->line != b->place.line || result->order_at != b->place.order_at ||
      result->order_len != b->place.order_len)
    ck_abort_msg("%s: %s: the order's place is line %u, %u bytes at %u", a->v->name, b->name,
                 (unsigned)result->line, (unsigned)result->order_len, (unsigned)result->order_at);
}

static void check_result(const alone *a, const batch_text *b, const upsell_batch_view *view)
{
  const upsell_result *result = &view->results[b->index];
  const char *differs;

  check_place(a, b, result);
  if (a->status) {
    ck_assert_str_eq(upsell_status_name(result->status), upsell_status_name(a->status));
    ck_assert(result_is_refusal(result));
    return;
  }
  differs = result_differs(view, result, upsell_decision_get(a->decision));
  if (differs)
    ck_abort_msg("%s: %s: other than alone: %s", a->v->name, b->name, differs);
}

/* Where the order is the last one, its decision is there in full, or none. */
static void check_decision(const alone *a, const batch_text *b, upsell_batch *batch)
{
  if (b->index + 1 < b->count)
    return;
  if (a->status)
    ck_assert_int_eq(upsell_decision_get(upsell_batch_decision(batch))->outcome,
                     UPSELL_OUTCOME_NONE);
  else
    vector_same(a->v, b->name, json_of(a->decision), json_of(upsell_batch_decision(batch)));
}

/* Where the order is the first one, what is wrong with it is told as it is alone. */
static void check_error(const alone *a, const batch_text *b, const upsell_error *error)
{
  if (b->index == 0 && memcmp(error, &a->error, sizeof(*error)) != 0)
    ck_abort_msg("%s: %s: other details than alone: %s %s: %s", a->v->name, b->name,
                 upsell_status_name(error->code), error->pointer, error->message);
}

static void check_batch(const alone *a, const batch_text *b, upsell_batch *batch)
{
  upsell_error error = UPSELL_ERROR_INIT;
  const upsell_batch_view *view = upsell_batch_get(batch);
  upsell_status status =
      upsell_batch_decide(batch, a->catalog, b->form, b->text.data, b->text.len, a->flags, &error);

  ck_assert_uint_eq(view->result_count, b->count);
  ck_assert_int_eq(status, b->index == 0 ? a->status : view->results[0].status);
  check_result(a, b, view);
  check_decision(a, b, batch);
  check_error(a, b, &error);
}

/* ---- the texts ---- */

static void check_packed(const alone *a, upsell_batch *batch)
{
  batch_text b = {.name = "packed", .form = UPSELL_ORDERS_PACKED, .count = 1};
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell__arena arena = {0};
  upsell_order order;
  size_t len;

  ck_assert_int_eq(upsell__order_read(a->order.data, a->order.len, &sink, &arena, &order),
                   UPSELL_OK);
  len = pack_order(&order, NULL, 0);
  ck_assert_ptr_nonnull(upsell__buffer_reserve(&b.text, len));
  b.text.len = pack_order(&order, b.text.data, len);
  b.place.order_len = len;
  check_batch(a, &b, batch);
  upsell__buffer_free(&b.text);
  upsell__arena_free(&arena);
}

static void check_document(const alone *a, upsell_batch *batch)
{
  batch_text b = {.name = "document", .form = UPSELL_ORDERS_JSON, .count = 1};

  append(&b.text, a->order);
  b.place.order_len = a->order.len;
  check_batch(a, &b, batch);
  upsell__buffer_free(&b.text);
}

static void check_lines(const alone *a, upsell_batch *batch, batch_text *b, const char *before,
                        const char *behind)
{
  append(&b->text, upsell_str_of(before));
  b->form = UPSELL_ORDERS_LINES;
  b->place.order_at = b->text.len;
  b->place.order_len = a->order.len;
  append(&b->text, a->order);
  append(&b->text, upsell_str_of(behind));
  check_batch(a, b, batch);
  upsell__buffer_free(&b->text);
}

/* Behind an order that is refused, and before one that is not. */
static void check_stream(const alone *a, upsell_batch *batch)
{
  batch_text last = {.name = "last line", .count = 2, .index = 1, .place.line = 3};
  batch_text first = {.name = "first line", .count = 2, .index = 0, .place.line = 1};

  check_lines(a, batch, &last, " \t\r\n{}\n", "\n\n \n");
  check_lines(a, batch, &first, "",
              "\n{\"format\":\"upsell.order/1\",\"id\":\"o\",\"currency\":\"JPY\",\"lines\":["
              "{\"id\":\"l\",\"product_id\":\"p\",\"quantity\":1}]}");
}

/* Whether a text can be a line of a stream, and one that has a result. */
static int is_line(upsell_str text)
{
  size_t i = 0;

  while (i < text.len && strchr(" \t\r", text.data[i]) && text.data[i])
    i++;
  return i < text.len && !memchr(text.data, '\n', text.len);
}

void vector_batch(const vector *v, const upsell_catalog *catalog, const vector_bytes *order,
                  uint32_t flags)
{
  alone a = {v, catalog, {order->data, order->len}, flags, NULL, UPSELL_OK, UPSELL_ERROR_INIT};
  upsell_batch *batch;

  ck_assert_int_eq(upsell_decision_new(&a.decision), UPSELL_OK);
  ck_assert_int_eq(upsell_batch_new(&batch), UPSELL_OK);
  a.status = upsell_decide_json(catalog, order->data, order->len, flags, a.decision, &a.error);
  if (!a.status)
    check_packed(&a, batch);
  check_document(&a, batch);
  if (is_line(a.order))
    check_stream(&a, batch);
  upsell_batch_free(batch);
  upsell_decision_free(a.decision);
}
