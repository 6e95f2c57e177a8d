/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The session: what happens between offering and buying, as a pure reducer.
 *
 * `(state, event, now) -> (state, effects)`. The host stores the state after every
 * step, before it acts on the effects, and lets no other step begin from the state that
 * this one began from (a lock, or a comparison when storing). Then late events, events that
 * come twice or out of order, and a clock that goes back are harmless: the buyer is
 * charged at most once.
 */
#ifndef UPSELL_SESSION_H
#define UPSELL_SESSION_H

#include <upsell/status.h>

UPSELL_BEGIN_DECLS

/** Where a session stands (SES-1). @since 0.1.0 */
enum upsell_session_state {
  UPSELL_SESSION_OFFERED = 1,    /**< decided; not seen yet */
  UPSELL_SESSION_SHOWN = 2,      /**< the buyer sees the page */
  UPSELL_SESSION_CLICKED = 3,    /**< the buyer wants it */
  UPSELL_SESSION_PROCESSING = 4, /**< the charge is under way */
  UPSELL_SESSION_ORDERED = 5,    /**< the buyer has bought it; nothing changes this */
  UPSELL_SESSION_FAILED = 6,     /**< the charge failed */
  UPSELL_SESSION_DECLINED = 7,   /**< the buyer does not want it */
  UPSELL_SESSION_EXPIRED = 8     /**< time was up before the buyer answered */
};

/** What happened (SES-5 ... SES-8). @since 0.1.0 */
enum upsell_session_event {
  UPSELL_ON_SHOWN = 1,      /**< the page was drawn, for the first time or again */
  UPSELL_ON_CLICKED = 2,    /**< the buyer pressed the buy button */
  UPSELL_ON_PROCESSING = 3, /**< the host has begun to charge */
  UPSELL_ON_ORDERED = 4,    /**< it is proved that the buyer has bought it */
  UPSELL_ON_FAILED = 5,     /**< it is proved that nothing was charged */
  UPSELL_ON_DECLINED = 6,   /**< the buyer pressed the close button */
  UPSELL_ON_LEFT = 7,       /**< the buyer left the page, perhaps to come back */
  UPSELL_ON_TICK = 8        /**< time went by */
};

/** What the host must do, as bits (SES-4). @since 0.1.0 */
enum upsell_session_effect {
  UPSELL_EFFECT_COUNT_SHOWN = 1,    /**< write the event "shown" (CNT-1) */
  UPSELL_EFFECT_COUNT_CLICKED = 2,  /**< write the event "clicked" */
  UPSELL_EFFECT_COUNT_ORDERED = 4,  /**< write the event "ordered" */
  UPSELL_EFFECT_CHARGE = 8,         /**< begin to charge; at most once in a session */
  UPSELL_EFFECT_SHOW_OFFER = 16,    /**< the page shows the offer for `seconds_left` */
  UPSELL_EFFECT_SHOW_PROGRESS = 32, /**< the page shows that it is being done */
  UPSELL_EFFECT_THANK_YOU = 64      /**< the page goes on to the thank-you page */
};

/** How long an offer waits to be shown, and is shown without a timer (SES-2). */
#define UPSELL_SESSION_SECONDS 600
/** Room for an id in a session, with its NUL. */
#define UPSELL_SESSION_ID_SIZE 256
/** Room for any text of upsell_session_to_json(), with its NUL. */
#define UPSELL_SESSION_JSON_SIZE 4096
/** The latest time that a session takes: 2^53 - 1. */
#define UPSELL_SESSION_TIME_MAX INT64_C(9007199254740991)

/** A session; times are seconds since 1970, -1 where it has not happened. Copy it as you
 *  like: it holds no pointers. Frozen: never grows. @since 0.1.0 */
typedef struct upsell_session {
  int32_t state;      /**< enum upsell_session_state */
  int32_t seconds;    /**< how long it is shown, 1 ... 3600 */
  int64_t offered_at; /**< when it was opened */
  int64_t shown_at;   /**< when it was first shown */
  int64_t clicked_at; /**< when the buyer first clicked */
  int64_t ended_at;   /**< when it was ordered, failed, declined or expired */
  int64_t last_at;    /**< the latest time seen; an earlier `now` counts as this */
  char id[UPSELL_SESSION_ID_SIZE];          /**< the session's id, NUL-terminated */
  char scenario_id[UPSELL_SESSION_ID_SIZE]; /**< the scenario's, NUL-terminated */
} upsell_session;

