/* SPDX-License-Identifier: MIT */
/* Lines of a stream of any length, in memory that only its longest line needs. */
#ifndef UPSELL_TOOLS_LINES_H
#define UPSELL_TOOLS_LINES_H

#include <stddef.h>
#include <stdint.h>

typedef struct line_reader {
  int fd;
  char *data;
  size_t capacity;
  size_t begin;    /* where the next line starts */
  size_t end;      /* where what was read ends */
  int at_end;      /* the stream has ended */
  int skipping;    /* within a line that is too long */
  int error;       /* errno of a failed read */
  uint64_t number; /* of the last line, from 1 */
  uint64_t bytes;  /* read so far */
} line_reader;

typedef enum line_result {
  LINE_READ,
  LINE_TOO_LONG, /* its bytes are passed over */
  LINE_WAIT,     /* no whole line is there: call line_fill() */
  LINE_END       /* of the stream, or `error` is set */
} line_result;

void line_begin(line_reader *reader, int fd);

/* The next line without its line end, valid until line_fill(). */
line_result line_next(line_reader *reader, const char **line, size_t *len);

/* Reads what is there, waiting for at least a byte. */
void line_fill(line_reader *reader);

/* Whether a line holds only white space: then it is passed over (CLI-4). */
int line_is_blank(const char *line, size_t len);

void line_done(line_reader *reader);

#endif
