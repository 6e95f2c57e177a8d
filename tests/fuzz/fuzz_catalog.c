/* SPDX-License-Identifier: MIT */
/* A catalogue from any bytes: building and checking must agree, and one that was built has
 * warnings and a preview of every scenario. */
#include <stdlib.h>
#include <upsell/upsell.h>

#include "targets.h"

static void require(int promise)
{
  if (!promise)
    abort();
}

/* An offer, or the one reason against it (DEC-17). */
static void look_at_preview(const upsell_catalog *catalog, size_t index, upsell_decision *decision)
{
  const upsell_decision_view *view;
  const char *text;
  size_t len;

  require(upsell_preview(catalog, index, decision, NULL) == UPSELL_OK);
  view = upsell_decision_get(decision);
  if (view->outcome == UPSELL_OUTCOME_OFFER)
    require(view->scenario_index == index && view->considered_count == 0);
  else
    require(view->reason == UPSELL_REASON_ALL_REJECTED && view->considered_count == 1 &&
            view->considered[0].scenario_index == index);
  require(upsell_decision_to_json(decision, &text, &len) == UPSELL_OK);
}

static void look_at(const upsell_catalog *catalog)
{
  upsell_problems *warnings = NULL;
  upsell_decision *decision = NULL;
  upsell_scenario_info info = {0};
  size_t i;

  info.size = sizeof(info);
  require(upsell_catalog_warnings(catalog, &warnings) == UPSELL_OK);
  require(upsell_decision_new(&decision) == UPSELL_OK);
  for (i = 0; upsell_catalog_scenario(catalog, i, &info) == UPSELL_OK; i++)
    look_at_preview(catalog, i, decision);
  require(upsell_preview(catalog, i, decision, NULL) == UPSELL_OUT_OF_RANGE);
  upsell_decision_free(decision);
  upsell_problems_free(warnings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;
  upsell_problems *problems = NULL;
  const char *text = size ? (const char *)data : "";
  upsell_status status = upsell_catalog_new_from_json(text, size, &catalog, &error);

  require(upsell_catalog_check_json(text, size, &problems) == UPSELL_OK);
  require((status == UPSELL_OK) == (upsell_problems_count(problems) == 0));
  require((status == UPSELL_OK) == (catalog != NULL));
  if (status != UPSELL_OK)
    require(error.code == status && error.message[0] != '\0');
  if (catalog)
    look_at(catalog);
  upsell_problems_free(problems);
  upsell_catalog_free(catalog);
  return 0;
}
