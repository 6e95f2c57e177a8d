/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Money: currencies, decimal text, percentages and their rounding.
 *
 * An amount is an int64_t of minor units of a currency (1 yen, 1 cent), from 0
 * to UPSELL_MONEY_MAX in documents. A percentage is an int64_t of millionths
 * of the whole, 0 to UPSELL_PERCENTAGE_MAX: 12.5 % is 125000. All arithmetic is
 * exact; nothing here uses floating point (PRC-12).
 */
#ifndef UPSELL_MONEY_H
#define UPSELL_MONEY_H

#include <upsell/status.h>

UPSELL_BEGIN_DECLS

/** The largest amount in a document, in minor units (VAL-2). */
#define UPSELL_MONEY_MAX INT64_C(100000000000)
/** 100 %, in millionths (VAL-3). */
#define UPSELL_PERCENTAGE_MAX INT64_C(1000000)
/** The largest quantity (VAL-5). */
#define UPSELL_QUANTITY_MAX 9999

/** An ISO 4217 currency. Frozen: never grows. @since 0.1.0 */
typedef struct upsell_currency {
  char code[4];     /**< three capital letters and NUL */
  int32_t decimals; /**< decimals of the minor unit: 0 for JPY, 2 for USD */
} upsell_currency;

/**
 * Finds a currency by its code (VAL-6).
 *
 * @param code     three capital letters
 * @param currency receives the currency
 * @return
 * | status                  | when                                          |
 * |-------------------------|-----------------------------------------------|
 * | UPSELL_OK               | found                                         |
 * | UPSELL_UNKNOWN_CURRENCY | not a current code with a minor unit          |
 * | UPSELL_INVALID_ARGUMENT | `currency` is NULL                            |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_currency_find(upsell_str code, upsell_currency *currency);

/**
 * The currencies the library knows, in the order of their codes.
 *
 * @param index    0, 1, ... until UPSELL_OUT_OF_RANGE
 * @param currency receives the currency
 * @return UPSELL_OK, UPSELL_OUT_OF_RANGE past the last one, or
 *         UPSELL_INVALID_ARGUMENT when `currency` is NULL
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_currency_at(size_t index, upsell_currency *currency);

/**
 * Reads a decimal text of major units (VAL-2): "1000", "12.50".
 *
 * @param text     digits, optionally a point and digits; no sign, no exponent
 * @param currency the currency whose decimals count
 * @param amount   receives minor units, 0 ... UPSELL_MONEY_MAX
 * @return
 * | status                   | when                                           |
 * |--------------------------|------------------------------------------------|
 * | UPSELL_OK                | `*amount` is set                               |
 * | UPSELL_BAD_DECIMAL       | not a plain decimal text                       |
 * | UPSELL_TOO_MANY_DECIMALS | a decimal the currency lacks is not zero       |
 * | UPSELL_OUT_OF_RANGE      | more than UPSELL_MONEY_MAX                     |
 * | UPSELL_INVALID_ARGUMENT  | a pointer is NULL or `decimals` is not 0 ... 4 |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_money_parse(upsell_str text, const upsell_currency *currency,
                                            int64_t *amount);

/**
 * Writes an amount as decimal text with exactly the currency's decimals (OUT-3).
 *
 * @param amount   minor units, any value that is not negative
 * @param currency the currency whose decimals count
 * @param buffer   receives the text and a NUL; may be NULL when `size` is 0
 * @param size     bytes in `buffer`; 32 are always enough
 * @param needed   receives the length of the text without NUL; may be NULL
 * @return
 * | status                  | when                                            |
 * |-------------------------|-------------------------------------------------|
 * | UPSELL_OK               | the text is in `buffer`                         |
 * | UPSELL_BUFFER_TOO_SMALL | `buffer` is untouched, `*needed` is set         |
 * | UPSELL_OUT_OF_RANGE     | `amount` is negative                            |
 * | UPSELL_INVALID_ARGUMENT | a pointer is NULL or `decimals` is not 0 ... 4  |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_money_format(int64_t amount, const upsell_currency *currency,
                                             char *buffer, size_t size, size_t *needed);

/** How an amount is written for people (PAG-4). @since 0.1.0 */
enum upsell_money_style {
  UPSELL_MONEY_ISO = 1,      /**< "JPY 1000", "USD 12.50" */
  UPSELL_MONEY_YEN_SIGN = 2, /**< "￥1,000"; another currency as ISO */
  UPSELL_MONEY_YEN_WORD = 3  /**< "1,000円"; another currency as ISO */
};

