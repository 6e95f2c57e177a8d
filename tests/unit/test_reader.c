/* SPDX-License-Identifier: MIT */
/* The grammar of JSON: what is accepted, what is refused and where (DOC-1, DOC-5, DOC-8). */
#include <stdio.h>

#include "../support/check_main.h"
#include "verdict.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef struct text_case {
  upsell_str text;
  upsell_status status;
  int64_t offset;      /* of the fault, or the end */
  const char *pointer; /* to the fault */
} text_case;

#define YES(text)                                                                                  \
  {                                                                                                \
    UPSELL_STR(text), UPSELL_OK, (int64_t)sizeof(text) - 1, ""                                     \
  }
#define NO(text, status, offset)                                                                   \
  {                                                                                                \
    UPSELL_STR(text), UPSELL_JSON_##status, offset, ""                                             \
  }
#define NO_AT(text, status, offset, pointer)                                                       \
  {                                                                                                \
    UPSELL_STR(text), UPSELL_JSON_##status, offset, pointer                                        \
  }

static const text_case accepted[] = {
    /* the kinds, and white space in all its places */
    YES("{}"),
    YES("[]"),
    YES("\"\""),
    YES("0"),
    YES("true"),
    YES("false"),
    YES("null"),
    YES(" \t\r\n[ \t\r\n] \t\r\n"),
    YES(" { \"a\" : 1 , \"b\" : [ 2 , 3 ] } "),
    YES("[[],{},[[]],{\"a\":{}}]"),
    YES("[null,true,false]"),
    YES("{\"\":0}"),
    YES("{\"a\":1,\"A\":1,\"a \":1}"),
    YES("[{\"a\":1},{\"a\":1}]"),
    YES("{\"a\":{\"a\":1}}"),
    /* numbers */
    YES("-0"),
    YES("-1"),
    YES("10"),
    YES("1.0"),
    YES("-0.0"),
    YES("0.5"),
    YES("0e0"),
    YES("0E+1"),
    YES("1e-2"),
    YES("1.5e+300"),
    YES("123456789012345678901234567890"),
    YES("1e999999999"),
    YES("-9223372036854775808"),
    YES("0.000000000000000000000000000000000001"),
    YES("[1,2.5,-3e4]"),
    /* strings */
    YES("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""),
    YES("\"\\u0061\\u00e9\\u7164\""),
    YES("\"/\""),
    YES("\"\\ud83c\\udf75\""),
    YES("\"\\uDBFF\\uDFFF\""),
    YES("\"\\ud800\\udc00\""),
    YES("\"\x7F\""),
    YES("\"\xC2\x80\""),
    YES("\"\xE7\x85\x8E\xE8\x8C\xB6\""),
    YES("\"\xF4\x8F\xBF\xBF\""),
    YES("\"\xEF\xBF\xBF\""),
    YES("\"\xEF\xBB\xBF\""),
    YES("\"\xE2\x80\xA8\""),
    YES("\"[{,:}]//\""),
    YES("\"\\u0001\\u001F\""),
    YES("\"\\uFFFE\""),
    YES("\"\\\\u0000\""),
    YES("{\"\\u0061\":1,\"\\u0062\":2}"),
};

static const text_case refused[] = {
    /* nothing, and more than one */
    NO("", SYNTAX, 0),
    NO("  \n", SYNTAX, 3),
    NO("1 2", TRAILING, 2),
    NO("{}{}", TRAILING, 2),
    NO("[] x", TRAILING, 3),
    NO("null\0", TRAILING, 4),
    NO("\"a\",", TRAILING, 3),
    NO("[]]", TRAILING, 2),
    NO("0\xEF\xBB\xBF", TRAILING, 1),
    NO("truex", TRAILING, 4),
    /* byte order marks */
    NO("\xEF\xBB\xBF{}", ENCODING, 0),
    NO("\xFF\xFE{\0}\0", SYNTAX, 0),
    NO("\xEF\xBB", SYNTAX, 0),
    /* words */
    NO("tru", SYNTAX, 0),
    NO("TRUE", SYNTAX, 0),
    NO("nul", SYNTAX, 0),
    NO("fals", SYNTAX, 0),
    NO("NaN", SYNTAX, 0),
    NO("Infinity", SYNTAX, 0),
    NO("-Infinity", SYNTAX, 0),
    NO("undefined", SYNTAX, 0),
    NO("nil", SYNTAX, 0),
    NO_AT("[True]", SYNTAX, 1, "/0"),
    /* numbers */
    NO("-", SYNTAX, 0),
    NO("+1", SYNTAX, 0),
    NO("01", SYNTAX, 0),
    NO("-01", SYNTAX, 0),
    NO("00", SYNTAX, 0),
    NO("1.", SYNTAX, 1),
    NO(".5", SYNTAX, 0),
    NO("-.5", SYNTAX, 0),
    NO("1.e1", SYNTAX, 1),
    NO("1e", SYNTAX, 2),
    NO("1e+", SYNTAX, 3),
    NO("1E-", SYNTAX, 3),
    NO("0e", SYNTAX, 2),
    NO("1.5e", SYNTAX, 4),
    NO("0x10", TRAILING, 1),
    NO("1_000", TRAILING, 1),
    NO("1.2.3", TRAILING, 3),
    NO("1e1.5", TRAILING, 3),
    NO("--1", SYNTAX, 0),
    NO("1+2", TRAILING, 1),
    NO("\xEF\xBC\x91", SYNTAX, 0),
    NO_AT("[1,-]", SYNTAX, 3, "/1"),
    NO_AT("[-2.]", SYNTAX, 3, "/0"),
    /* arrays */
    NO_AT("[1,]", SYNTAX, 3, "/1"),
    NO_AT("[,1]", SYNTAX, 1, "/0"),
    NO_AT("[1,,2]", SYNTAX, 3, "/1"),
    NO("[1 2]", SYNTAX, 3),
    NO("[", SYNTAX, 1),
    NO("[1", SYNTAX, 2),
    NO_AT("[1,", SYNTAX, 3, "/1"),
    NO("[1}", SYNTAX, 2),
    NO("[\"a\":1]", SYNTAX, 4),
    NO("]", SYNTAX, 0),
    NO_AT("[[1,2],[3", SYNTAX, 9, "/1"),
    NO_AT("[1,{]", SYNTAX, 4, "/1"),
    /* objects */
    NO("{", SYNTAX, 1),
    NO("{\"a\"", SYNTAX, 4),
    NO_AT("{\"a\":", SYNTAX, 5, "/a"),
    NO("{\"a\":1", SYNTAX, 6),
    NO("{\"a\":1,", SYNTAX, 7),
    NO("{\"a\":1,}", SYNTAX, 7),
    NO("{,}", SYNTAX, 1),
    NO("{a:1}", SYNTAX, 1),
    NO("{'a':1}", SYNTAX, 1),
    NO("{1:1}", SYNTAX, 1),
    NO("{\"a\" 1}", SYNTAX, 5),
    NO_AT("{\"a\"::1}", SYNTAX, 5, "/a"),
    NO("{\"a\":1 \"b\":2}", SYNTAX, 7),
    NO("{\"a\":1]", SYNTAX, 6),
    NO("{\"a\"}", SYNTAX, 4),
    NO("{null:1}", SYNTAX, 1),
    NO("{\"a\":1,,\"b\":2}", SYNTAX, 7),
    NO("}", SYNTAX, 0),
    NO_AT("{\"a\":b}", SYNTAX, 5, "/a"),
    /* comments and other white space */
    NO("/**/1", SYNTAX, 0),
    NO("1//x", TRAILING, 1),
    NO_AT("[/*x*/1]", SYNTAX, 1, "/0"),
    NO("#\n1", SYNTAX, 0),
    NO("\v1", SYNTAX, 0),
    NO("\f1", SYNTAX, 0),
    NO("\xC2\xA0"
       "1",
       SYNTAX, 0),
    NO("1\0", TRAILING, 1),
    NO("\0", SYNTAX, 0),
    NO("{\0}", SYNTAX, 1),
    /* strings that do not end or hold what they must not */
    NO("\"", SYNTAX, 1),
    NO("\"a", SYNTAX, 2),
    NO("\"\\", SYNTAX, 2),
    NO("\"\\\"", SYNTAX, 3),
    NO("'a'", SYNTAX, 0),
    NO("\"a\nb\"", STRING, 2),
    NO("\"\t\"", STRING, 1),
    NO("\"\0\"", STRING, 1),
    NO("\"\x1F\"", STRING, 1),
    NO("\"\\x\"", STRING, 1),
    NO("\"\\'\"", STRING, 1),
    NO("\"\\\0\"", STRING, 1),
    NO("\"\\a\"", STRING, 1),
    NO("\"\\U0061\"", STRING, 1),
    NO("\"\\u\"", STRING, 1),
    NO("\"\\u006\"", STRING, 1),
    NO("\"\\u00g0\"", STRING, 1),
    NO("\"\\u-001\"", STRING, 1),
    NO("\"\\u 061\"", STRING, 1),
    NO("\"\\u0000\"", STRING, 1),
    NO("\"ab\\u0000\"", STRING, 3),
    NO("\"\\u00", STRING, 1),
    NO("\"\\ud83d\"", STRING, 1),
    NO("\"\\udf75\"", STRING, 1),
    NO("\"\\ud83d\\ud83d\"", STRING, 1),
    NO("\"\\ud83dx\"", STRING, 1),
    NO("\"\\ud83dxudf75\"", STRING, 1),
    NO("\"\\ud83d\\xdf75\"", STRING, 1),
    NO("\"\\ud83d\\n\"", STRING, 1),
    NO("\"\\ud83d\\u0061\"", STRING, 1),
    NO("\"\\udf75\\ud83d\"", STRING, 1),
    NO("\"\\ud83c\\udf75\\udf75\"", STRING, 13),
    NO("\"\\ud83d\\u\"", STRING, 1),
    NO("\"\\ud83d\\udf7\"", STRING, 1),
    NO("\"\\ud83d", STRING, 1),
    /* UTF-8 that is not well-formed */
    NO("\"\x80\"", ENCODING, 1),
    NO("\"\xC0\x80\"", ENCODING, 1),
    NO("\"\xC1\xBF\"", ENCODING, 1),
    NO("\"\xED\xA0\x80\"", ENCODING, 1),
    NO("\"\xE7\x85\"", ENCODING, 1),
    NO("\"\xE7", ENCODING, 1),
    NO("\"\xF4\x90\x80\x80\"", ENCODING, 1),
    NO("\"\xF5\x80\x80\x80\"", ENCODING, 1),
    NO("\"\xFF\"", ENCODING, 1),
    NO("\"\xE7\x85\x8E\xE8\"", ENCODING, 4),
    NO("\"\xE0\x80\xAF\"", ENCODING, 1),
    NO("\"ok\x93\xFA\"", ENCODING, 3),
    NO("{\"\x82\xA0\":1}", ENCODING, 2),
    NO("{\"\\u0000\":1}", STRING, 2),
    NO("{\"a\tb\":1}", STRING, 3),
};

static void check_text(const text_case *c)
{
  verdict got = judge_text(c->text.data, c->text.len);

  ck_assert_msg(got.status == c->status && got.offset == c->offset &&
                    strcmp(got.pointer, c->pointer) == 0,
                "%.*s: %s at %d, \"%s\"", (int)c->text.len, c->text.data,
                upsell_status_name(got.status), (int)got.offset, got.pointer);
}

START_TEST(test_accepted)
{
  check_text(&accepted[_i]);
}
END_TEST

START_TEST(test_refused)
{
  check_text(&refused[_i]);
}
END_TEST

/* ---- integers ---- */

typedef struct integer_case {
  const char *text;
  int is_integer;
  int in_range;
  int64_t value;
} integer_case;

static const integer_case integers[] = {
    {"0", 1, 1, 0},
    {"-1", 1, 1, -1},
    {"9223372036854775807", 1, 1, INT64_MAX},
    {"-9223372036854775808", 1, 1, INT64_MIN},
    {"9223372036854775808", 1, 0, 0},
    {"-9223372036854775809", 1, 0, 0},
    {"18446744073709551616", 1, 0, 0},
    {"99999999999999999999999999999999999999", 1, 0, 0},
    {"9223372036854775799", 1, 1, INT64_MAX - 8},
    {"10000000000000000000", 1, 0, 0},
    {"-0", 0, 1, 0},
    {"1.0", 0, 1, 0},
    {"1e3", 0, 1, 0},
    {"1E0", 0, 1, 0},
    {"-0.0", 0, 1, 0},
};

START_TEST(test_integer)
{
  const integer_case *c = &integers[_i];
  upsell__json_number number;
  upsell__reader reader;

  upsell__reader_init(&reader, c->text, strlen(c->text));
  ck_assert_int_eq(upsell__reader_peek(&reader), UPSELL__JSON_NUMBER);
  ck_assert_int_eq(upsell__reader_number(&reader, &number), 1);
  ck_assert_int_eq(number.is_integer, c->is_integer);
  ck_assert_uint_eq(number.raw.len, strlen(c->text));
  if (c->is_integer) {
    ck_assert_int_eq(number.in_range, c->in_range);
    if (c->in_range)
      ck_assert_int_eq(number.value, c->value);
  }
  upsell__reader_done(&reader);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("reader");
  TCase *grammar = tcase_create("grammar");

  tcase_add_loop_test(grammar, test_accepted, 0, COUNT_OF(accepted));
  tcase_add_loop_test(grammar, test_refused, 0, COUNT_OF(refused));
  tcase_add_loop_test(grammar, test_integer, 0, COUNT_OF(integers));
  suite_add_tcase(suite, grammar);
  return check_main(suite);
}
