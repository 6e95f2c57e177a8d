/* SPDX-License-Identifier: MIT */
#include <upsell/session.h>

upsell_status upsell_session_open(upsell_str id, upsell_str scenario_id, int32_t timer_seconds,
                                  int64_t now, upsell_session *session, upsell_error *error)
{
  (void)id;
  (void)scenario_id;
  (void)timer_seconds;
  (void)now;
  (void)session;
  (void)error;
  return UPSELL_INVALID_ARGUMENT;
}

upsell_status upsell_session_step(upsell_session *session, int32_t event, int64_t now,
                                  upsell_session_outcome *outcome, upsell_error *error)
{
  (void)session;
  (void)event;
  (void)now;
  (void)outcome;
  (void)error;
  return UPSELL_INVALID_ARGUMENT;
}

const char *upsell_session_state_name(int32_t state)
{
  (void)state;
  return NULL;
}
