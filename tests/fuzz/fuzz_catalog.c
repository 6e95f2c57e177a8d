/* SPDX-License-Identifier: MIT */
/* A catalogue from any bytes: building and checking must agree. */
#include <stdlib.h>
#include <upsell/upsell.h>

#include "targets.h"

static void require(int promise)
{
  if (!promise)
    abort();
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
  upsell_problems_free(problems);
  upsell_catalog_free(catalog);
  return 0;
}
