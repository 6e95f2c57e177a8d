/* SPDX-License-Identifier: MIT */
/* Batches for tests: texts of packed orders, and deciding for a copy of a text that is
 * gone afterwards. */
#ifndef UPSELL_TESTS_BATCHES_H
#define UPSELL_TESTS_BATCHES_H

#include <check.h>
#include <stdlib.h>

#include <upsell/upsell.h>

#include "../support/pack.h"
#include "../support/results.h"
#include "base/buffer.h"

static inline upsell_batch *new_batch(void)
{
  upsell_batch *batch = NULL;

  ck_assert_int_eq(upsell_batch_new(&batch), UPSELL_OK);
  return batch;
}

static inline void add_packed(upsell__buffer *out, const upsell_order *order)
{
  size_t len = pack_order(order, NULL, 0);
  char *room = upsell__buffer_reserve(out, len);

  ck_assert_ptr_nonnull(room);
  out->len += pack_order(order, room, len);
}

/* Texts of packed orders with `|` for each NUL, which a literal cannot hold before a
 * digit. */
static inline void add_written(upsell__buffer *out, const char *written)
{
  size_t i;

  upsell__buffer_append(out, written, strlen(written));
  for (i = out->len - strlen(written); i < out->len; i++) {
    if (out->data[i] == '|')
      out->data[i] = '\0';
  }
}

/* Decides for a copy in memory of just its size, which is freed before any result is
 * read: a sanitizer sees reading behind the text, and all that is kept of it. */
static inline upsell_status decide_copy(upsell_batch *batch, const upsell_catalog *catalog,
                                        int32_t form, upsell_str text, uint32_t flags,
                                        upsell_error *error)
{
  char *copy = malloc(text.len ? text.len : 1);
  upsell_status status;

  ck_assert_ptr_nonnull(copy);
  if (text.len)
    memcpy(copy, text.data, text.len);
  status = upsell_batch_decide(batch, catalog, form, copy, text.len, flags, error);
  free(copy);
  return status;
}

static inline upsell_str text_of(const upsell__buffer *buffer)
{
  upsell_str text = {buffer->data, buffer->len};

  return text;
}

/* A batch without results, as before its first call. */
static inline void check_empty(upsell_batch *batch)
{
  const upsell_batch_view *view = upsell_batch_get(batch);

  ck_assert_uint_eq(view->size, sizeof(*view));
  ck_assert_uint_eq(view->reserved, 0);
  ck_assert_uint_eq(view->result_count, 0);
  ck_assert_uint_eq(view->text_len, 0);
  ck_assert_int_eq(upsell_decision_get(upsell_batch_decision(batch))->outcome, UPSELL_OUTCOME_NONE);
}

/* Fails unless a result says what was decided. */
static inline void check_result(const upsell_batch *batch, size_t index,
                                const upsell_decision *decision)
{
  const upsell_batch_view *view = upsell_batch_get(batch);
  const char *differs;

  ck_assert_uint_lt(index, view->result_count);
  differs = result_differs(view, &view->results[index], upsell_decision_get(decision));
  if (differs)
    ck_abort_msg("result %zu: %s", index, differs);
}

static inline void check_same_error(const upsell_error *a, const upsell_error *b)
{
  ck_assert_str_eq(upsell_status_name(a->code), upsell_status_name(b->code));
  ck_assert_str_eq(a->pointer, b->pointer);
  ck_assert_int_eq(a->offset, b->offset);
  ck_assert_str_eq(a->message, b->message);
}

#endif
