/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Adapters: what Shopify says, as documents of this library.
 */
#ifndef UPSELL_SHOPIFY_H
#define UPSELL_SHOPIFY_H

#include <upsell/status.h>
#include <upsell/text.h>

UPSELL_BEGIN_DECLS

/** How an adapter writes ids of products, variants and selling plans (ADA-2): as the
 *  catalogue does. 0 means numbers. @since 0.1.0 */
enum upsell_id_form {
  UPSELL_IDS_NUMBERS = 1, /**< "201" */
  UPSELL_IDS_GIDS = 2     /**< "gid://shopify/ProductVariant/201" */
};

/**
 * Turns Shopify's post-purchase InputData into an "upsell.order/1" document (ADA-1,
 * ADA-5).
 *
 * The order's id is the purchase's reference id; lines get ids of their own
 * ("input-1"), since InputData has none. Products, variants and selling plans are
 * named by their digits, or by their GIDs where `ids` asks for them (ADA-2): as the
 * catalogue names them. An `initialPurchase` alone is taken as well. An error points
 * into the payload.
 *
 * @param input JSON text; borrowed for the call
 * @param len   its length in bytes
 * @param ids   enum upsell_id_form: how the catalogue writes ids
 * @param order receives the document; the caller frees it with upsell_text_free()
 * @param error receives details; may be NULL
 * @return
 * | status                   | when                                                   |
 * |--------------------------|--------------------------------------------------------|
 * | UPSELL_OK                | `*order` is made                                       |
 * | UPSELL_CURRENCY_MISMATCH | the buyer paid in another currency than the shop's     |
 * | UPSELL_NO_MEMORY         | memory ran out                                         |
 * | UPSELL_INVALID_ARGUMENT  | NULL, or `ids` that are neither 0 nor in the enum      |
 * | another code             | the text breaks the format (DOC-1 ... DOC-9, VAL-2, ADA-2, ADA-5) |
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_order_from_input_data(const char *input, size_t len, int32_t ids,
                                                      upsell_text **order, upsell_error *error);

/**
 * Turns an order as read by upsell_shopify_order_query() into an "upsell.order/1"
 * document (ADA-1, ADA-6, ADA-7). The text is the answer (`{"data":{"order":...}}`), its
 * `data`, or the order object itself.
 *
 * @param answer JSON text; borrowed for the call
 * @param len    its length in bytes
 * @param ids    enum upsell_id_form: how the catalogue writes ids
 * @param order  receives the document; the caller frees it with upsell_text_free()
 * @param error  receives details; may be NULL
 * @return as upsell_order_from_input_data(); UPSELL_BAD_COUNT also when not all lines
 *         were read, and UPSELL_BAD_VALUE when the answer has errors
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API upsell_status upsell_order_from_shopify_order(const char *answer, size_t len,
                                                         int32_t ids, upsell_text **order,
                                                         upsell_error *error);

/**
 * The Admin GraphQL query whose answer upsell_order_from_shopify_order() takes. Its one
 * variable is `id`, the order's GID. It is the same for all API versions, and asks for no
 * personal data but the country of the shipping address (ADA-6).
 *
 * @return static text
 * @par Thread-safety any thread
 * @since 0.1.0
 */
UPSELL_API const char *upsell_shopify_order_query(void);

UPSELL_END_DECLS

#endif
