/* SPDX-License-Identifier: MIT */
/* What every adapter promises, whatever the bytes: the same order each time, which
 * the library itself takes, or an error with details. */
#ifndef UPSELL_TESTS_FUZZ_ADAPTED_H
#define UPSELL_TESTS_FUZZ_ADAPTED_H

#include <stdlib.h>
#include <string.h>
#include <upsell/shopify.h>
#include <upsell/upsell.h>

typedef upsell_status adapter(const char *text, size_t len, int32_t ids, upsell_text **order,
                              upsell_error *error);

static void require(int promise)
{
  if (!promise)
    abort();
}

static void require_order(const upsell_text *order)
{
  static const char catalog_text[] =
      "{\"format\":\"upsell.catalog/1\",\"currency\":\"JPY\",\"selling_plans\":[],\"products\":[],"
      "\"scenarios\":[]}";
  upsell_catalog *catalog = NULL;
  upsell_decision *decision = NULL;
  size_t len = 0;
  const char *text = upsell_text_data(order, &len);

  require(strlen(text) == len);
  require(upsell_catalog_new_from_json(catalog_text, sizeof(catalog_text) - 1, &catalog, NULL) ==
          UPSELL_OK);
  require(upsell_decision_new(&decision) == UPSELL_OK);
  require(upsell_decide_json(catalog, text, len, 0, decision, NULL) == UPSELL_OK);
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
}

static void require_adapted(adapter *adapt, const uint8_t *data, size_t size)
{
  const char *text = size ? (const char *)data : "";
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *order = NULL;
  upsell_text *again = NULL;
  upsell_status status = adapt(text, size, 0, &order, &error);

  require(adapt(text, size, 0, &again, NULL) == status);
  require((status == UPSELL_OK) == (order != NULL));
  if (status == UPSELL_OK) {
    require_order(order);
    require(strcmp(upsell_text_data(order, NULL), upsell_text_data(again, NULL)) == 0);
  } else {
    require(error.code == status && error.message[0] != '\0' && !again);
    require(error.pointer[0] == '\0' || error.pointer[0] == '/');
  }
  upsell_text_free(order);
  upsell_text_free(again);
}

#endif
