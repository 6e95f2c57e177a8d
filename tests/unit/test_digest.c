/* SPDX-License-Identifier: MIT */
/* Ids from digests (PLN-4): a UUID of version 8, and no two lists of fields that give
 * the same bytes. */
#include "../support/check_main.h"
#include "plan/digest.h"
#include "random.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A field: a number where `text` is NULL and `absent` is not set. */
typedef struct field {
  const char *text;
  int64_t number;
  int absent;
} field;

#define FIELDS_MAX 6
#define T(text)                                                                                    \
  {                                                                                                \
    text, 0, 0                                                                                     \
  }
#define N(number)                                                                                  \
  {                                                                                                \
    NULL, number, 0                                                                                \
  }
#define ABSENT                                                                                     \
  {                                                                                                \
    NULL, 0, 1                                                                                     \
  }

typedef struct list {
  const char *purpose;
  size_t count;
  field fields[FIELDS_MAX];
} list;

static void digest_of(const list *l, char uuid[UPSELL__UUID_SIZE])
{
  static const upsell_str absent = {NULL, 0};
  upsell__digest digest;
  size_t i;

  upsell__digest_init(&digest, l->purpose);
  for (i = 0; i < l->count; i++) {
    const field *f = &l->fields[i];
    if (f->absent)
      upsell__digest_text(&digest, absent);
    else if (f->text)
      upsell__digest_text(&digest, upsell_str_of(f->text));
    else
      upsell__digest_number(&digest, f->number);
  }
  upsell__digest_uuid(&digest, uuid);
}

/* Computed by another implementation: each field is a letter (t, n, i), 8 bytes of its
 * length or number, the highest first, and its bytes. */
static const struct {
  list given;
  const char *uuid;
} known[] = {
    {{"upsell.plan/1", 0, {T("")}}, "f388276b-95f5-8413-a800-bc9d06e16dad"},
    {{"p", 6, {T("shop"), ABSENT, T(""), N(0), N(-1), N(INT64_MAX)}},
     "72688acb-3f66-86f3-a3ef-757bcfb74fa8"},
    {{"upsell.charge", 2, {T("お茶"), N(9999)}}, "52d57884-d7c6-87e3-be85-dcd3687b9246"},
};

START_TEST(test_known)
{
  char uuid[UPSELL__UUID_SIZE];

  digest_of(&known[_i].given, uuid);
  ck_assert_str_eq(uuid, known[_i].uuid);
}
END_TEST

/* Lists that a careless join would confuse. */
static const list different[] = {
    {"p", 0, {T("")}},          {"q", 0, {T("")}},
    {"pq", 0, {T("")}},         {"", 0, {T("")}},
    {"", 1, {T("p")}},          {"p", 1, {T("")}},
    {"p", 1, {ABSENT}},         {"p", 1, {N(0)}},
    {"p", 2, {T(""), T("")}},   {"p", 2, {T(""), ABSENT}},
    {"p", 2, {ABSENT, T("")}},  {"p", 2, {ABSENT, ABSENT}},
    {"p", 1, {T("ab")}},        {"p", 2, {T("a"), T("b")}},
    {"p", 2, {T("b"), T("a")}}, {"p", 2, {T("ab"), T("")}},
    {"p", 2, {T(""), T("ab")}}, {"p", 1, {T("1")}},
    {"p", 1, {N(1)}},           {"p", 1, {N(-1)}},
    {"p", 1, {N(256)}},         {"p", 1, {N(INT64_C(1) << 32)}},
    {"p", 1, {N(INT64_MIN)}},   {"p", 1, {N(INT64_MAX)}},
    {"p", 2, {N(1), N(0)}},     {"p", 2, {N(0), N(1)}},
    {"p", 2, {T("a"), N(1)}},   {"p", 2, {N(1), T("a")}},
};

START_TEST(test_different)
{
  char a[UPSELL__UUID_SIZE];
  char b[UPSELL__UUID_SIZE];
  size_t i;

  digest_of(&different[_i], a);
  digest_of(&different[_i], b);
  ck_assert_str_eq(a, b);
  for (i = 0; i < COUNT_OF(different); i++) {
    digest_of(&different[i], b);
    if (i != (size_t)_i)
      ck_assert_str_ne(a, b);
  }
}
END_TEST

static int is_hex(char c)
{
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* RFC 9562: 8-4-4-4-12 digits, version 8, variant 10. */
START_TEST(test_form)
{
  uint64_t state = (uint64_t)_i;
  list l = {"form", 2, {N((int64_t)random_next(&state)), N(_i)}};
  char uuid[UPSELL__UUID_SIZE];
  size_t i;

  digest_of(&l, uuid);
  ck_assert_uint_eq(strlen(uuid), UPSELL__UUID_SIZE - 1);
  for (i = 0; i < UPSELL__UUID_SIZE - 1; i++) {
    if (i == 8 || i == 13 || i == 18 || i == 23)
      ck_assert_int_eq(uuid[i], '-');
    else
      ck_assert_msg(is_hex(uuid[i]), "%s", uuid);
  }
  ck_assert_int_eq(uuid[14], '8');
  ck_assert_msg(strchr("89ab", uuid[19]) != NULL, "%s", uuid);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("digest");
  TCase *tests = tcase_create("digest");

  tcase_add_loop_test(tests, test_known, 0, (int)COUNT_OF(known));
  tcase_add_loop_test(tests, test_different, 0, (int)COUNT_OF(different));
  tcase_add_loop_test(tests, test_form, 0, 200);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
