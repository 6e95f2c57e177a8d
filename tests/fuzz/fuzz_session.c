/* SPDX-License-Identifier: MIT */
/*
 * A session from any bytes: what is accepted is written as a text that is read as the
 * same session, and whatever happens next, it charges at most once and stays one that can
 * be read.
 */
#include <stdlib.h>
#include <string.h>
#include <upsell/session.h>

#include "targets.h"

static void require(int promise)
{
  if (!promise)
    abort();
}

static void check_round_trip(const upsell_session *session)
{
  char text[UPSELL_SESSION_JSON_SIZE];
  upsell_session again;
  size_t len;

  require(upsell_session_to_json(session, text, sizeof(text), &len) == UPSELL_OK);
  require(upsell_session_from_json(text, len, &again, NULL) == UPSELL_OK);
  require(memcmp(&again, session, sizeof(again)) == 0);
}

/* All events in turn, from the given one on. */
static void go_on(upsell_session session, int32_t first)
{
  int charges = session.clicked_at >= 0; /* what came before may have been a charge */
  int32_t i;

  for (i = 0; i < UPSELL_ON_TICK; i++) {
    upsell_session_outcome outcome;
    int32_t event = (first + i) % UPSELL_ON_TICK + UPSELL_ON_SHOWN;
    require(upsell_session_step(&session, event, session.last_at, &outcome, NULL) == UPSELL_OK);
    charges += (outcome.effects & UPSELL_EFFECT_CHARGE) != 0;
    require(charges <= 1);
    check_round_trip(&session);
  }
  require(session.state == UPSELL_SESSION_ORDERED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const char *text = size ? (const char *)data : "";
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_session session;
  upsell_status status = upsell_session_from_json(text, size, &session, &error);
  int32_t first;

  if (status) {
    require(error.code == status && error.message[0] != '\0');
    return 0;
  }
  check_round_trip(&session);
  for (first = 0; first < UPSELL_ON_TICK; first++)
    go_on(session, first);
  return 0;
}
