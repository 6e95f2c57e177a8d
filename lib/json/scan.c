/* SPDX-License-Identifier: MIT */
#include "json/scan.h"

#include "base/utf8.h"

static const char *fault_at(upsell__scan_fault *fault, upsell_status status, const char *at,
                            const char *message)
{
  fault->status = status;
  fault->at = at;
  fault->message = message;
  return NULL;
}

static const char bad_text[] =
    "The text is not well-formed UTF-8 here; save or send the document as UTF-8.";

static int hex_digit(char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

/* The value of the four hex digits at `p`, or -1. */
static int32_t hex4(const char *p, const char *end)
{
  int32_t value = 0;
  int i;

  if (end - p < 4)
    return -1;
  for (i = 0; i < 4; i++) {
    int digit = hex_digit(p[i]);
    if (digit < 0)
      return -1;
    value = value * 16 + digit;
  }
  return value;
}

static int is_high_surrogate(int32_t code)
{
  return code >= 0xD800 && code <= 0xDBFF;
}

static int is_low_surrogate(int32_t code)
{
  return code >= 0xDC00 && code <= 0xDFFF;
}

/* `p` is at the backslash of \uXXXX. */
static const char *scan_unicode_escape(const char *p, const char *end, upsell__scan_fault *fault)
{
  int32_t code = hex4(p + 2, end);

  if (code < 0)
    return fault_at(fault, UPSELL_JSON_STRING, p,
                    "\\u must be followed by four hexadecimal digits.");
  if (code == 0)
    return fault_at(fault, UPSELL_JSON_STRING, p,
                    "The character NUL (\\u0000) is not allowed in any string; leave it out.");
  if (is_low_surrogate(code))
    return fault_at(fault, UPSELL_JSON_STRING, p,
                    "A low surrogate escape has no high surrogate before it.");
  if (!is_high_surrogate(code))
    return p + 6;
  if (end - p < 8 || p[6] != '\\' || p[7] != 'u' || !is_low_surrogate(hex4(p + 8, end)))
    return fault_at(fault, UPSELL_JSON_STRING, p,
                    "A high surrogate escape has no low surrogate after it.");
  return p + 12;
}

/* `p` is at a backslash. */
static const char *scan_escape(const char *p, const char *end, upsell__scan_fault *fault)
{
  if (end - p < 2)
    return fault_at(fault, UPSELL_JSON_SYNTAX, end, "The text ends inside a string.");
  if (p[1] == 'u')
    return scan_unicode_escape(p, end, fault);
  if (p[1] == '\0' || !strchr("\"\\/bfnrt", p[1]))
    return fault_at(fault, UPSELL_JSON_STRING, p,
                    "Only \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX may follow a backslash.");
  return p + 2;
}

/*
 * Hot path: eight bytes at a time while they are plain ASCII. The top bit of a
 * byte of `odd` is set where the byte is below 0x20, a quote, a backslash, or
 * not ASCII; higher bytes may be set too, but only behind a true one, and the
 * careful loop looks at each of them again.
 */
static const char *skip_plain(const char *p, const char *end)
{
  const uint64_t ones = UINT64_C(0x0101010101010101);
  const uint64_t tops = UINT64_C(0x8080808080808080);

  while (end - p >= 8) {
    uint64_t word;
    uint64_t quote;
    uint64_t backslash;
    uint64_t odd;
    memcpy(&word, p, 8);
    quote = word ^ (ones * '"');
    backslash = word ^ (ones * '\\');
    odd = (word - ones * 0x20) | (quote - ones) | (backslash - ones) | word;
    if (odd & tops)
      break;
    p += 8;
  }
  return p;
}

const char *upsell__scan_string(const char *p, const char *end, int *escaped,
                                upsell__scan_fault *fault)
{
  *escaped = 0;
  for (;;) {
    size_t length;
    p = skip_plain(p, end);
    /* Careful loop: up to the end of the ASCII run that stopped the quick one. */
    while (p < end && (unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80 && *p != '"' &&
           *p != '\\')
      p++;
    if (p == end)
      return fault_at(fault, UPSELL_JSON_SYNTAX, p, "The text ends inside a string.");
    if (*p == '"')
      return p;
    if (*p == '\\') {
      *escaped = 1;
      p = scan_escape(p, end, fault);
      if (!p)
        return NULL;
      continue;
    }
    if ((unsigned char)*p < 0x20)
      return fault_at(fault, UPSELL_JSON_STRING, p,
                      "A control character in a string must be written as an escape, such as \\n.");
    do {
      length = upsell__utf8_sequence(p, end);
      if (!length)
        return fault_at(fault, UPSELL_JSON_ENCODING, p, bad_text);
      p += length;
    } while (p < end && (unsigned char)*p >= 0x80);
  }
}

static int is_digit(const char *p, const char *end)
{
  return p < end && *p >= '0' && *p <= '9';
}

static const char *skip_digits(const char *p, const char *end)
{
  while (is_digit(p, end))
    p++;
  return p;
}

/* The value of the digits, exact; 0 when it does not fit. */
static int integer_value(const char *p, const char *end, int negative, int64_t *value)
{
  uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
  uint64_t sum = 0;

  for (; p < end; p++) {
    uint64_t digit = (uint64_t)(*p - '0');
    if (sum > (limit - digit) / 10)
      return 0;
    sum = sum * 10 + digit;
  }
  if (!negative)
    *value = (int64_t)sum;
  else
    *value = sum == limit ? INT64_MIN : -(int64_t)sum;
  return 1;
}

const char *upsell__scan_number(const char *p, const char *end, upsell__json_number *number,
                                upsell__scan_fault *fault)
{
  const char *begin = p;
  int negative = p < end && *p == '-';
  const char *digits = p + negative;

  if (!is_digit(digits, end))
    return fault_at(fault, UPSELL_JSON_SYNTAX, p,
                    "This is not JSON; a value was expected: an object, an array, a string, a "
                    "number, true, false or null.");
  p = *digits == '0' ? digits + 1 : skip_digits(digits, end);
  if (is_digit(p, end))
    return fault_at(fault, UPSELL_JSON_SYNTAX, begin, "A number must not start with a zero.");
  number->is_integer = 1;
  number->in_range = integer_value(digits, p, negative, &number->value);
  if (negative && *digits == '0')
    number->is_integer = 0; /* -0 is not the digits of any integer */
  if (p < end && *p == '.') {
    number->is_integer = 0;
    if (!is_digit(p + 1, end))
      return fault_at(fault, UPSELL_JSON_SYNTAX, p, "Digits must follow the point of a number.");
    p = skip_digits(p + 1, end);
  }
  if (p < end && (*p == 'e' || *p == 'E')) {
    number->is_integer = 0;
    p++;
    if (p < end && (*p == '+' || *p == '-'))
      p++;
    if (!is_digit(p, end))
      return fault_at(fault, UPSELL_JSON_SYNTAX, p, "Digits must follow the exponent of a number.");
    p = skip_digits(p, end);
  }
  number->raw.data = begin;
  number->raw.len = (size_t)(p - begin);
  return p;
}

static char short_escape(char c)
{
  switch (c) {
  case 'b':
    return '\b';
  case 'f':
    return '\f';
  case 'n':
    return '\n';
  case 'r':
    return '\r';
  case 't':
    return '\t';
  default:
    return c; /* " \ and / stand for themselves */
  }
}

size_t upsell__scan_decode(const char **p, const char *end, char out[4])
{
  const char *at = *p;
  int32_t code;

  if (*at != '\\') {
    out[0] = *at;
    *p = at + 1;
    return 1;
  }
  if (at[1] != 'u') {
    out[0] = short_escape(at[1]);
    *p = at + 2;
    return 1;
  }
  code = hex4(at + 2, end);
  *p = at + 6;
  if (is_high_surrogate(code)) {
    code = 0x10000 + ((code - 0xD800) << 10) + (hex4(at + 8, end) - 0xDC00);
    *p = at + 12;
  }
  return upsell__utf8_encode((uint32_t)code, out);
}
