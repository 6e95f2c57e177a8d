/* SPDX-License-Identifier: MIT */
#include "plan/document.h"

/* Reports a fault again, below `root`. */
static void report_below(const upsell__path *root, const upsell_error *fault, upsell__sink *sink)
{
  upsell__place place;
  size_t used;

  upsell__path_write(root, place.pointer, sizeof(place.pointer));
  used = strlen(place.pointer);
  place.whole = strlen(fault->pointer) < sizeof(place.pointer) - used;
  if (place.whole)
    memcpy(place.pointer + used, fault->pointer, strlen(fault->pointer) + 1);
  place.offset = fault->offset;
  upsell__report_at(sink, fault->code, &place, fault->message);
}

upsell_status upsell__document_value(upsell_str text, const upsell__path *root,
                                     upsell__arena *arena, const upsell__value **value,
                                     upsell__sink *sink)
{
  upsell_error fault = UPSELL_ERROR_INIT;
  upsell__sink own = {UPSELL_OK, &fault, NULL, 0};

  if (upsell__value_read(text.data, text.len, arena, value, &own) == UPSELL_OK)
    return UPSELL_OK;
  if (own.status == UPSELL_NO_MEMORY)
    return upsell__report_no_memory(sink);
  report_below(root, &fault, sink);
  return own.status;
}
