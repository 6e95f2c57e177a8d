/* SPDX-License-Identifier: MIT */
#include "json/fault.h"

#include <stdarg.h>
#include <stdio.h>

int upsell__reader_fault(upsell__reader *reader, upsell_status status, const char *message)
{
  if (reader->status == UPSELL_OK) {
    reader->status = status;
    reader->fault = message;
  }
  return 0;
}

void upsell__report_fault(upsell__sink *sink, const upsell__reader *reader)
{
  upsell__place place;

  if (reader->status == UPSELL_OK)
    return;
  if (reader->status == UPSELL_NO_MEMORY) {
    upsell__report_no_memory(sink);
    return;
  }
  place.whole = upsell__reader_pointer(reader, place.pointer, sizeof(place.pointer));
  place.offset = upsell__reader_offset(reader);
  upsell__report_at(sink, reader->status, &place, reader->fault);
}

void upsell__report_here(upsell__sink *sink, const upsell__reader *reader, upsell_status code,
                         int64_t offset, const char *message, ...)
{
  upsell__place place;
  char text[UPSELL_MESSAGE_SIZE];
  va_list args;

  if (!upsell__sink_goes_on(sink))
    return;
  va_start(args, message);
  vsnprintf(text, sizeof(text), message, args);
  va_end(args);
  place.whole = upsell__reader_pointer(reader, place.pointer, sizeof(place.pointer));
  place.offset = offset;
  upsell__report_at(sink, code, &place, text);
}
