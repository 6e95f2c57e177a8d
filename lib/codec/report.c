/* SPDX-License-Identifier: MIT */
#include <upsell/tally.h>

upsell_status upsell_tally_report(const upsell_tally *tally, const upsell_catalog *catalog,
                                  const upsell_report_options *options, upsell_text **report,
                                  upsell_error *error)
{
  (void)tally;
  (void)catalog;
  (void)options;
  (void)report;
  (void)error;
  return UPSELL_INVALID_ARGUMENT;
}
