/* SPDX-License-Identifier: MIT */
/* SHA-256: NIST's vectors, every length around the borders of blocks, and any way of
 * handing the bytes over. */
#include "../support/check_main.h"
#include "base/sha256.h"
#include "random.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { LONGEST = 1000, HEX_SIZE = 2 * UPSELL__SHA256_SIZE + 1 };

static void finish_hex(upsell__sha256 *sha, char hex[HEX_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  uint8_t digest[UPSELL__SHA256_SIZE];
  size_t i;

  upsell__sha256_finish(sha, digest);
  for (i = 0; i < sizeof(digest); i++) {
    hex[2 * i] = digits[digest[i] >> 4];
    hex[2 * i + 1] = digits[digest[i] & 15];
  }
  hex[2 * i] = '\0';
}

static void hash(const void *data, size_t len, char hex[HEX_SIZE])
{
  upsell__sha256 sha;

  upsell__sha256_init(&sha);
  upsell__sha256_add(&sha, data, len);
  finish_hex(&sha, hex);
}

/* FIPS 180-4's examples, and two of the CAVP's short messages. */
static const struct {
  const char *text;
  const char *hex;
} published[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"\xd3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"},
    {"\x11\xaf", "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
     "klmnopqrlmnopqrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
};

START_TEST(test_published)
{
  char hex[HEX_SIZE];

  hash(published[_i].text, strlen(published[_i].text), hex);
  ck_assert_str_eq(hex, published[_i].hex);
}
END_TEST

START_TEST(test_million)
{
  char part[LONGEST];
  char hex[HEX_SIZE];
  upsell__sha256 sha;
  int i;

  memset(part, 'a', sizeof(part));
  upsell__sha256_init(&sha);
  for (i = 0; i < 1000000 / LONGEST; i++)
    upsell__sha256_add(&sha, part, sizeof(part));
  finish_hex(&sha, hex);
  ck_assert_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

/* Bytes that count up to 250 and begin again, hashed by another implementation. */
static const struct {
  size_t len;
  const char *hex;
} lengths[] = {
    {0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
    {2, "b413f47d13ee2fe6c845b2ee141af81de858df4ec549a58b7970bb96645bc8d2"},
    {54, "675f28acc0b90a72d1c3a570fe83ac565555db358cf01826dc8eefb2bf7ca0f3"},
    {55, "463eb28e72f82e0a96c0a4cc53690c571281131f672aa229e0d45ae59b598b59"},
    {56, "da2ae4d6b36748f2a318f23e7ab1dfdf45acdc9d049bd80e59de82a60895f562"},
    {57, "2fe741af801cc238602ac0ec6a7b0c3a8a87c7fc7d7f02a3fe03d1c12eac4d8f"},
    {63, "29af2686fd53374a36b0846694cc342177e428d1647515f078784d69cdb9e488"},
    {64, "fdeab9acf3710362bd2658cdc9a29e8f9c757fcf9811603a8c447cd1d9151108"},
    {65, "4bfd2c8b6f1eec7a2afeb48b934ee4b2694182027e6d0fc075074f2fabb31781"},
    {111, "60780e9451bdc43cf4530ffc95cbb0c4eb24dae2c39f55f334d679e076c08065"},
    {112, "09373f127d34e61dbbaa8bc4499c87074f2ddb10e1b465f506d7d70a15011979"},
    {118, "d32ab00929cb935b79d44e74c5a745db460ff794dea3b79be40c1cc5cf5388ef"},
    {119, "da18797ed7c3a777f0847f429724a2d8cd5138e6ed2895c3fa1a6d39d18f7ec6"},
    {120, "f52b23db1fbb6ded89ef42a23ce0c8922c45f25c50b568a93bf1c075420bbb7c"},
    {121, "335a461692b30bba1d647cc71604e88e676c90e4c22455d0b8c83f4bd7c8ac9b"},
    {127, "92ca0fa6651ee2f97b884b7246a562fa71250fedefe5ebf270d31c546bfea976"},
    {128, "471fb943aa23c511f6f72f8d1652d9c880cfa392ad80503120547703e56a2be5"},
    {129, "5099c6a56203f9687f7d33f4bfdf576d31dc91f6b695ecea38b2770c87631135"},
    {191, "d280f473c251cb75c91880ea0eca2a2f1cda3152bef54a38c4a3aedad615c819"},
    {192, "8b4a544837a1a0280fa8a7c82865c27a1064b3cc6281fda0753566b9bb104a87"},
    {193, "7daafa7aed7d63d06a98b7b6f785eab5427d084f30d5c9ee6dd0d2f3ada329e6"},
    {255, "857df204175f077a9986709897f00ee0bcc0449585248e4b42498337e9329999"},
    {256, "5bc31b283cef0072274e97d74916552954c935794536cab632641e5ea071379d"},
    {1000, "4e4c294b331f7a2099a379bec34b9f9fc03dc46ab465d998f4d683da53487e6d"},
};

/* In memory of just their length, so that a sanitizer sees any byte read behind them. */
static uint8_t *counting(size_t len)
{
  uint8_t *bytes = malloc(len ? len : 1);
  size_t i;

  ck_assert_ptr_nonnull(bytes);
  for (i = 0; i < len; i++)
    bytes[i] = (uint8_t)(i % 251);
  return bytes;
}

START_TEST(test_length)
{
  uint8_t *bytes = counting(lengths[_i].len);
  char hex[HEX_SIZE];

  hash(bytes, lengths[_i].len, hex);
  ck_assert_str_eq(hex, lengths[_i].hex);
  free(bytes);
}
END_TEST

/* The bytes of one length in two parts, cut everywhere. */
START_TEST(test_cut_in_two)
{
  size_t len = lengths[_i].len;
  uint8_t *bytes = counting(len);
  char hex[HEX_SIZE];
  size_t cut;

  for (cut = 0; cut <= len; cut++) {
    upsell__sha256 sha;
    upsell__sha256_init(&sha);
    upsell__sha256_add(&sha, bytes, cut);
    upsell__sha256_add(&sha, bytes + cut, len - cut);
    finish_hex(&sha, hex);
    ck_assert_str_eq(hex, lengths[_i].hex);
  }
  free(bytes);
}
END_TEST

/* In parts of random lengths, none of them now and then. */
START_TEST(test_many_parts)
{
  uint8_t *bytes = counting(LONGEST);
  uint64_t state = (uint64_t)_i;
  char hex[HEX_SIZE];
  upsell__sha256 sha;
  size_t at = 0;

  upsell__sha256_init(&sha);
  while (at < LONGEST) {
    size_t part = random_below(&state, 3) ? random_below(&state, 140) : 0;
    if (part > LONGEST - at)
      part = LONGEST - at;
    upsell__sha256_add(&sha, bytes + at, part);
    at += part;
  }
  finish_hex(&sha, hex);
  ck_assert_str_eq(hex, lengths[COUNT_OF(lengths) - 1].hex);
  free(bytes);
}
END_TEST

/* No bytes at all may be NULL. */
START_TEST(test_nothing)
{
  char hex[HEX_SIZE];

  hash(NULL, 0, hex);
  ck_assert_str_eq(hex, published[0].hex);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("sha256");
  TCase *tests = tcase_create("sha256");

  tcase_add_loop_test(tests, test_published, 0, (int)COUNT_OF(published));
  tcase_add_test(tests, test_million);
  tcase_add_loop_test(tests, test_length, 0, (int)COUNT_OF(lengths));
  tcase_add_loop_test(tests, test_cut_in_two, 0, (int)COUNT_OF(lengths));
  tcase_add_loop_test(tests, test_many_parts, 0, 200);
  tcase_add_test(tests, test_nothing);
  suite_add_tcase(suite, tests);
  return check_main(suite);
}
