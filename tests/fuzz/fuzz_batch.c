/* SPDX-License-Identifier: MIT */
/*
 * Orders from any bytes in a batch: the first byte chooses form and flags. What is refused
 * as a whole leaves nothing; else there is a result for each order, and each comes to
 * what it comes to alone. Packed orders are read here once more, by other code.
 */
#include <stdlib.h>
#include <upsell/upsell.h>

#include "../support/pack.h"
#include "../support/results.h"
#include "small_catalog.h"
#include "targets.h"
#include "unpack.h"

static void require(int promise)
{
  if (!promise)
    abort();
}

/* One input, and what all checks of it need. */
typedef struct run {
  upsell_catalog *catalog;
  upsell_decision *decision;
  upsell_batch *batch;  /* the whole text */
  upsell_batch *single; /* one order of it */
  int32_t form;
  uint32_t flags;
  const char *text;
  size_t len;
} run;

/* ---- packed orders ---- */

/* Packs it again, which can only leave out zeros before numbers. */
static void check_packed_again(const run *r, const upsell_order *order, size_t len)
{
  const upsell_batch_view *view = upsell_batch_get(r->single);
  size_t again_len = pack_order(order, NULL, 0);
  char *again = malloc(again_len);

  require(again && again_len <= len && pack_order(order, again, again_len) == again_len);
  require(upsell_batch_decide(r->single, r->catalog, UPSELL_ORDERS_PACKED, again, again_len,
                              r->flags, NULL) == UPSELL_OK);
  require(view->result_count == 1 && view->results->order_len == again_len);
  require(!result_differs(view, view->results, upsell_decision_get(r->decision)));
  free(again);
}

/* As a struct it is good or bad, too (of several faults another one may be the first),
 * and comes to the same. */
static void check_packed(const run *r, const upsell_result *result, const upsell_order *order)
{
  upsell_status status = upsell_decide(r->catalog, order, r->flags, r->decision, NULL);

  require((status == UPSELL_OK) == (result->status == UPSELL_OK));
  if (status)
    return;
  require(!result_differs(upsell_batch_get(r->batch), result, upsell_decision_get(r->decision)));
  check_packed_again(r, order, (size_t)result->order_len);
}

/* Whether the text is one of packed orders; `check` looks at their results, too. */
static int read_packed(const run *r, int check)
{
  const upsell_batch_view *view = upsell_batch_get(r->batch);
  unpacking u = {r->text, r->text + r->len, 0};
  size_t count = 0;

  while (u.at < u.end) {
    const char *begin = u.at;
    upsell_order order;
    if (!unpack_order(&u, &order))
      return 0;
    if (check) {
      require(count < view->result_count && view->results[count].line == 0);
      require(view->results[count].order_at == (size_t)(begin - r->text));
      require(view->results[count].order_len == (size_t)(u.at - begin));
      check_packed(r, &view->results[count], &order);
    }
    count++;
    free((upsell_order_line *)order.lines);
  }
  require(!check || count == view->result_count);
  return 1;
}

/* ---- documents ---- */

static void check_document(const run *r, const upsell_result *result, size_t at, size_t len)
{
  const upsell_batch_view *view = upsell_batch_get(r->batch);
  upsell_status status =
      upsell_decide_json(r->catalog, r->text + at, len, r->flags, r->decision, NULL);

  require(result->order_at == at && result->order_len == len);
  require(status == result->status);
  require(status || !result_differs(view, result, upsell_decision_get(r->decision)));
}

static int is_blank(const char *line, size_t len)
{
  while (len && (*line == ' ' || *line == '\t' || *line == '\r')) {
    line++;
    len--;
  }
  return len == 0;
}

/* Each line of a stream is an order or white space. */
static void check_lines(const run *r)
{
  const upsell_batch_view *view = upsell_batch_get(r->batch);
  size_t count = 0;
  uint32_t number = 0;
  size_t at = 0;
  size_t len;

  for (at = 0; at < r->len; at += len + 1) {
    const char *end = memchr(r->text + at, '\n', r->len - at);
    len = end ? (size_t)(end - r->text) - at : r->len - at;
    number++;
    if (is_blank(r->text + at, len))
      continue;
    require(count < view->result_count && view->results[count].line == number);
    check_document(r, &view->results[count++], at, len);
  }
  require(count == view->result_count);
}

