/* SPDX-License-Identifier: MIT */
#include "plan/result.h"

#include "plan/codes.h"
#include "plan/part.h"

upsell__result upsell__result_of(upsell__result_kind kind, upsell_str name)
{
  upsell__result result = {0};

  result.kind = kind;
  result.name = name;
  return result;
}

int upsell__result_is(const upsell__result *result, upsell_str when)
{
  size_t i;

  if (upsell__str_equal(result->name, when))
    return 1;
  for (i = 0; i < result->other_count; i++) {
    if (upsell__str_equal(result->others[i], when))
      return 1;
  }
  return 0;
}

int upsell__result_is_ours(upsell_str name)
{
  static const char *const ours[] = {
      "ok",
      "no_answer",
      "throttled",
      "graphql_error",
      "user_error",
      "missing_output",
      "no_match",
      "ambiguous",
      "timeout",
      "expired",
      "not_sent",
      UPSELL__STATUS_PROCESSED,
      UPSELL__STATUS_PARTIALLY,
      UPSELL__STATUS_UNPROCESSED,
  };
  size_t i;

  for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
    if (upsell__str_equal(name, upsell_str_of(ours[i])))
      return 1;
  }
  return 0;
}

int upsell__result_is_code(upsell_str text)
{
  upsell__sink nowhere = {UPSELL_OK, NULL, NULL, 0};

  return !upsell__result_is_ours(text) && upsell__must_be_name(&nowhere, NULL, text);
}
