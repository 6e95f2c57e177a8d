/* SPDX-License-Identifier: MIT */
/* The document "upsell.session/1" (SES-1). */
#include "codec/fields.h"

#include "model/limits.h"
#include "model/values.h"
#include "offer/session.h"
#include "json/writer.h"

#define FORMAT "upsell.session/1"

/* A document as it is read: its ids may yet be too long for a session. */
typedef struct document {
  upsell_str id;
  upsell_str scenario_id;
  upsell_session session;
} document;

#define REQ UPSELL__REQUIRED
#define OR_NULL UPSELL__NULLABLE
#define DOCUMENT document
#define TIME(key, flags, member)                                                                   \
  UPSELL__FIELD_WITH(key, UPSELL__FIELD_TIME, flags, DOCUMENT, session.member, 0, 0,               \
                     UPSELL_SESSION_TIME_MAX, NULL)

static const upsell__field fields[] = {
    UPSELL__FIELD_WITH("format", UPSELL__FIELD_FORMAT, REQ, DOCUMENT, session, 0, 0, 0, FORMAT),
    UPSELL__FIELD("id", UPSELL__FIELD_ID, REQ, DOCUMENT, id),
    UPSELL__FIELD("scenario_id", UPSELL__FIELD_ID, REQ, DOCUMENT, scenario_id),
    UPSELL__FIELD_WITH("state", UPSELL__FIELD_NAME, REQ, DOCUMENT, session.state, 0,
                       UPSELL_SESSION_OFFERED, 0, upsell__session_states),
    UPSELL__FIELD_WITH("seconds", UPSELL__FIELD_INTEGER, REQ, DOCUMENT, session.seconds, 0, 1,
                       UPSELL__TIMER_MAX, NULL),
    TIME("offered_at", REQ, offered_at),
    TIME("shown_at", REQ | OR_NULL, shown_at),
    TIME("clicked_at", REQ | OR_NULL, clicked_at),
    TIME("ended_at", REQ | OR_NULL, ended_at),
    TIME("last_at", REQ, last_at),
};
const upsell__object upsell__session_object =
    UPSELL__OBJECT("a session", fields, 0, DOCUMENT, 0, NULL);

/* Moves the ids, whose room was zeroed, into the session. */
static void settle_ids(DOCUMENT *read, upsell__sink *sink)
{
  upsell__check check = {sink, 1};

  upsell__check_own_id(&check, "id", read->id);
  upsell__check_own_id(&check, "scenario_id", read->scenario_id);
  if (sink->status)
    return;
  memcpy(read->session.id, read->id.data, read->id.len);
  memcpy(read->session.scenario_id, read->scenario_id.data, read->scenario_id.len);
}

upsell_status upsell_session_from_json(const char *text, size_t len, upsell_session *session,
                                       upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  upsell__arena arena = {0};
  DOCUMENT read;

  if (!text || !session) {
    upsell__report(&sink, UPSELL_INVALID_ARGUMENT, NULL, "text and session must not be NULL.");
    return sink.status;
  }
  if (upsell__document_read(text, len, &upsell__session_object, &read, &sink, &arena))
    settle_ids(&read, &sink);
  if (sink.status == UPSELL_OK)
    upsell__session_check(&read.session, &sink);
  if (sink.status == UPSELL_OK)
    *session = read.session;
  upsell__arena_free(&arena);
  return sink.status;
}

static void write_time(upsell__buffer *out, int64_t time)
{
  if (time < 0)
    UPSELL__APPEND(out, "null");
  else
    upsell__buffer_append_int(out, time);
}

static void write_session(upsell__buffer *out, const upsell_session *session)
{
  UPSELL__APPEND(out, "{\"format\":\"" FORMAT "\",\"id\":");
  upsell__write_string(out, upsell__session_id_of(session->id));
  UPSELL__APPEND(out, ",\"scenario_id\":");
  upsell__write_string(out, upsell__session_id_of(session->scenario_id));
  UPSELL__APPEND(out, ",\"state\":");
  upsell__write_string(out, upsell_str_of(upsell_session_state_name(session->state)));
  UPSELL__APPEND(out, ",\"seconds\":");
  upsell__buffer_append_int(out, session->seconds);
  UPSELL__APPEND(out, ",\"offered_at\":");
  write_time(out, session->offered_at);
  UPSELL__APPEND(out, ",\"shown_at\":");
  write_time(out, session->shown_at);
  UPSELL__APPEND(out, ",\"clicked_at\":");
  write_time(out, session->clicked_at);
  UPSELL__APPEND(out, ",\"ended_at\":");
  write_time(out, session->ended_at);
  UPSELL__APPEND(out, ",\"last_at\":");
  write_time(out, session->last_at);
  upsell__buffer_append_char(out, '}');
}

upsell_status upsell_session_to_json(const upsell_session *session, char *buffer, size_t size,
                                     size_t *needed)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell__buffer out = {0};
  upsell_status status;

  if (!session || (!buffer && size))
    return UPSELL_INVALID_ARGUMENT;
  upsell__session_check(session, &sink);
  if (sink.status)
    return sink.status;
  write_session(&out, session);
  if (out.failed) {
    upsell__buffer_free(&out);
    return UPSELL_NO_MEMORY;
  }
  status = upsell__str_give((upsell_str){out.data, out.len}, buffer, size, needed);
  upsell__buffer_free(&out);
  return status;
}