/**
 * Writes an amount for people (PAG-4), in UTF-8.
 *
 * @param amount   minor units, any value that is not negative
 * @param currency the currency
 * @param style    enum upsell_money_style
 * @param buffer   receives the text and a NUL; may be NULL when `size` is 0
 * @param size     bytes in `buffer`; 48 are always enough
 * @param needed   receives the length of the text without NUL; may be NULL
 * @return as upsell_money_format(), and UPSELL_BAD_VALUE for a style that does not exist
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_money_display(int64_t amount, const upsell_currency *currency,
                                              int32_t style, char *buffer, size_t size,
                                              size_t *needed);

/**
 * Reads a percentage (VAL-3): "12.5" gives 125000.
 *
 * @param text       0 to 100 with at most 4 decimals; no sign, no percent sign
 * @param percentage receives millionths, 0 ... UPSELL_PERCENTAGE_MAX
 * @return UPSELL_OK, UPSELL_BAD_DECIMAL, UPSELL_TOO_MANY_DECIMALS,
 *         UPSELL_OUT_OF_RANGE (over 100) or UPSELL_INVALID_ARGUMENT
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_percentage_parse(upsell_str text, int64_t *percentage);

/** How a result between two minor units is settled (PRC-9). @since 0.1.0 */
enum upsell_rounding_mode {
  UPSELL_ROUND_FLOOR = 1,     /**< down to the smaller */
  UPSELL_ROUND_CEIL = 2,      /**< up to the larger */
  UPSELL_ROUND_HALF_UP = 3,   /**< nearest, ties up */
  UPSELL_ROUND_HALF_DOWN = 4, /**< nearest, ties down */
  UPSELL_ROUND_HALF_EVEN = 5  /**< nearest, ties to even */
};

/** What is rounded: the price that is left, or the discount (PRC-8). @since 0.1.0 */
enum upsell_rounding_target {
  UPSELL_ROUND_PRICE = 1,   /**< round(B * (1 - d)) */
  UPSELL_ROUND_DISCOUNT = 2 /**< B - round(B * d) */
};

/** Where it is rounded: per unit, or once per line (PRC-8). @since 0.1.0 */
enum upsell_rounding_basis {
  UPSELL_ROUND_UNIT = 1, /**< the unit, and the line is unit * quantity */
  UPSELL_ROUND_LINE = 2  /**< the unit for display, and the line on its own */
};

/**
 * A rounding policy. Frozen: never grows. Zero fields mean the default of the
 * surface it is used for (CAT-3): checkout half_up/price/unit, offer page
 * floor/discount/line.
 *
 * @since 0.1.0
 */
typedef struct upsell_rounding {
  int32_t mode;   /**< enum upsell_rounding_mode */
  int32_t target; /**< enum upsell_rounding_target */
  int32_t basis;  /**< enum upsell_rounding_basis */
} upsell_rounding;

/** The policies of the two surfaces (PRC-7): the buyer pays now what `offer_page` gives.
 *  Frozen: never grows. @since 0.1.0 */
typedef struct upsell_rounding_pair {
  upsell_rounding checkout;   /**< how the checkout rounds; also for plan prices (PRC-1) */
  upsell_rounding offer_page; /**< of what the offer page shows, and is charged now */
} upsell_rounding_pair;

/** A price of one unit and of the whole line, minor units. Frozen. @since 0.1.0 */
typedef struct upsell_amounts {
  int64_t unit; /**< one unit */
  int64_t line; /**< the quantity */
} upsell_amounts;

/**
 * A price less a percentage, rounded by a policy (PRC-8, PRC-9).
 *
 * @param base       price of one unit, minor units, 0 ... UPSELL_MONEY_MAX
 * @param percentage taken off, millionths, 0 ... UPSELL_PERCENTAGE_MAX
 * @param quantity   1 ... UPSELL_QUANTITY_MAX
 * @param policy     all three fields set (no defaults here)
 * @param price      receives unit and line
 * @return
 * | status                  | when                                       |
 * |-------------------------|--------------------------------------------|
 * | UPSELL_OK               | `*price` is set                            |
 * | UPSELL_OUT_OF_RANGE     | base, percentage or quantity out of range  |
 * | UPSELL_INVALID_ARGUMENT | a pointer is NULL, or the policy is not set |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_percentage_price(int64_t base, int64_t percentage, int32_t quantity,
                                                 const upsell_rounding *policy,
                                                 upsell_amounts *price);

/**
 * The default policies of the two surfaces (CAT-3).
 *
 * @param policies receives both; NULL does nothing
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API void upsell_rounding_defaults(upsell_rounding_pair *policies);

UPSELL_END_DECLS

#endif
