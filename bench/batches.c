/* SPDX-License-Identifier: MIT */
#include "batches.h"

#include <stdlib.h>

#include "../tests/support/pack.h"
#include "../tests/support/results.h"

/* ---- the texts ---- */

static void add_packed(text *out, const upsell_order *order)
{
  size_t len = pack_order(order, NULL, 0);

  text_reserve(out, len);
  out->len += pack_order(order, out->data + out->len, len);
}

static upsell_str document(const batches *b, size_t index)
{
  upsell_str found = {b->all->documents.data + b->all->begins[index],
                      b->all->begins[index + 1] - b->all->begins[index]};

  return found;
}

static void add_line(text *out, upsell_str document)
{
  text_reserve(out, document.len + 1);
  memcpy(out->data + out->len, document.data, document.len);
  out->data[out->len + document.len] = '\n';
  out->len += document.len + 1;
}

static void write_texts(batches *b)
{
  size_t i;

  b->packed_at = need(b->all->count + 1, sizeof(*b->packed_at));
  b->line_at = need(b->all->count + 1, sizeof(*b->line_at));
  for (i = 0; i < b->all->count; i++) {
    add_packed(&b->packed, &b->all->structs[i]);
    b->packed_at[i + 1] = b->packed.len;
    add_line(&b->lines, document(b, i));
    b->line_at[i + 1] = b->lines.len;
  }
}

/* ---- deciding ---- */

static void decide(batches *b, size_t index)
{
  if (upsell_decide(b->catalog, &b->all->structs[index], 0, b->decision, NULL))
    give_up("an order was refused");
}

static void decide_text(batches *b, int32_t form, const text *from, size_t at, size_t end)
{
  if (upsell_batch_decide(b->batch, b->catalog, form, from->data + at, end - at, 0, NULL))
    give_up("a text of orders was refused");
}

/* Each result of the last text must be what its order comes to alone. */
static void check_results(batches *b)
{
  const upsell_batch_view *view = upsell_batch_get(b->batch);
  size_t i;

  if (view->result_count != b->all->count)
    give_up("a batch has not a result for each order");
  for (i = 0; i < view->result_count; i++) {
    decide(b, i);
    if (result_differs(view, &view->results[i], upsell_decision_get(b->decision)))
      give_up("an order in a batch comes to something else than alone");
  }
}

void job_document(void *context, size_t from, size_t to)
{
  batches *b = context;
  size_t i;

  for (i = from; i < to; i++) {
    upsell_str order = document(b, i);
    if (upsell_decide_json(b->catalog, order.data, order.len, 0, b->decision, NULL))
      give_up("an order's document was refused");
    b->offers += upsell_decision_get(b->decision)->outcome == UPSELL_OUTCOME_OFFER;
  }
}

/* A caller looks at every result. */
static void count_offers(batches *b)
{
  const upsell_batch_view *view = upsell_batch_get(b->batch);
  size_t i;

  for (i = 0; i < view->result_count; i++)
    b->offers += view->results[i].outcome == UPSELL_OUTCOME_OFFER;
}

void job_packed(void *context, size_t from, size_t to)
{
  batches *b = context;
  size_t i;

  for (i = from; i < to; i++) {
    decide_text(b, UPSELL_ORDERS_PACKED, &b->packed, b->packed_at[i], b->packed_at[i + 1]);
    count_offers(b);
  }
}

void job_packed_batch(void *context, size_t from, size_t to)
{
  batches *b = context;

  decide_text(b, UPSELL_ORDERS_PACKED, &b->packed, b->packed_at[from], b->packed_at[to]);
  count_offers(b);
}

void job_lines(void *context, size_t from, size_t to)
{
  batches *b = context;

  decide_text(b, UPSELL_ORDERS_LINES, &b->lines, b->line_at[from], b->line_at[to]);
  count_offers(b);
}

batches batches_of(const upsell_catalog *catalog, const orders *all)
{
  batches b = {.catalog = catalog, .all = all};

  if (upsell_batch_new(&b.batch) || upsell_decision_new(&b.decision))
    give_up("memory ran out");
  write_texts(&b);
  decide_text(&b, UPSELL_ORDERS_PACKED, &b.packed, 0, b.packed.len);
  check_results(&b);
  decide_text(&b, UPSELL_ORDERS_LINES, &b.lines, 0, b.lines.len);
  check_results(&b);
  return b;
}

void batches_free(batches *b)
{
  upsell_batch_free(b->batch);
  upsell_decision_free(b->decision);
  text_free(&b->packed);
  text_free(&b->lines);
  free(b->packed_at);
  free(b->line_at);
}
