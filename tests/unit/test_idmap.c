/* SPDX-License-Identifier: MIT */
/* Numbering ids, hashing texts, sorting numbers. */
#include <stdio.h>

#include "../support/check_main.h"
#include "base/idmap.h"
#include "base/sort.h"
#include "colliding.h"
#include "random.h"

enum { MANY = 20000 };

static char names[MANY][24];

static upsell_str name_of(size_t number)
{
  snprintf(names[number], sizeof(names[number]), "gid://Product/%zu", number);
  return upsell_str_of(names[number]);
}

START_TEST(test_numbers_in_order)
{
  upsell__idmap map = {0};
  uint32_t index;
  uint32_t i;
  int added;

  for (i = 0; i < MANY; i++) {
    if (!upsell__idmap_add(&map, 0, name_of(i), &index, &added) || index != i || !added ||
        map.count * 2 > (size_t)map.mask + 3)
      ck_abort_msg("new %u", i);
  }
  for (i = 0; i < MANY; i++) {
    if (!upsell__idmap_add(&map, 0, name_of(i), &index, &added) || index != i || added ||
        upsell__idmap_find(&map, 0, name_of(i)) != i ||
        upsell__idmap_find(&map, 1, name_of(i)) != UPSELL__NO_INDEX)
      ck_abort_msg("again %u", i);
  }
  ck_assert_uint_eq(map.count, MANY);
  ck_assert_uint_ge(upsell__idmap_bytes(&map), MANY * sizeof(upsell__idmap_entry));
  upsell__idmap_free(&map);
  ck_assert_uint_eq(upsell__idmap_bytes(&map), 0);
}
END_TEST

START_TEST(test_finds_only_what_is_there)
{
  static const upsell_str texts[] = {UPSELL_STR("5"),         UPSELL_STR("05"),
                                     UPSELL_STR("5\0"),       UPSELL_STR("abcdefgh"),
                                     UPSELL_STR("abcdefghi"), UPSELL_STR("")};
  enum { COUNT = sizeof(texts) / sizeof(texts[0]) };
  upsell__idmap map = {0};
  uint32_t index;
  uint32_t i;
  int added;

  ck_assert_uint_eq(upsell__idmap_find(&map, 0, texts[0]), UPSELL__NO_INDEX);
  for (i = 0; i < COUNT; i++) {
    ck_assert_uint_eq(upsell__idmap_find(&map, 0, texts[i]), UPSELL__NO_INDEX);
    ck_assert_int_eq(upsell__idmap_add(&map, 0, texts[i], &index, &added), 1);
    ck_assert_int_eq(added, 1);
  }
  for (i = 0; i < COUNT; i++)
    ck_assert_uint_eq(upsell__idmap_find(&map, 0, texts[i]), i);
  upsell__idmap_free(&map);
}
END_TEST

START_TEST(test_scopes_are_apart)
{
  upsell__idmap map = {0};
  upsell_str text = UPSELL_STR("v-1");
  uint32_t index;
  uint32_t scope;
  int added;

  for (scope = 0; scope < 1000; scope++) {
    ck_assert_int_eq(upsell__idmap_add(&map, scope, text, &index, &added), 1);
    ck_assert_uint_eq(index, scope);
    ck_assert_int_eq(added, 1);
  }
  for (scope = 0; scope < 1000; scope++)
    ck_assert_uint_eq(upsell__idmap_find(&map, scope, text), scope);
  ck_assert_uint_eq(upsell__idmap_find(&map, 1000, text), UPSELL__NO_INDEX);
  upsell__idmap_free(&map);
}
END_TEST

enum { TRIED = 300000 };

static uint32_t seen[1 << 21];

/* The first two numbers whose hashes are equal: of one text in two scopes, or of
 * two texts in one scope. Birthdays: among so many there are some. */
static void find_collision(int by_scope, uint32_t *a, uint32_t *b)
{
  uint32_t i;

  memset(seen, 0, sizeof(seen));
  for (i = 1; i < TRIED; i++) {
    char text[40];
    upsell_str id = {
        text, (size_t)snprintf(text, sizeof(text), "gid://shopify/Product/%u", by_scope ? 0 : i)};
    uint32_t hash = upsell__str_hash(id, by_scope ? i : 0);
    uint32_t at = hash & 0x1FFFFF;
    for (; seen[at]; at = (at + 1) & 0x1FFFFF) {
      char other[40];
      upsell_str one = {
          other, (size_t)snprintf(other, 40, "gid://shopify/Product/%u", by_scope ? 0 : seen[at])};
      if (upsell__str_hash(one, by_scope ? seen[at] : 0) == hash) {
        *a = seen[at];
        *b = i;
        return;
      }
    }
    seen[at] = i;
  }
  ck_abort_msg("no two hashes are equal");
}

