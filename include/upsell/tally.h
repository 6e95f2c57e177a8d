/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Counting: how often each scenario was shown, clicked and ordered.
 *
 * A tally knows the sessions that it has seen, so that an event counts once however
 * often it comes, and `ordered <= clicked <= shown` always holds. Tallies merge: of two
 * streams, in any order, overlapping or not, comes what one stream of both would give.
 */
#ifndef UPSELL_TALLY_H
#define UPSELL_TALLY_H

#include <upsell/catalog.h>
#include <upsell/page.h>
#include <upsell/text.h>

UPSELL_BEGIN_DECLS

/** What is counted (CNT-2); each one means the ones before it, too. @since 0.1.0 */
enum upsell_count {
  UPSELL_COUNT_SHOWN = 1,   /**< the buyer saw the page */
  UPSELL_COUNT_CLICKED = 2, /**< the buyer pressed the buy button */
  UPSELL_COUNT_ORDERED = 3  /**< the buyer has bought it */
};

/** The counts of one scenario (CNT-3). Frozen: never grows. @since 0.1.0 */
typedef struct upsell_counts {
  upsell_str scenario_id; /**< borrowed from the tally */
  uint64_t shown;         /**< sessions in which it was shown */
  uint64_t clicked;       /**< of these, in which it was clicked */
  uint64_t ordered;       /**< of these, in which it was ordered */
} upsell_counts;

/** The forms of a report (CNT-5, CNT-6). @since 0.1.0 */
enum upsell_report_form {
  UPSELL_REPORT_JSON = 1, /**< an "upsell.report/1" document; the default */
  UPSELL_REPORT_CSV = 2   /**< RFC 4180 */
};

/** How a report is written. Set `size`; all zeros otherwise are defaults. @since 0.1.0 */
typedef struct upsell_report_options {
  uint32_t size;          /**< sizeof(upsell_report_options) */
  int32_t form;           /**< enum upsell_report_form */
  int32_t locale;         /**< enum upsell_locale, for the headings of CSV */
  int32_t byte_order_mark; /**< enum upsell_choice_value: a UTF-8 mark before CSV, which
                               Excel wants; default no */
  upsell_str scenario_id; /**< only this scenario; absent: all */
} upsell_report_options;

/** A tally. @since 0.1.0 */
typedef struct upsell_tally upsell_tally;

/**
 * Makes an empty tally.
 *
 * @param tally receives it; the caller frees it with upsell_tally_free()
 * @return UPSELL_OK, UPSELL_NO_MEMORY or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_tally_new(upsell_tally **tally);

/**
 * Frees a tally.
 *
 * @param tally a tally, or NULL (nothing happens)
 * @since 0.1.0
 */
UPSELL_API void upsell_tally_free(upsell_tally *tally);

/**
 * Counts one event (CNT-2, CNT-3).
 *
 * @param tally       a tally; unchanged on error
 * @param session_id  the session (VAL-1); copied
 * @param scenario_id the scenario (VAL-1); copied
 * @param count       enum upsell_count
 * @param error       receives details; may be NULL; points to /session_id, /scenario_id
 *                    or /event
 * @return UPSELL_OK, UPSELL_BAD_ID, UPSELL_BAD_VALUE, UPSELL_NO_MEMORY or
 *         UPSELL_INVALID_ARGUMENT
 * @par Thread-safety one thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_tally_add(upsell_tally *tally, upsell_str session_id,
                                          upsell_str scenario_id, int32_t count,
                                          upsell_error *error);

/**
 * Counts the text of one "upsell.event/1" document (CNT-1). Events that count nothing are
 * taken as well.
 *
 * @param tally a tally; unchanged on error
 * @param text  JSON text; borrowed for the call
 * @param len   its length in bytes
 * @param error receives details; may be NULL
 * @return as upsell_tally_add(), and the JSON_ codes for text that is not strict JSON
 *         (DOC-1 ... DOC-8)
 * @par Thread-safety one thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_tally_add_json(upsell_tally *tally, const char *text, size_t len,
                                               upsell_error *error);

/**
 * Adds all that another tally has counted (CNT-4).
 *
 * @param tally a tally; unchanged on error
 * @param other another one, or the same; unchanged
 * @return UPSELL_OK, UPSELL_NO_MEMORY or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety one thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_tally_merge(upsell_tally *tally, const upsell_tally *other);

/**
 * How many scenarios a tally has counted something for.
 *
 * @param tally a tally, or NULL (none)
 * @return the number of scenarios
 * @par Thread-safety one thread at a time
 * @since 0.1.0
 */
UPSELL_API size_t upsell_tally_size(const upsell_tally *tally);

/**
 * The counts of one scenario.
 *
 * @param tally  a tally
 * @param index  0 ... upsell_tally_size() - 1; scenarios stand in the order in which they
 *               were first counted
 * @param counts receives them; its text is borrowed from the tally
 * @return UPSELL_OK, UPSELL_OUT_OF_RANGE past the last one, or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety one thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_tally_get(const upsell_tally *tally, size_t index,
                                          upsell_counts *counts);

/**
 * Writes a report (CNT-5, CNT-6, CNT-7): one row per scenario, with exact rates. The same
 * counts give the same bytes, in whatever order they were counted.
 *
 * @param tally   a tally
 * @param catalog where scenarios have their names, status and priority from; all of its
 *                scenarios are listed, in its order, before those that it lacks. NULL: none
 * @param options how to write it; NULL: all defaults
 * @param report  receives the text; the caller frees it with upsell_text_free()
 * @param error   receives details; may be NULL; points into the options
 * @return
 * | status                  | when                                                  |
 * |-------------------------|-------------------------------------------------------|
 * | UPSELL_OK               | `*report` is made                                     |
 * | UPSELL_BAD_VALUE        | a form, locale or choice that does not exist          |
 * | UPSELL_UNKNOWN_ID       | neither catalogue nor tally has the one scenario asked for |
 * | UPSELL_NO_MEMORY        | memory ran out                                        |
 * | UPSELL_INVALID_ARGUMENT | NULL, or a wrong `size`                               |
 * @par Thread-safety one thread at a time
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_tally_report(const upsell_tally *tally,
                                             const upsell_catalog *catalog,
                                             const upsell_report_options *options,
                                             upsell_text **report, upsell_error *error);

UPSELL_END_DECLS

#endif
