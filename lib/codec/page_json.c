/* SPDX-License-Identifier: MIT */
#include <upsell/page.h>

upsell_status upsell_page_make(const upsell_decision *decision, const upsell_page_request *request,
                               upsell_text **page, upsell_error *error)
{
  (void)decision;
  (void)request;
  (void)page;
  (void)error;
  return UPSELL_INVALID_ARGUMENT;
}