/* Equal hashes alone make nothing equal. */
START_TEST(test_equal_hashes)
{
  upsell__idmap map = {0};
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t index;
  char text[2][40];
  upsell_str ids[2] = {{text[0], 0}, {text[1], 0}};
  int added;

  find_collision(_i, &a, &b);
  ids[0].len = (size_t)snprintf(text[0], 40, "gid://shopify/Product/%u", _i ? 0 : a);
  ids[1].len = (size_t)snprintf(text[1], 40, "gid://shopify/Product/%u", _i ? 0 : b);
  ck_assert_int_eq(upsell__idmap_add(&map, _i ? a : 0, ids[0], &index, &added), 1);
  ck_assert_uint_eq(upsell__idmap_find(&map, _i ? b : 0, ids[1]), UPSELL__NO_INDEX);
  ck_assert_int_eq(upsell__idmap_add(&map, _i ? b : 0, ids[1], &index, &added), 1);
  ck_assert_int_eq(added, 1);
  ck_assert_uint_eq(upsell__idmap_find(&map, _i ? a : 0, ids[0]), 0);
  ck_assert_uint_eq(upsell__idmap_find(&map, _i ? b : 0, ids[1]), 1);
  upsell__idmap_free(&map);
}
END_TEST

/* Equal bytes hash equally wherever they lie; any other byte, length or seed
 * gives another hash (for these inputs, which are fixed). */
START_TEST(test_hash)
{
  char bytes[80] = {0};
  char copy[80];
  size_t len;
  size_t i;

  for (len = 0; len <= 40; len++) {
    upsell_str text = {bytes, len};
    upsell_str moved = {copy + len % 8, len};
    uint32_t hash = upsell__str_hash(text, 3);
    memcpy(copy + len % 8, bytes, len);
    ck_assert_uint_eq(upsell__str_hash(moved, 3), hash);
    ck_assert_uint_ne(upsell__str_hash(text, 4), hash);
    for (i = 0; i < len; i++) {
      copy[len % 8 + i] ^= 1;
      ck_assert_uint_ne(upsell__str_hash(moved, 3), hash);
      copy[len % 8 + i] ^= 1;
    }
    bytes[len] = (char)(len * 37);
  }
}
END_TEST

/* The lowest 16 bits of a million similar ids spread over all slots. */
START_TEST(test_hash_spreads)
{
  static uint32_t slots[65536];
  char text[24];
  uint32_t most = 0;
  uint32_t i;

  memset(slots, 0, sizeof(slots));
  for (i = 0; i < 1000000; i++) {
    upsell_str id = {text, (size_t)snprintf(text, sizeof(text), "4512000%07u", i)};
    uint32_t *slot = &slots[upsell__str_hash(id, 0) & 0xFFFF];
    if (++*slot > most)
      most = *slot;
  }
  ck_assert_uint_lt(most, 60); /* 15 on average */
}
END_TEST

/* ---- sorting ---- */

static uint64_t comparisons;

static int after(uint32_t a, uint32_t b, const void *context)
{
  const uint32_t *keys = context;

  comparisons++;
  return keys[a] > keys[b];
}

static uint32_t keys[MANY];
static uint32_t items[MANY];

static void sort_and_check(size_t count)
{
  static unsigned char taken[MANY];
  size_t i;

  for (i = 0; i < count; i++)
    items[i] = (uint32_t)i;
  memset(taken, 0, sizeof(taken));
  upsell__sort(items, count, after, keys);
  for (i = 0; i < count; i++) {
    if (items[i] >= count || taken[items[i]]++ || (i && keys[items[i - 1]] > keys[items[i]]))
      ck_abort_msg("place %zu of %zu", i, count);
  }
}

START_TEST(test_sort_small)
{
  uint64_t state = 1;
  size_t count;
  size_t i;
  int round;

  for (count = 0; count <= 100; count++) {
    for (round = 0; round < 50; round++) {
      for (i = 0; i < count; i++)
        keys[i] = random_below(&state, round % 2 ? 4 : 1000);
      sort_and_check(count);
    }
  }
}
END_TEST

