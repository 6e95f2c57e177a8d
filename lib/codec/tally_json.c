/* SPDX-License-Identifier: MIT */
#include <upsell/tally.h>

upsell_status upsell_tally_add_json(upsell_tally *tally, const char *text, size_t len,
                                    upsell_error *error)
{
  (void)tally;
  (void)text;
  (void)len;
  (void)error;
  return UPSELL_INVALID_ARGUMENT;
}
