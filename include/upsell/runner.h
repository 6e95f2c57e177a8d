/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The runner: carrying a plan out, as a pure state machine.
 *
 * `(plan, journal, event) -> (journal, next action)`. The host stores the journal
 * after every step, before it does what the action says; then it can stop and start
 * again anywhere, and nothing is charged, added or refunded twice. docs/hosts.md is
 * the contract for people who write hosts.
 */
#ifndef UPSELL_RUNNER_H
#define UPSELL_RUNNER_H

#include <upsell/status.h>

UPSELL_BEGIN_DECLS

/** What the host tells the runner (RUN-3). @since 0.1.0 */
enum upsell_event_kind {
  UPSELL_EVENT_START = 1,     /**< a new run begins: `run_id`, an empty journal */
  UPSELL_EVENT_RESUME = 2,    /**< a host starts again from a stored journal */
  UPSELL_EVENT_TICK = 3,      /**< time went by */
  UPSELL_EVENT_ANSWER = 4,    /**< `step` was answered: `body`, perhaps `http_status` */
  UPSELL_EVENT_NO_ANSWER = 5, /**< `step` was sent, and it is not known what happened */
  UPSELL_EVENT_NOT_SENT = 6,  /**< `step` was certainly not sent: `reason` */
  UPSELL_EVENT_WEBHOOK = 7    /**< a webhook came in: `topic`, `body` */
};

/** What the host must do next (RUN-4). @since 0.1.0 */
enum upsell_action_kind {
  UPSELL_ACTION_SEND = 1,    /**< send the step, then report what came of it */
  UPSELL_ACTION_WAIT = 2,    /**< nothing before `wait_until`; then a TICK */
  UPSELL_ACTION_PENDING = 3, /**< a step is under way; its answer is awaited */
  UPSELL_ACTION_FINISHED = 4 /**< the run has ended; `outcome` says how */
};

/** How a run ended (RUN-9). @since 0.1.0 */
enum upsell_run_outcome {
  UPSELL_RUN_OPEN = 0,      /**< it has not ended */
  UPSELL_RUN_COMPLETED = 1, /**< everything was done, and proved */
  UPSELL_RUN_STOPPED = 2    /**< some branch stopped; the states say how the buyer stands */
};

/** How the buyer stands when a branch stopped: X(SYMBOL, number, "name", "meaning").
 *  @since 0.1.0 */
#define UPSELL_STATE_LIST(X)                                                                       \
  X(NOT_CHARGED, 1, "not_charged", "nothing was charged; the order is as it was")                  \
  X(UNPAID_LINE, 2, "unpaid_line", "the item is on the order but not paid")                        \
  X(UNPAID_LINE_REMOVED, 3, "unpaid_line_removed", "the unpaid item was taken off the order")      \
  X(PAID_NOT_DELIVERED, 4, "paid_not_delivered",                                                   \
    "the buyer paid and the contract does not have the item")                                      \
  X(DELIVERED_NOT_REFUNDED, 5, "delivered_not_refunded",                                           \
    "the buyer has the subscription and the replaced item is not refunded")                        \
  X(PAID_CONTRACT_UNKNOWN, 6, "paid_contract_unknown",                                             \
    "the buyer paid and it is not known whether there is a contract")                              \
  X(CLAIMED_BY_OTHER, 7, "claimed_by_other", "another plan charged the buyer for this offer")      \
  X(UNKNOWN, 8, "unknown", "it is not known how the buyer stands; a person must look")

#define UPSELL_STATE_ENUMERATOR(symbol, number, name, meaning) UPSELL_STATE_##symbol = number,
/** The states as constants: UPSELL_STATE_NOT_CHARGED, ... @since 0.1.0 */
enum upsell_state { UPSELL_STATE_LIST(UPSELL_STATE_ENUMERATOR) };
#undef UPSELL_STATE_ENUMERATOR

/** An event (RUN-3). Set `size`, `kind` and `now`; the rest as the kind asks, what it
 *  does not ask for is not looked at, but `reserved`. @since 0.1.0 */
