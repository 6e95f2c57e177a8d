/* SPDX-License-Identifier: MIT */
/* JSON Pointers of paths (RFC 6901), whole and cut to an ancestor. */
#include "../support/check_main.h"
#include "base/path.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { LEVELS = 4 };

/* A chain of keys; "#7" stands for the index 7. */
typedef struct path_case {
  const char *tokens[LEVELS];
  const char *ancestors[LEVELS + 1]; /* from the document to the path itself */
} path_case;

static const path_case cases[] = {
    {{NULL}, {""}},
    {{"a"}, {"", "/a"}},
    {{""}, {"", "/"}},
    {{"", ""}, {"", "/", "//"}},
    {{"a/b"}, {"", "/a~1b"}},
    {{"m~n"}, {"", "/m~0n"}},
    {{"~1"}, {"", "/~01"}},
    {{"~/~/"}, {"", "/~0~1~0~1"}},
    {{"#0"}, {"", "/0"}},
    {{"#18446744073709551615"}, {"", "/18446744073709551615"}},
    {{"#10", "#203"}, {"", "/10", "/10/203"}},
    {{"c%d", "e^f", "g|h", "i\\j"}, {"", "/c%d", "/c%d/e^f", "/c%d/e^f/g|h", "/c%d/e^f/g|h/i\\j"}},
    {{"k\"l", " "}, {"", "/k\"l", "/k\"l/ "}},
    {{"\xE7\x85\x8E\xE8\x8C\xB6", "x"},
     {"", "/\xE7\x85\x8E\xE8\x8C\xB6", "/\xE7\x85\x8E\xE8\x8C\xB6/x"}},
    {{"scenarios", "#12", "offer", "discount"},
     {"", "/scenarios", "/scenarios/12", "/scenarios/12/offer", "/scenarios/12/offer/discount"}},
    {{"long-token-in-the-middle", "s"},
     {"", "/long-token-in-the-middle", "/long-token-in-the-middle/s"}},
};

/* Builds the chain; returns its last node and the number of tokens. */
static const upsell__path *chain(const path_case *c, upsell__path nodes[LEVELS], size_t *count)
{
  const upsell__path *last = NULL;

  for (*count = 0; *count < LEVELS && c->tokens[*count]; ++*count) {
    const char *token = c->tokens[*count];
    nodes[*count] = token[0] == '#' ? upsell__at_index(last, strtoull(token + 1, NULL, 10))
                                    : upsell__at_key(last, token);
    last = &nodes[*count];
  }
  return last;
}

/* For every size of buffer: the longest pointer of the chain that fits, and no
 * byte behind it touched. */
START_TEST(test_write)
{
  const path_case *c = &cases[_i];
  upsell__path nodes[LEVELS];
  size_t count;
  const upsell__path *path = chain(c, nodes, &count);
  size_t size;

  for (size = 1; size <= strlen(c->ancestors[count]) + 3; size++) {
    char *out = malloc(size); /* just so large: a sanitizer sees one byte more */
    size_t level = count;
    while (level && strlen(c->ancestors[level]) > size - 1)
      level--;
    upsell__path_write(path, out, size);
    ck_assert_str_eq(out, c->ancestors[level]);
    free(out);
  }
}
END_TEST

/* A key with its length, not its NUL, makes the token. */
START_TEST(test_key_length)
{
  upsell__path path = {NULL, "abc", 2, 0};
  char out[8];

  upsell__path_write(&path, out, sizeof(out));
  ck_assert_str_eq(out, "/ab");
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("path");
  TCase *path = tcase_create("path");

  tcase_add_loop_test(path, test_write, 0, COUNT_OF(cases));
  tcase_add_test(path, test_key_length);
  suite_add_tcase(suite, path);
  return check_main(suite);
}
