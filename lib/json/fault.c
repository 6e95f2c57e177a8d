/* SPDX-License-Identifier: MIT */
#include "json/fault.h"

#include <stdarg.h>
#include <stdio.h>

/* The reader's sentence, with where the fault is for people who look for it in a
 * file: line (unless it is the first) and column, counted from 1 and in bytes. */
static void describe(const upsell__reader *reader, char message[UPSELL_MESSAGE_SIZE])
{
  const char *line = reader->begin;
  size_t number = 1;
  size_t column;
  const char *p;
  int len = (int)strlen(reader->fault) - 1; /* without its full stop */

  for (p = reader->begin; p < reader->at; p++) {
    if (*p == '\n') {
      number++;
      line = p + 1;
    }
  }
  column = (size_t)(reader->at - line) + 1;
  if (number == 1)
    snprintf(message, UPSELL_MESSAGE_SIZE, "%.*s (column %zu).", len, reader->fault, column);
  else
    snprintf(message, UPSELL_MESSAGE_SIZE, "%.*s (line %zu, column %zu).", len, reader->fault,
             number, column);
}

void upsell__report_fault(upsell__sink *sink, const upsell__reader *reader)
{
  upsell__place place;
  char message[UPSELL_MESSAGE_SIZE];

  if (reader->status == UPSELL_OK)
    return;
  if (reader->status == UPSELL_NO_MEMORY) {
    upsell__report_no_memory(sink);
    return;
  }
  place.whole = upsell__reader_pointer(reader, place.pointer, sizeof(place.pointer));
  place.offset = upsell__reader_offset(reader);
  describe(reader, message);
  upsell__report_at(sink, reader->status, &place, message);
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