typedef struct upsell_event {
  uint32_t size;       /**< sizeof(upsell_event) */
  int32_t kind;        /**< enum upsell_event_kind; errors point to /event/type */
  int64_t now;         /**< the host's clock, seconds since 1970; it may go back */
  upsell_str run_id;   /**< START: unique, 8 to 64 of A-Z a-z 0-9 - _, with a letter */
  upsell_str step;     /**< ANSWER, NO_ANSWER, NOT_SENT: the step's id */
  upsell_str reason;   /**< NOT_SENT: why, 1 to 64 of A-Z a-z 0-9 _ . -, the result of a
                            changeset; rows for "not_sent" are about every reason that has
                            none of its own; may be absent */
  upsell_str topic;    /**< WEBHOOK: its topic, not empty */
  upsell_str body;     /**< ANSWER, WEBHOOK: the body as it came in; what is no JSON is
                            no answer */
  int32_t http_status; /**< ANSWER: 100 ... 599; 0: not known */
  int32_t reserved;    /**< zero */
} upsell_event;

/** A branch that stopped (RUN-9). @since 0.1.0 */
typedef struct upsell_run_stop {
  upsell_str step;   /**< where it stopped */
  upsell_str result; /**< the result that stopped it */
  int32_t state;     /**< enum upsell_state */
  int32_t reserved;  /**< zero */
} upsell_run_stop;

/** What came of an event. Owned by the upsell_progress it was read from and valid until
 *  that has taken the next event in, which may name what the view shows. Texts end with a
 *  NUL that is not counted. `size` is the library's. @since 0.1.0 */
typedef struct upsell_progress_view {
  uint32_t size;                /**< bytes that the library filled */
  int32_t kind;                 /**< enum upsell_action_kind; 0: nothing, or the call failed */
  upsell_str journal;           /**< text of the new journal: store it first */
  upsell_str action;            /**< the action as a JSON document (RUN-4) */
  upsell_str step;              /**< SEND, PENDING: the step's id */
  upsell_str channel;           /**< SEND: "changeset" or "admin_graphql" */
  upsell_str operation;         /**< SEND: the operation's name; absent for a changeset */
  upsell_str document;          /**< SEND: GraphQL; absent for a changeset */
  upsell_str variables;         /**< SEND: JSON text of the variables, or of the changes */
  upsell_str idempotency_key;   /**< SEND: the key; may be absent */
  upsell_str expect;            /**< SEND of a changeset: JSON text of what its calculation must
                                     come to; else absent */
  int64_t revision;             /**< the journal's, which grows by 1 with every change of it */
  int64_t wait_until;           /**< WAIT: when to send a TICK, seconds since 1970; else 0 */
  int64_t expires_at;           /**< SEND of a changeset: from then on it must not be applied any
                                     more, seconds since 1970; else 0 */
  int32_t buyer_consent;        /**< SEND of a changeset: 1 where the buyer must consent to a
                                     subscription; else 0 */
  int32_t outcome;              /**< enum upsell_run_outcome */
  const upsell_run_stop *stops; /**< branches that stopped so far; the state of one that is
                                     being compensated is UNKNOWN until that has ended */
  size_t stop_count;            /**< number of them */
  const upsell_str *webhooks;   /**< WAIT: topics that are waited for, each once */
  size_t webhook_count;         /**< number of them */
} upsell_progress_view;

/** A plan that was checked and is ready to run. Immutable. @since 0.1.0 */
typedef struct upsell_runner upsell_runner;

/** A place for what came of an event. Reuse it. @since 0.1.0 */
typedef struct upsell_progress upsell_progress;

/**
 * Checks the text of an "upsell.plan/1" document and makes it ready to run (RUN-1, RUN-2).
 *
 * @param plan   JSON text; borrowed for the call
 * @param len    its length in bytes
 * @param runner receives it; the caller frees it with upsell_runner_free()
 * @param error  receives details; may be NULL
 * @return
 * | status                  | when                                                    |
 * |-------------------------|---------------------------------------------------------|
 * | UPSELL_OK               | `*runner` is made                                       |
 * | UPSELL_UNKNOWN_STEP     | a step is named that is not there, or not before         |
 * | UPSELL_UNBOUND          | a binding's value is not there on every road to it       |
 * | UPSELL_UNSAFE_REPEAT    | a row could repeat what must not happen twice            |
 * | UPSELL_BAD_POINTER      | a text is no JSON Pointer                               |
 * | UPSELL_NO_MEMORY        | memory ran out                                          |
 * | UPSELL_INVALID_ARGUMENT | NULL                                                    |
 * | another code            | the text breaks the format (DOC-1 ... DOC-8, RUN-2)      |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_runner_new(const char *plan, size_t len, upsell_runner **runner,
                                           upsell_error *error);

/**
 * Frees a runner.
 *
 * @param runner a runner, or NULL (nothing happens)
 * @since 0.1.0
 */
