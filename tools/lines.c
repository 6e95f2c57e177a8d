/* SPDX-License-Identifier: MIT */
#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <upsell/batch.h>

enum { CHUNK = 256 * 1024 };

typedef enum line_result {
  LINE_READ,
  LINE_TOO_LONG, /* its bytes are passed over */
  LINE_WAIT,     /* no whole line is there */
  LINE_END       /* of the stream, or `error` is set */
} line_result;

void line_begin(line_reader *reader, int fd)
{
  memset(reader, 0, sizeof(*reader));
  reader->fd = fd;
}

void line_done(line_reader *reader)
{
  free(reader->data);
  reader->data = NULL;
}

static int is_blank(const char *line, size_t len)
{
  size_t i;

  for (i = 0; i < len; i++) {
    if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
      return 0;
  }
  return 1;
}

/* Drops what is there of a line that is too long. */
static line_result skip(line_reader *reader)
{
  const char *from = reader->data + reader->begin;
  const char *found = memchr(from, '\n', reader->end - reader->begin);

  if (found) {
    reader->begin += (size_t)(found - from) + 1;
    reader->skipping = 0;
    return LINE_TOO_LONG;
  }
  reader->begin = reader->end;
  if (!reader->at_end)
    return LINE_WAIT;
  reader->skipping = 0;
  return LINE_TOO_LONG;
}

/* The next line, valid until line_fill(). */
static line_result line_next(line_reader *reader, const char **line, size_t *len)
{
  size_t left = reader->end - reader->begin;
  const char *from = reader->data + reader->begin;
  const char *found;

  if (reader->error)
    return LINE_END; /* what is left may be half a line */
  if (reader->skipping)
    return skip(reader);
  found = left ? memchr(from, '\n', left) : NULL;
  if (!found && !reader->at_end && left <= UPSELL_LINE_MAX_BYTES)
    return LINE_WAIT;
  if (!found && !left)
    return LINE_END;
  reader->number++;
  *line = from;
  *len = found ? (size_t)(found - from) : left;
  if (*len > UPSELL_LINE_MAX_BYTES) {
    reader->skipping = 1;
    return skip(reader);
  }
  reader->begin += *len + (found != NULL);
  return LINE_READ;
}

int line_each(line_reader *reader, line_taker *take, void *run)
{
  const char *line = NULL;
  size_t len = 0;
  int goes_on = 1;

  while (goes_on) {
    switch (line_next(reader, &line, &len)) {
    case LINE_READ:
      if (!is_blank(line, len))
        goes_on = take(run, line, len, reader->number);
      break;
    case LINE_TOO_LONG:
      goes_on = take(run, NULL, 0, reader->number);
      break;
    case LINE_WAIT:
      return 1;
    default:
      return 0;
    }
  }
  return 0;
}

/* Moves what is left to the front, and makes room behind it. */
static int make_room(line_reader *reader)
{
  size_t left = reader->end - reader->begin;
  size_t wanted = left + CHUNK;

  if (reader->begin && left)
    memmove(reader->data, reader->data + reader->begin, left);
  reader->begin = 0;
  reader->end = left;
  if (wanted > reader->capacity) {
    size_t capacity = reader->capacity * 2 > wanted ? reader->capacity * 2 : wanted;
    char *data = realloc(reader->data, capacity);
    if (!data)
      return 0;
    reader->data = data;
    reader->capacity = capacity;
  }
  return 1;
}

void line_fill(line_reader *reader)
{
  ssize_t got;

  if (!make_room(reader)) {
    reader->error = ENOMEM;
    reader->at_end = 1;
    return;
  }
  do {
    got = read(reader->fd, reader->data + reader->end, reader->capacity - reader->end);
  } while (got < 0 && errno == EINTR);
  if (got < 0)
    reader->error = errno;
  if (got <= 0) {
    reader->at_end = 1;
    return;
  }
  reader->end += (size_t)got;
  reader->bytes += (uint64_t)got;
}
