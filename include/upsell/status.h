/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Status codes, error details and lists of problems.
 *
 * Every function that can fail returns an upsell_status, 0 on success, and
 * gives its results by out-pointer. Rule numbers such as DOC-6 refer to
 * docs/specification.md.
 */
#ifndef UPSELL_STATUS_H
#define UPSELL_STATUS_H

#include <upsell/base.h>

UPSELL_BEGIN_DECLS

/** A status: UPSELL_OK (0) or one of the codes of UPSELL_STATUS_LIST. @since 0.1.0 */
typedef int32_t upsell_status;

/**
 * All statuses: X(SYMBOL, number, "name", "what it means").
 *
 * Enumerators, names, messages and the exceptions of the bindings come from
 * this list. Numbers and names are never changed and never used again.
 */
#define UPSELL_STATUS_LIST(X)                                                                     \
  X(OK, 0, "ok", "success")                                                                       \
  X(NO_MEMORY, 1, "no_memory", "memory ran out")                                                  \
  X(INVALID_ARGUMENT, 2, "invalid_argument", "a function was called with an argument it forbids") \
  X(BUFFER_TOO_SMALL, 3, "buffer_too_small", "the caller's buffer is too small")                  \
  X(OUT_OF_RANGE, 4, "out_of_range", "a number is outside its range")                             \
  X(JSON_SYNTAX, 10, "json_syntax", "the text is not JSON (RFC 8259)")                            \
  X(JSON_TRAILING, 11, "json_trailing", "text follows the end of the document")                   \
  X(JSON_ENCODING, 12, "json_encoding", "the text is not well-formed UTF-8 without a mark")       \
  X(JSON_DEPTH, 13, "json_depth", "values are nested too deeply")                                 \
  X(JSON_STRING, 14, "json_string", "a string holds a character or escape that is not allowed")   \
  X(DUPLICATE_KEY, 15, "duplicate_key", "an object has the same key twice")                       \
  X(INTEGER_RANGE, 16, "integer_range", "an integer does not fit in 64 bits")                     \
  X(MISSING_KEY, 20, "missing_key", "a required key is missing")                                  \
  X(UNKNOWN_KEY, 21, "unknown_key", "a key is not known here")                                    \
  X(WRONG_TYPE, 22, "wrong_type", "a value has the wrong JSON type")                              \
  X(UNKNOWN_FORMAT, 23, "unknown_format", "the document's format is not the expected one")        \
  X(BAD_VALUE, 24, "bad_value", "a value is not one of those allowed")                            \
  X(BAD_ID, 25, "bad_id", "an id is not 1 to 255 bytes of UTF-8 without NUL")                     \
  X(BAD_DECIMAL, 26, "bad_decimal", "text is not a plain decimal number")                         \
  X(TOO_MANY_DECIMALS, 27, "too_many_decimals", "an amount has more decimals than allowed")       \
  X(UNKNOWN_CURRENCY, 28, "unknown_currency", "not a current ISO 4217 code with a minor unit")    \
  X(BAD_COUNT, 29, "bad_count", "a list has too few or too many items")                           \
  X(DUPLICATE_ID, 30, "duplicate_id", "a list holds the same id twice")                           \
  X(UNKNOWN_ID, 31, "unknown_id", "an id is not in the catalogue")                                \
  X(SAME_CYCLE, 32, "same_cycle", "two selling plans of one offer have the same cycle")           \
  X(DUPLICATE_CYCLE, 33, "duplicate_cycle", "two prices of one plan start after the same cycle")  \
  X(NOT_APPLICABLE, 34, "not_applicable", "a value is given where it can have no effect")         \
  X(BAD_TEXT, 35, "bad_text", "text is not well-formed UTF-8 without NUL")                        \
  X(MISSING_TEXT, 36, "missing_text", "a text that the buyer must be told is missing")            \
  X(DEARER_THAN_PLAN, 37, "dearer_than_plan", "an offer costs more than its plan does without it") \
  X(OFFER_CHANGED, 40, "offer_changed", "the accepted offer is not the one that is made now")       \
  X(QUANTITY_OUT_OF_RANGE, 41, "quantity_out_of_range", "the offer does not allow this quantity")  \
  X(PLAN_NOT_OFFERED, 42, "plan_not_offered", "the selling plan is not among the choices")         \
  X(PRICE_CHANGED, 43, "price_changed", "the accepted total is not the one that holds now")        \
  X(ID_NOT_SHOPIFY, 44, "id_not_shopify", "an id is neither a number nor the right Shopify GID")   \
  X(LINE_NOT_IDENTIFIABLE, 45, "line_not_identifiable", "lines of the order cannot be told apart") \
  X(MISSING_SCOPE, 46, "missing_scope", "the app was not granted every scope that is needed")      \
  X(CURRENCY_MISMATCH, 47, "currency_mismatch", "two amounts are in different currencies")         \
  X(LINE_TOO_LONG, 50, "line_too_long", "a line of a stream is longer than the limit")              \
  X(UNKNOWN_STEP, 60, "unknown_step", "a step is named that is not there, or not before")          \
  X(UNBOUND, 61, "unbound", "a binding's value is not there on every road to it")                  \
  X(UNSAFE_REPEAT, 62, "unsafe_repeat", "something could happen twice that must not")              \
  X(BAD_POINTER, 63, "bad_pointer", "text is not a JSON Pointer (RFC 6901)")                       \
  X(JOURNAL_MISMATCH, 64, "journal_mismatch", "a journal does not belong to this run")