UPSELL_API void upsell_runner_free(upsell_runner *runner);

/**
 * Makes an empty progress object.
 *
 * @param progress receives it; the caller frees it with upsell_progress_free()
 * @return UPSELL_OK, UPSELL_NO_MEMORY or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_progress_new(upsell_progress **progress);

/**
 * Frees a progress object.
 *
 * @param progress a progress object, or NULL (nothing happens)
 * @since 0.1.0
 */
UPSELL_API void upsell_progress_free(upsell_progress *progress);

/**
 * Takes in one event and says what to do next (RUN-3 ... RUN-9). On error the progress
 * is emptied and the stored journal stays what it was: nothing has happened. Texts that
 * `progress` showed last, its journal among them, are still there then and may be given to
 * the next call.
 *
 * Errors point into one document of both inputs: `/journal/plan_id`, `/event/step`.
 *
 * @param runner      a runner
 * @param journal     text of the stored journal; NULL or empty at START; may be the one
 *                    that `progress` shows
 * @param journal_len its length in bytes
 * @param event       what happened; borrowed for the call
 * @param progress    receives the new journal and the action
 * @param error       receives details; may be NULL
 * @return
 * | status                  | when                                                  |
 * |-------------------------|-------------------------------------------------------|
 * | UPSELL_OK               | look at the progress                                  |
 * | UPSELL_JOURNAL_MISMATCH | the journal is of another plan, or there at START     |
 * | UPSELL_NO_MEMORY        | memory ran out                                        |
 * | UPSELL_INVALID_ARGUMENT | a runner, an event or a progress object is NULL       |
 * | UPSELL_INVALID_ARGUMENT | `journal` is NULL and `journal_len` is not 0          |
 * | UPSELL_INVALID_ARGUMENT | the event's `size` is wrong or `reserved` is not zero |
 * | another code            | the journal or the event breaks its format            |
 * @par Thread-safety any thread, one progress object per thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_runner_step(const upsell_runner *runner, const char *journal,
                                            size_t journal_len, const upsell_event *event,
                                            upsell_progress *progress, upsell_error *error);

/**
 * The same with the event as JSON text (RUN-3): `{"type":"answer","now":...,"step":...,
 * "body":{...}}`.
 *
 * @param runner      a runner
 * @param journal     text of the stored journal; NULL or empty at START; may be the one
 *                    that `progress` shows
 * @param journal_len its length in bytes
 * @param event       JSON text; borrowed for the call
 * @param event_len   its length in bytes
 * @param progress    receives the new journal and the action
 * @param error       receives details; may be NULL
 * @return as upsell_runner_step(), and the JSON_ codes for text that is not strict JSON
 * @par Thread-safety any thread, one progress object per thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_runner_step_json(const upsell_runner *runner, const char *journal,
                                                 size_t journal_len, const char *event,
                                                 size_t event_len, upsell_progress *progress,
                                                 upsell_error *error);

/**
 * What came of the last event.
 *
 * @param progress a progress object
 * @return a view, owned by the progress object; NULL only for NULL
 * @par Thread-safety as the progress object
 * @since 0.1.0
 */
UPSELL_API const upsell_progress_view *upsell_progress_get(const upsell_progress *progress);

/**
 * The name of a state in documents: "paid_not_delivered".
 *
 * @param state enum upsell_state
 * @return static text; NULL for a value that is no state
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API const char *upsell_state_name(int32_t state);

/**
 * What a state means, in one English phrase.
 *
 * @param state enum upsell_state
 * @return static text; NULL for a value that is no state
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API const char *upsell_state_message(int32_t state);

UPSELL_END_DECLS

#endif