/* Sorted, reversed, all equal, organ pipe, random: n log n for each. */
START_TEST(test_sort_large)
{
  uint64_t state = 2;
  size_t i;

  for (i = 0; i < MANY; i++) {
    const uint32_t up = (uint32_t)i;
    const uint32_t shapes[] = {up, MANY - up, 5, up < MANY / 2 ? up : MANY - up,
                               random_below(&state, UINT32_MAX)};
    keys[i] = shapes[_i];
  }
  comparisons = 0;
  sort_and_check(MANY);
  ck_assert_uint_lt(comparisons, 2 * 15 * (uint64_t)MANY);
}
END_TEST

enum { COLLIDING = 4000 };

static uint32_t longest_way(const upsell__idmap *map)
{
  uint32_t longest = 0;
  uint32_t at;

  for (at = 0; at <= map->mask; at++) {
    uint32_t way = (at - map->slots[at].hash) & map->mask;
    if (map->slots[at].index != UPSELL__NO_INDEX && way > longest)
      longest = way;
  }
  return longest;
}

/* Texts made to collide must not make a map slow: it changes its hash. */
START_TEST(test_colliding_texts)
{
  static char texts[COLLIDING][16];
  upsell__idmap map = {0};
  uint32_t number;
  uint32_t i;
  int added;

  make_colliding(texts, COLLIDING);
  for (i = 0; i < COLLIDING; i++) {
    upsell_str text = {texts[i], 16};
    ck_assert_uint_eq(upsell__str_hash(text, 0),
                      upsell__str_hash((upsell_str){texts[0], 16}, 0));
    ck_assert_int_eq(upsell__idmap_add(&map, 0, text, &number, &added), 1);
    ck_assert_int_eq(added, 1);
    ck_assert_uint_eq(number, i);
  }
  ck_assert_uint_gt(map.key, 0);
  ck_assert_uint_lt(longest_way(&map), 256);
  for (i = 0; i < COLLIDING; i++)
    ck_assert_uint_eq(upsell__idmap_find(&map, 0, (upsell_str){texts[i], 16}), i);
  upsell__idmap_free(&map);
}
END_TEST

/* What was added last is taken back as if it had never been there, also after the map grew
 * and changed its hash. */
START_TEST(test_remove_last)
{
  static char texts[COLLIDING][16];
  upsell__idmap map = {0};
  uint32_t number;
  uint32_t i;
  int added;

  make_colliding(texts, COLLIDING);
  for (i = 0; i < COLLIDING; i++) {
    upsell_str text = {texts[i], 16};
    int times = _i ? 2 : 1;
    while (times--) {
      ck_assert_int_eq(upsell__idmap_add(&map, 0, text, &number, &added), 1);
      ck_assert_int_eq(added, 1);
      ck_assert_uint_eq(number, i);
      if (times)
        upsell__idmap_remove_last(&map);
    }
  }
  for (i = COLLIDING; i-- > 0;) {
    ck_assert_uint_eq(upsell__idmap_find(&map, 0, (upsell_str){texts[i], 16}), i);
    upsell__idmap_remove_last(&map);
    ck_assert_uint_eq(map.count, i);
    ck_assert_uint_eq(upsell__idmap_find(&map, 0, (upsell_str){texts[i], 16}), UPSELL__NO_INDEX);
    ck_assert_uint_eq(upsell__idmap_find(&map, 0, (upsell_str){texts[i / 2], 16}),
                      i / 2 < i ? i / 2 : UPSELL__NO_INDEX);
  }
  upsell__idmap_free(&map);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("idmap");
  TCase *map = tcase_create("map");
  TCase *sort = tcase_create("sort");

  tcase_set_timeout(map, 60);
  tcase_add_test(map, test_numbers_in_order);
  tcase_add_test(map, test_finds_only_what_is_there);
  tcase_add_test(map, test_scopes_are_apart);
  tcase_add_loop_test(map, test_equal_hashes, 0, 2);
  tcase_add_test(map, test_colliding_texts);
  tcase_add_loop_test(map, test_remove_last, 0, 2);
  tcase_add_test(map, test_hash);
  tcase_add_test(map, test_hash_spreads);
  tcase_add_test(sort, test_sort_small);
  tcase_add_loop_test(sort, test_sort_large, 0, 5);
  suite_add_tcase(suite, map);
  suite_add_tcase(suite, sort);
  return check_main(suite);
}