#define UPSELL_STATUS_ENUMERATOR(symbol, number, name, message) UPSELL_##symbol = number,
/** The statuses as constants: UPSELL_OK, UPSELL_NO_MEMORY, ... @since 0.1.0 */
enum upsell_status_code { UPSELL_STATUS_LIST(UPSELL_STATUS_ENUMERATOR) };
#undef UPSELL_STATUS_ENUMERATOR

/** Room for a JSON Pointer in upsell_error, with its NUL. */
#define UPSELL_POINTER_SIZE 512
/** Room for a sentence in upsell_error, with its NUL. */
#define UPSELL_MESSAGE_SIZE 512
/** The most problems that a list holds; a last entry says when there are more. */
#define UPSELL_PROBLEMS_MAX 100000
/** Room for any text of upsell_error_to_json(), with its NUL. */
#define UPSELL_ERROR_JSON_SIZE 8192

/**
 * Details of one error (DOC-6). Set `size` to sizeof(upsell_error) before the
 * call; with a smaller one nothing is written. Pass NULL where details are not
 * wanted. Untouched on success.
 *
 * @since 0.1.0
 */
typedef struct upsell_error {
  uint32_t size;      /**< sizeof(upsell_error) of the caller */
  upsell_status code; /**< the status that the function returned */
  int64_t offset;     /**< byte position in JSON text, -1 where there is none */
  /** RFC 6901 pointer to the culprit, NUL-terminated UTF-8; "" is the whole
   *  document. One that would not fit is cut to the nearest ancestor. */
  char pointer[UPSELL_POINTER_SIZE];
  /** One English sentence: what was expected, what was found, what to do. */
  char message[UPSELL_MESSAGE_SIZE];
} upsell_error;

/** Initialiser for an upsell_error. @since 0.1.0 */
#define UPSELL_ERROR_INIT {(uint32_t)sizeof(upsell_error), 0, -1, {0}, {0}}

/**
 * The stable name of a status, as in error documents: "missing_key".
 *
 * @param status any value
 * @return static text; "unknown_status" for a value that is not in the list
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API const char *upsell_status_name(upsell_status status);

/**
 * What a status means in general, in one English phrase.
 *
 * @param status any value
 * @return static text; "unknown status" for a value that is not in the list
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API const char *upsell_status_message(upsell_status status);

/**
 * Writes an error as the JSON line that stands for a bad line of a stream
 * (CLI-4): `{"error":{"code":...,"path":...,"message":...,"line":N}}`.
 *
 * @param error  an error that was filled
 * @param line   number of the line, from 1
 * @param buffer receives the text and a NUL; may be NULL when `size` is 0
 * @param size   bytes in `buffer`; UPSELL_ERROR_JSON_SIZE are always enough
 * @param needed receives the length of the text without NUL; may be NULL
 * @return
 * | status                  | when                                     |
 * |-------------------------|------------------------------------------|
 * | UPSELL_OK               | the text is in `buffer`                  |
 * | UPSELL_BUFFER_TOO_SMALL | `buffer` is untouched, `*needed` is set  |
 * | UPSELL_NO_MEMORY        | memory ran out                           |
 * | UPSELL_INVALID_ARGUMENT | NULL, or `size` of the error is not set  |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_error_to_json(const upsell_error *error, uint64_t line,
                                              char *buffer, size_t size, size_t *needed);

/** All problems of a document, in the order they were found (CAT-17).
 *  @since 0.1.0 */
typedef struct upsell_problems upsell_problems;

/**
 * How many problems a list holds.
 *
 * @param problems a list, or NULL (an empty list)
 * @return the number of problems
 * @par Thread-safety any thread; a list never changes
 * @since 0.1.0
 */
UPSELL_API size_t upsell_problems_count(const upsell_problems *problems);

/**
 * Copies the details of one problem.
 *
 * @param problems a list
 * @param index    0 ... upsell_problems_count() - 1
 * @param error    receives the details; `size` must be set
 * @return
 * | status                  | when                                    |
 * |-------------------------|-----------------------------------------|
 * | UPSELL_OK               | `*error` is filled                      |
 * | UPSELL_INVALID_ARGUMENT | NULL, `size` not set, or no such index  |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_problems_get(const upsell_problems *problems, size_t index,
                                             upsell_error *error);

/**
 * Frees a list of problems.
 *
 * @param problems a list, or NULL (nothing happens)
 * @since 0.1.0
 */
UPSELL_API void upsell_problems_free(upsell_problems *problems);

UPSELL_END_DECLS

#endif
