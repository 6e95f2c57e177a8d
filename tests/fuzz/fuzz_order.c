/* SPDX-License-Identifier: MIT */
/*
 * An order from any bytes, decided against a small catalogue: what is accepted
 * gives the same winner and bytes every time, what is not gives an error.
 */
#include <stdlib.h>
#include <string.h>
#include <upsell/upsell.h>

#include "small_catalog.h"
#include "targets.h"

static void require(int promise)
{
  if (!promise)
    abort();
}

static upsell_str winner_of(const upsell_decision *decision)
{
  return upsell_decision_get(decision)->scenario_id;
}

/* Decides again, without explaining: the winner must be the same. */
static void decide_again(const upsell_catalog *catalog, const char *text, size_t size,
                         const upsell_decision *first)
{
  upsell_decision *second = NULL;
  upsell_str a = winner_of(first);
  upsell_str b;

  require(upsell_decision_new(&second) == UPSELL_OK);
  require(upsell_decide_json(catalog, text, size, 0, second, NULL) == UPSELL_OK);
  b = winner_of(second);
  require(a.len == b.len && (!a.len || memcmp(a.data, b.data, a.len) == 0));
  require(upsell_decision_get(first)->reason == upsell_decision_get(second)->reason);
  upsell_decision_free(second);
}

static void check_offer(const upsell_decision_view *view)
{
  size_t i;

  for (i = 0; i < view->target_count; i++) {
    require(view->targets[i].line_count > 0);
    require(view->targets[i].price.checkout.line >= 0);
    require(view->targets[i].price.checkout.line <=
            view->targets[i].price.list_unit * view->quantity.initial);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;
  upsell_decision *decision = NULL;
  const char *text = size ? (const char *)data : "";
  const char *json;
  size_t len;
  upsell_status status;

  require(upsell_catalog_new_from_json(small_catalog, sizeof(small_catalog) - 1, &catalog, NULL) ==
          UPSELL_OK);
  require(upsell_decision_new(&decision) == UPSELL_OK);
  status = upsell_decide_json(catalog, text, size, UPSELL_DECIDE_EXPLAIN, decision, &error);
  if (status == UPSELL_OK) {
    check_offer(upsell_decision_get(decision));
    require(upsell_decision_to_json(decision, &json, &len) == UPSELL_OK);
    decide_again(catalog, text, size, decision);
  } else {
    require(error.code == status && error.message[0] != '\0');
    require(upsell_decision_get(decision)->outcome == UPSELL_OUTCOME_NONE);
  }
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
  return 0;
}
