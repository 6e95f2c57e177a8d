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
  char pointer[UPSELL_POINTER_SIZE];

  if (reader->status == UPSELL_OK)
    return;
  if (reader->status == UPSELL_NO_MEMORY) {
    upsell__report_no_memory(sink);
    return;
  }
  upsell__reader_pointer(reader, pointer, sizeof(pointer));
  upsell__report_at(sink, reader->status, pointer, upsell__reader_offset(reader), reader->fault);
}

void upsell__report_here(upsell__sink *sink, const upsell__reader *reader, upsell_status code,
                         int64_t offset, const char *message, ...)
{
  char pointer[UPSELL_POINTER_SIZE];
  char text[UPSELL_MESSAGE_SIZE];
  va_list args;

  if (!upsell__sink_goes_on(sink))
    return;
  va_start(args, message);
  vsnprintf(text, sizeof(text), message, args);
  va_end(args);
  upsell__reader_pointer(reader, pointer, sizeof(pointer));
  upsell__report_at(sink, code, pointer, offset, text);
}
