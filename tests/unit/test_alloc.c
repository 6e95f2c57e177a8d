/* SPDX-License-Identifier: MIT */
/* Memory: single blocks, growing arrays, arenas and buffers. */
#include "../support/check_main.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "random.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- single blocks and growing arrays ---- */

START_TEST(test_alloc_zeroes)
{
  unsigned char *memory = upsell__alloc(100, 3);
  size_t i;

  ck_assert_ptr_nonnull(memory);
  for (i = 0; i < 300; i++)
    ck_assert_uint_eq(memory[i], 0);
  upsell__free(memory);
  memory = upsell__alloc(0, 8);
  ck_assert_ptr_nonnull(memory);
  memset(memory, 1, 8);
  upsell__free(memory);
  upsell__free(NULL);
}
END_TEST

START_TEST(test_realloc_overflow)
{
  volatile size_t huge = SIZE_MAX / 2;

  ck_assert_ptr_null(upsell__realloc(NULL, huge, 4));
}
END_TEST

typedef struct grow_case {
  size_t capacity;
  size_t needed;
  size_t expected; /* 0: refused */
} grow_case;

static const grow_case grows[] = {
    {0, 0, 0},  {0, 1, 8},   {0, 8, 8},    {0, 9, 16},      {8, 8, 8},
    {8, 9, 16}, {10, 9, 10}, {10, 11, 20}, {8, 1000, 1024}, {8, SIZE_MAX, 0},
};

START_TEST(test_grow)
{
  const grow_case *c = &grows[_i];
  uint32_t *items = c->capacity ? upsell__alloc(c->capacity, sizeof(*items)) : NULL;
  size_t capacity = c->capacity;
  void *grown = items;
  int done;

  if (items)
    items[0] = 4711;
  done = upsell__grow(&grown, &capacity, c->needed, sizeof(*items));
  ck_assert_int_eq(done, c->expected != 0 || c->needed == 0);
  ck_assert_uint_eq(capacity, done ? c->expected : c->capacity);
  if (!done || c->needed <= c->capacity)
    ck_assert_ptr_eq(grown, items);
  if (c->capacity)
    ck_assert_uint_eq(*(uint32_t *)grown, 4711);
  if (done && capacity)
    ((uint32_t *)grown)[capacity - 1] = 1; /* the room is there */
  upsell__free(grown);
}
END_TEST

/* ---- arenas ---- */

START_TEST(test_arena_pieces)
{
  enum { PIECES = 2000 };
  static unsigned char *pieces[PIECES];
  upsell__arena arena = {0};
  size_t wrong = 0;
  size_t i;
  size_t j;

  for (i = 0; i < PIECES; i++) {
    pieces[i] = upsell__arena_alloc(&arena, i % 97, 1 + i % 5);
    ck_assert_ptr_nonnull(pieces[i]);
    ck_assert_uint_eq((uintptr_t)pieces[i] % 16, 0);
    for (j = 0; j < i % 97 * (1 + i % 5); j++)
      wrong += pieces[i][j] != 0;
    memset(pieces[i], (int)(i & 0xFF), i % 97 * (1 + i % 5));
  }
  for (i = 0; i < PIECES; i++) {
    for (j = 0; j < i % 97 * (1 + i % 5); j++)
      wrong += pieces[i][j] != (i & 0xFF);
  }
  ck_assert_uint_eq(wrong, 0);
  upsell__arena_free(&arena);
  ck_assert_uint_eq(arena.bytes, 0);
  ck_assert_ptr_nonnull(upsell__arena_alloc(&arena, 1, 1));
  upsell__arena_free(&arena);
}
END_TEST

/* What was written before a reset is not seen after it. */
START_TEST(test_arena_reset_zeroes)
{
  upsell__arena arena = {0};
  unsigned char *piece = upsell__arena_alloc(&arena, 500, 1);
  size_t i;

  memset(piece, 0xAA, 500);
  upsell__arena_reset(&arena);
  piece = upsell__arena_alloc(&arena, 500, 1);
  for (i = 0; i < 500; i++)
    ck_assert_uint_eq(piece[i], 0);
  upsell__arena_free(&arena);
}
END_TEST

/* One of 20 programmes of requests; equal seeds are equal programmes. */
static void run_requests(upsell__arena *arena, uint64_t seed)
{
  uint32_t count = 1 + random_below(&seed, 40);

  upsell__arena_reset(arena);
  while (count-- > 0) {
    uint32_t size =
        random_below(&seed, 8) ? 1 + random_below(&seed, 300) : 1 + random_below(&seed, 9000);
    if (!upsell__arena_alloc(arena, size, 1))
      ck_abort_msg("no memory");
  }
}

/* An arena that has seen all its work stops growing, whatever comes after what. */
START_TEST(test_arena_settles)
{
  upsell__arena arena = {0};
  uint64_t state = 7;
  size_t bytes;
  uint32_t i;

  for (i = 0; i < 400; i++)
    run_requests(&arena, i % 20);
  bytes = arena.bytes;
  for (i = 0; i < 4000; i++)
    run_requests(&arena, random_below(&state, 20));
  ck_assert_uint_eq(arena.bytes, bytes);
  upsell__arena_free(&arena);
}
END_TEST

