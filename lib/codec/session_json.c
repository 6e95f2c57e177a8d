/* SPDX-License-Identifier: MIT */
#include <upsell/session.h>

upsell_status upsell_session_to_json(const upsell_session *session, char *buffer, size_t size,
                                     size_t *needed)
{
  (void)session;
  (void)buffer;
  (void)size;
  (void)needed;
  return UPSELL_INVALID_ARGUMENT;
}

upsell_status upsell_session_from_json(const char *text, size_t len, upsell_session *session,
                                       upsell_error *error)
{
  (void)text;
  (void)len;
  (void)session;
  (void)error;
  return UPSELL_INVALID_ARGUMENT;
}