/** What came of an event (SES-4). Frozen: never grows. @since 0.1.0 */
typedef struct upsell_session_outcome {
  uint32_t effects;     /**< bits of enum upsell_session_effect */
  int32_t changed;      /**< 1: the document is another one now; store it */
  int32_t seconds_left; /**< while the offer stands, else 0 */
  int32_t reserved;     /**< zero */
  int64_t wake_at;      /**< when to send a tick, at the latest; 0: never */
} upsell_session_outcome;

/**
 * Opens a session for an offer that was made (SES-2).
 *
 * @param id            the session's id (VAL-1): unique, and hard to guess where a
 *                      browser names it
 * @param scenario_id   the scenario that is offered (VAL-1)
 * @param timer_seconds the page's `expires_after_seconds`, 1 ... 3600; 0: no timer, 600
 * @param now           the host's clock, 0 ... UPSELL_SESSION_TIME_MAX
 * @param session       receives it; untouched on error
 * @param error         receives details; may be NULL; points to /id, /scenario_id,
 *                      /seconds or /now
 * @return UPSELL_OK, UPSELL_BAD_ID, UPSELL_OUT_OF_RANGE or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_session_open(upsell_str id, upsell_str scenario_id,
                                             int32_t timer_seconds, int64_t now,
                                             upsell_session *session, upsell_error *error);

/**
 * Takes in one event (SES-3 ... SES-8).
 *
 * @param session the session; changed in place, untouched on error
 * @param event   enum upsell_session_event
 * @param now     the host's clock, 0 ... UPSELL_SESSION_TIME_MAX; it may go back
 * @param outcome receives what to do
 * @param error   receives details; may be NULL; points to /event, /now, or into the
 *                session
 * @return
 * | status                  | when                                                  |
 * |-------------------------|-------------------------------------------------------|
 * | UPSELL_OK               | look at the outcome                                   |
 * | UPSELL_BAD_VALUE        | an event, or a state of the session, that does not exist |
 * | UPSELL_OUT_OF_RANGE     | `now`, or a number of the session, outside its range  |
 * | UPSELL_INVALID_ARGUMENT | NULL                                                  |
 * | another code            | the session breaks its format (SES-1)                 |
 * @par Thread-safety any thread, one session per thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_session_step(upsell_session *session, int32_t event, int64_t now,
                                             upsell_session_outcome *outcome,
                                             upsell_error *error);

/**
 * Writes a session as an "upsell.session/1" document (SES-1), without a line end.
 *
 * @param session the session
 * @param buffer  receives the text and a NUL; may be NULL when `size` is 0
 * @param size    bytes in `buffer`; UPSELL_SESSION_JSON_SIZE are always enough
 * @param needed  receives the length of the text without NUL; may be NULL
 * @return
 * | status                  | when                                     |
 * |-------------------------|------------------------------------------|
 * | UPSELL_OK               | the text is in `buffer`                  |
 * | UPSELL_BUFFER_TOO_SMALL | `buffer` is untouched, `*needed` is set  |
 * | UPSELL_NO_MEMORY        | memory ran out                           |
 * | UPSELL_INVALID_ARGUMENT | NULL                                     |
 * | another code            | the session breaks its format (SES-1)    |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_session_to_json(const upsell_session *session, char *buffer,
                                                size_t size, size_t *needed);

/**
 * Reads an "upsell.session/1" document (SES-1).
 *
 * @param text    JSON text; borrowed for the call
 * @param len     its length in bytes
 * @param session receives it; untouched on error
 * @param error   receives details; may be NULL
 * @return UPSELL_OK, UPSELL_NO_MEMORY, UPSELL_INVALID_ARGUMENT (NULL), or the code of what
 *         the text breaks (DOC-1 ... DOC-8, SES-1)
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_session_from_json(const char *text, size_t len,
                                                  upsell_session *session, upsell_error *error);

/**
 * The name of a session's state in documents: "processing".
 *
 * @param state enum upsell_session_state
 * @return static text; NULL for a value that is no state
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API const char *upsell_session_state_name(int32_t state);

UPSELL_END_DECLS

#endif