/* ---- the batch as a whole ---- */

/* The call's status is that of the first bad order, with details as if it were alone. */
static void check_status(const run *r, upsell_status status, const upsell_error *error)
{
  const upsell_batch_view *view = upsell_batch_get(r->batch);
  const upsell_result *bad = view->results;
  upsell_error alone = UPSELL_ERROR_INIT;
  size_t i;

  for (i = 0; i < view->result_count && !view->results[i].status; i++)
    bad++;
  require(status == (i < view->result_count ? bad->status : UPSELL_OK));
  require(error->code == status && (status == UPSELL_OK) == (error->message[0] == '\0'));
  if (!status)
    return;
  require(upsell_batch_decide(r->single, r->catalog, r->form, r->text + bad->order_at,
                              (size_t)bad->order_len, r->flags, &alone) == status);
  require(strcmp(alone.pointer, error->pointer) == 0 && alone.offset == error->offset);
  require(strcmp(alone.message, error->message) == 0);
}

/* The decision in full is that of the last order. */
static void check_last(const run *r)
{
  const upsell_batch_view *view = upsell_batch_get(r->batch);
  const upsell_decision_view *decision = upsell_decision_get(upsell_batch_decision(r->batch));

  if (!view->result_count || view->results[view->result_count - 1].status)
    require(decision->outcome == UPSELL_OUTCOME_NONE);
  else
    require(!result_differs(view, &view->results[view->result_count - 1], decision));
}

static void check_results(const run *r)
{
  const upsell_batch_view *view = upsell_batch_get(r->batch);
  size_t i;

  for (i = 0; i < view->result_count; i++) {
    require(!view->results[i].status || result_is_refusal(&view->results[i]));
    require(r->flags || !view->results[i].considered_count);
  }
  if (r->form == UPSELL_ORDERS_PACKED) {
    require(read_packed(r, 1));
  } else if (r->form == UPSELL_ORDERS_LINES) {
    check_lines(r);
  } else {
    require(view->result_count == 1 && view->results->line == 0);
    check_document(r, view->results, 0, r->len);
  }
}

static void check_nothing(const run *r, const upsell_error *error)
{
  const upsell_batch_view *view = upsell_batch_get(r->batch);

  require(view->result_count == 0 && view->text_len == 0);
  require(error->code == UPSELL_INVALID_ARGUMENT && error->message[0] != '\0');
  require(error->offset >= 0 && (size_t)error->offset <= r->len);
  check_last(r);
}

static void check_all(const run *r)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status =
      upsell_batch_decide(r->batch, r->catalog, r->form, r->text, r->len, r->flags, &error);

  if (r->form == UPSELL_ORDERS_PACKED && !read_packed(r, 0)) {
    require(status == UPSELL_INVALID_ARGUMENT);
    check_nothing(r, &error);
    return;
  }
  check_status(r, status, &error);
  check_last(r);
  check_results(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  uint8_t choice = size ? *data : 0;
  run r = {.form = UPSELL_ORDERS_PACKED + choice / 2 % 3, .flags = choice % 2};

  r.text = size ? (const char *)data + 1 : "";
  r.len = size ? size - 1 : 0;
  require(upsell_catalog_new_from_json(small_catalog, sizeof(small_catalog) - 1, &r.catalog,
                                       NULL) == UPSELL_OK);
  require(upsell_decision_new(&r.decision) == UPSELL_OK);
  require(upsell_batch_new(&r.batch) == UPSELL_OK && upsell_batch_new(&r.single) == UPSELL_OK);
  check_all(&r);
  upsell_batch_free(r.single);
  upsell_batch_free(r.batch);
  upsell_decision_free(r.decision);
  upsell_catalog_free(r.catalog);
  return 0;
}
