/* SPDX-License-Identifier: MIT */
#include "base/report.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/idmap.h"
#include "base/utf8.h"

typedef struct problem {
  upsell_status code;
  int64_t offset;
  upsell_str pointer;
  upsell_str message;
} problem;

struct upsell_problems {
  problem *items;
  size_t count;
  size_t capacity;
  upsell__arena texts;
  upsell__idmap pointers; /* those that have a problem already */
};

upsell_problems *upsell__problems_new(void)
{
  return upsell__alloc(1, sizeof(upsell_problems));
}

void upsell_problems_free(upsell_problems *problems)
{
  if (!problems)
    return;
  upsell__arena_free(&problems->texts);
  upsell__idmap_free(&problems->pointers);
  upsell__free(problems->items);
  upsell__free(problems);
}

upsell_status upsell__problems_finish(const upsell__sink *sink, upsell_problems **problems)
{
  if (sink->status == UPSELL_NO_MEMORY) {
    upsell_problems_free(sink->problems);
    return UPSELL_NO_MEMORY;
  }
  *problems = sink->problems;
  return UPSELL_OK;
}

size_t upsell_problems_count(const upsell_problems *problems)
{
  return problems ? problems->count : 0;
}

const char *upsell__problems_pointer(const upsell_problems *problems, size_t index)
{
  return problems->items[index].pointer.data;
}

upsell_status upsell__problems_code(const upsell_problems *problems, size_t index)
{
  return problems->items[index].code;
}

upsell_status upsell_problems_get(const upsell_problems *problems, size_t index,
                                  upsell_error *error)
{
  const problem *item;

  if (!problems || !error || error->size < sizeof(*error) || index >= problems->count)
    return UPSELL_INVALID_ARGUMENT;
  item = &problems->items[index];
  upsell__error_set(error, item->code, item->pointer.data, item->offset, item->message.data);
  return UPSELL_OK;
}

static void copy_text(char *out, size_t size, const char *text)
{
  size_t len = upsell__utf8_cut(text, strlen(text), size - 1);

  memcpy(out, text, len);
  out[len] = '\0';
}

void upsell__error_set(upsell_error *error, upsell_status code, const char *pointer, int64_t offset,
                       const char *message)
{
  if (!error || error->size < sizeof(*error))
    return;
  error->code = code;
  error->offset = offset;
  copy_text(error->pointer, sizeof(error->pointer), pointer);
  copy_text(error->message, sizeof(error->message), message);
}

/* Whether a problem was reported at a pointer, or at something around it: what
 * could not be read says nothing true about its parts. */
static int is_reported(const upsell_problems *problems, const char *pointer)
{
  upsell_str part = upsell_str_of(pointer);

  for (;;) {
    if (upsell__idmap_find(&problems->pointers, 0, part) != UPSELL__NO_INDEX)
      return 1;
    if (part.len == 0)
      return 0;
    while (part.data[--part.len] != '/') {
    }
  }
}

/* Remembers that a problem was reported at a pointer. One that was cut speaks for
 * nothing around it. */
static int remember(upsell_problems *problems, const upsell__place *place, upsell_str pointer)
{
  uint32_t index;
  int added;

  return !place->whole || upsell__idmap_add(&problems->pointers, 0, pointer, &index, &added);
}

static int append(upsell_problems *problems, upsell_status code, const upsell__place *place,
                  const char *message)
{
  problem item = {code, place->offset, {NULL, 0}, {NULL, 0}};
  void *items = problems->items;

  if (!upsell__grow(&items, &problems->capacity, problems->count + 1, sizeof(item)))
    return 0;
  problems->items = items;
  if (!upsell__arena_copy(&problems->texts, upsell_str_of(place->pointer), &item.pointer) ||
      !upsell__arena_copy(&problems->texts, upsell_str_of(message), &item.message) ||
      !remember(problems, place, item.pointer))
    return 0;
  problems->items[problems->count++] = item;
  return 1;
}

/* A hostile text of a megabyte can have a million problems, each of which takes
 * more memory than its text. */
static int close_list(upsell_problems *problems)
{
  upsell__place document = {"", 0, -1};
  char message[128];

  snprintf(message, sizeof(message),
           "More than %d problems were found; the rest is not listed. Correct these first.",
           UPSELL_PROBLEMS_MAX);
  return append(problems, UPSELL_BAD_COUNT, &document, message);
}

/* Adds to the list unless it is there. Returns 0 when memory ran out. */
static int add(upsell__sink *sink, upsell_status code, const upsell__place *place,
               const char *message)
{
  int about_text = code >= UPSELL_JSON_SYNTAX && code < UPSELL_MISSING_KEY;

  /* What is wrong with the text itself is always kept. */
  if (!about_text && place->whole && is_reported(sink->problems, place->pointer))
    return 1;
  sink->full = sink->problems->count == UPSELL_PROBLEMS_MAX;
  return sink->full ? close_list(sink->problems) : append(sink->problems, code, place, message);
}

void upsell__report_at(upsell__sink *sink, upsell_status code, const upsell__place *place,
                       const char *message)
{
  if (!upsell__sink_goes_on(sink))
    return;
  if (sink->status == UPSELL_OK || code == UPSELL_NO_MEMORY) {
    sink->status = code;
    upsell__error_set(sink->first, code, place->pointer, place->offset, message);
  }
  if (code != UPSELL_NO_MEMORY && sink->problems && !add(sink, code, place, message))
    upsell__report_no_memory(sink);
}

upsell_status upsell__report_no_memory(upsell__sink *sink)
{
  sink->status = UPSELL_NO_MEMORY;
  upsell__error_set(sink->first, UPSELL_NO_MEMORY, "", -1,
                    "Memory ran out; nothing was changed, try again with more.");
  return UPSELL_NO_MEMORY;
}

void upsell__report(upsell__sink *sink, upsell_status code, const upsell__path *path,
                    const char *message, ...)
{
  upsell__place place;
  char text[UPSELL_MESSAGE_SIZE];
  va_list args;

  if (!upsell__sink_goes_on(sink))
    return;
  place.whole = upsell__path_write(path, place.pointer, sizeof(place.pointer));
  place.offset = -1;
  va_start(args, message);
  vsnprintf(text, sizeof(text), message, args);
  va_end(args);
  upsell__report_at(sink, code, &place, text);
}

const char *upsell__quote(upsell_str text, char out[UPSELL__QUOTE_SIZE])
{
  static const char more[] = "...";
  size_t room = UPSELL__QUOTE_SIZE - sizeof(more) - 2;
  size_t len;
  size_t used = 0;
  size_t i;

  if (!text.data || !upsell__utf8_clean(text)) {
    memcpy(out, "(not text)", sizeof("(not text)"));
    return out;
  }
  len = upsell__utf8_cut(text.data, text.len, room);
  out[used++] = '"';
  for (i = 0; i < len; i++)
    out[used++] = (unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7F ? '?' : text.data[i];
  if (len < text.len) {
    memcpy(out + used, more, sizeof(more) - 1);
    used += sizeof(more) - 1;
  }
  out[used++] = '"';
  out[used] = '\0';
  return out;
}
