/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The offer page as data: everything that a page shows, in words and amounts.
 */
#ifndef UPSELL_PAGE_H
#define UPSELL_PAGE_H

#include <upsell/decision.h>
#include <upsell/text.h>

UPSELL_BEGIN_DECLS

/** The languages of a page (PAG-1). @since 0.1.0 */
enum upsell_locale {
  UPSELL_LOCALE_JA = 1, /**< Japanese; the default */
  UPSELL_LOCALE_EN = 2  /**< English */
};

/** The most later charges that a page lists by date (PAG-6). */
#define UPSELL_LATER_CHARGES_MAX 24

/** A day of the Gregorian calendar. All zeros: none. Frozen: never grows. @since 0.1.0 */
typedef struct upsell_date {
  int32_t year;     /**< 1 ... 9999 */
  int32_t month;    /**< 1 ... 12 */
  int32_t day;      /**< 1 ... 31 */
  int32_t reserved; /**< zero */
} upsell_date;

/** What a page is made for (PAG-1). Set `size`; all zeros otherwise are defaults.
 *  @since 0.1.0 */
typedef struct upsell_page_request {
  uint32_t size;              /**< sizeof(upsell_page_request) */
  int32_t quantity;           /**< 1 ... the offer's maximum; zero: the offer's default */
  int32_t locale;             /**< enum upsell_locale */
  int32_t money_style;        /**< enum upsell_money_style; zero: the locale's own */
  upsell_date anchor;         /**< the day of the first charge; none: no dates */
  int32_t later_charges;      /**< how many to list, 1 ... UPSELL_LATER_CHARGES_MAX; zero: 3 */
  int32_t reserved;           /**< zero */
  upsell_str selling_plan_id; /**< one of the choices; absent: the target's own */
} upsell_page_request;

/**
 * Makes the "upsell.page/1" document of a decision with an offer (PAG-1 ... PAG-10). All
 * prices are computed again for the quantity and the plan; nothing is left to the page.
 *
 * Errors point into the request: `/quantity`, `/selling_plan_id`, `/locale`, `/money`,
 * `/anchor`, `/later_charges`.
 *
 * @param decision a decision with an offer, whose catalogue is still there
 * @param request  what it is made for; NULL: all defaults
 * @param page     receives the document; the caller frees it with upsell_text_free()
 * @param error    receives details; may be NULL
 * @return
 * | status                       | when                                                |
 * |------------------------------|-----------------------------------------------------|
 * | UPSELL_OK                    | `*page` is made                                     |
 * | UPSELL_QUANTITY_OUT_OF_RANGE | the offer does not allow this quantity              |
 * | UPSELL_PLAN_NOT_OFFERED      | the selling plan is not among the choices           |
 * | UPSELL_BAD_VALUE             | a locale, style or day that does not exist          |
 * | UPSELL_OUT_OF_RANGE          | `later_charges` outside its range                   |
 * | UPSELL_NOT_APPLICABLE        | the decision has no offer                           |
 * | UPSELL_NO_MEMORY             | memory ran out                                      |
 * | UPSELL_INVALID_ARGUMENT      | NULL, a wrong `size`, a reserved field not zero     |
 * @par Thread-safety as the decision object, which is only read
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_page_make(const upsell_decision *decision,
                                          const upsell_page_request *request, upsell_text **page,
                                          upsell_error *error);

UPSELL_END_DECLS

#endif