START_TEST(test_arena_limits)
{
  upsell__arena arena = {0};
  volatile size_t huge = SIZE_MAX;
  upsell_str endless = {"x", SIZE_MAX};
  upsell_str copy;

  ck_assert_ptr_null(upsell__arena_alloc(&arena, huge, 2));
  ck_assert_ptr_null(upsell__arena_alloc(&arena, huge - 17, 1));
  ck_assert_int_eq(upsell__arena_copy(&arena, endless, &copy), 0);
  ck_assert_ptr_null(upsell__arena_append(&arena, NULL, (size_t)1 << 63, 1));
  ck_assert_ptr_nonnull(upsell__arena_alloc(&arena, 3 << 20, 1));
  ck_assert_uint_ge(arena.bytes, 3 << 20);
  upsell__arena_free(&arena);
}
END_TEST

START_TEST(test_arena_copy)
{
  static const upsell_str texts[] = {UPSELL_STR(""), UPSELL_STR("a"), UPSELL_STR("a\0b"),
                                     UPSELL_STR("0123456789abcdef")};
  upsell__arena arena = {0};
  upsell_str absent = {NULL, 0};
  upsell_str copy;
  size_t i;

  for (i = 0; i < COUNT_OF(texts); i++) {
    ck_assert_int_eq(upsell__arena_copy(&arena, texts[i], &copy), 1);
    ck_assert_ptr_nonnull(copy.data);
    ck_assert_ptr_ne(copy.data, texts[i].data);
    ck_assert_int_eq(upsell__str_equal(copy, texts[i]), 1);
    ck_assert_int_eq(copy.data[copy.len], 0);
  }
  ck_assert_int_eq(upsell__arena_copy(&arena, absent, &copy), 1);
  ck_assert_ptr_null(copy.data);
  upsell__arena_free(&arena);
}
END_TEST

START_TEST(test_arena_append)
{
  upsell__arena arena = {0};
  uint32_t *items = NULL;
  uint32_t *others = NULL;
  uint32_t i;

  /* Two lists that grow by turns, as nested lists of a document do. */
  for (i = 0; i < 5000; i++) {
    items = upsell__arena_append(&arena, items, i, sizeof(*items));
    items[i] = i;
    others = upsell__arena_append(&arena, others, i, sizeof(*others));
    others[i] = ~i;
  }
  for (i = 0; i < 5000; i++) {
    if (items[i] != i || others[i] != ~i)
      ck_abort_msg("item %u", i);
  }
  upsell__arena_free(&arena);
}
END_TEST

/* ---- buffers ---- */

typedef struct int_case {
  int64_t value;
  const char *text;
} int_case;

static const int_case ints[] = {
    {0, "0"},
    {7, "7"},
    {-1, "-1"},
    {10, "10"},
    {-1000, "-1000"},
    {INT64_MAX, "9223372036854775807"},
    {INT32_MIN, "-2147483648"},
    {INT64_MIN, "-9223372036854775808"},
};

START_TEST(test_buffer_int)
{
  upsell__buffer buffer = {0};

  upsell__buffer_append_int(&buffer, ints[_i].value);
  ck_assert_uint_eq(buffer.len, strlen(ints[_i].text));
  ck_assert_mem_eq(buffer.data, ints[_i].text, buffer.len);
  upsell__buffer_free(&buffer);
  ck_assert_ptr_null(buffer.data);
  ck_assert_uint_eq(buffer.len + buffer.capacity, 0);
}
END_TEST

START_TEST(test_buffer_append)
{
  upsell__buffer buffer = {0};
  upsell_str word = UPSELL_STR("bcd");
  size_t i;

  for (i = 0; i < 1000; i++) {
    upsell__buffer_append_char(&buffer, 'a');
    upsell__buffer_append(&buffer, word.data, word.len);
    upsell__buffer_append(&buffer, NULL, 0);
    UPSELL__APPEND(&buffer, "e");
  }
  ck_assert_uint_eq(buffer.len, 5000);
  for (i = 0; i < 5000; i += 5)
    ck_assert_mem_eq(buffer.data + i, "abcde", 5);
  upsell__buffer_free(&buffer);
}
END_TEST

/* Once something did not fit, nothing more is written and `failed` stays. */
START_TEST(test_buffer_fails_for_good)
{
  upsell__buffer buffer = {0};
  volatile size_t huge = SIZE_MAX;

  UPSELL__APPEND(&buffer, "12345678");
  ck_assert_ptr_null(upsell__buffer_reserve(&buffer, huge));
  ck_assert_int_eq(buffer.failed, 1);
  UPSELL__APPEND(&buffer, "123456789");
  ck_assert_uint_eq(buffer.len, 8);
  ck_assert_int_eq(buffer.failed, 1);
  upsell__buffer_free(&buffer);
  ck_assert_ptr_null(upsell__buffer_reserve(&buffer, huge));
  ck_assert_int_eq(buffer.failed, 1);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("alloc");
  TCase *blocks = tcase_create("blocks");
  TCase *arena = tcase_create("arena");
  TCase *buffer = tcase_create("buffer");

  tcase_add_test(blocks, test_alloc_zeroes);
  tcase_add_test(blocks, test_realloc_overflow);
  tcase_add_loop_test(blocks, test_grow, 0, COUNT_OF(grows));
  tcase_add_test(arena, test_arena_pieces);
  tcase_add_test(arena, test_arena_reset_zeroes);
  tcase_add_test(arena, test_arena_settles);
  tcase_add_test(arena, test_arena_limits);
  tcase_add_test(arena, test_arena_copy);
  tcase_add_test(arena, test_arena_append);
  tcase_add_loop_test(buffer, test_buffer_int, 0, COUNT_OF(ints));
  tcase_add_test(buffer, test_buffer_append);
  tcase_add_test(buffer, test_buffer_fails_for_good);
  suite_add_tcase(suite, blocks);
  suite_add_tcase(suite, arena);
  suite_add_tcase(suite, buffer);
  return check_main(suite);
}
