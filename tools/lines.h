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

/* What is done with a line, which comes without its line end; NULL: it was too long, and its
 * bytes were passed over. Returns 0 to take no more. */
typedef int line_taker(void *run, const char *line, size_t len, uint64_t number);

void line_begin(line_reader *reader, int fd);

/* Hands over all whole lines that are there, but those that hold only white space (CLI-4).
 * Returns 0 at the end of the stream (or `error` is set) and when no more is taken; else
 * call line_fill(). */
int line_each(line_reader *reader, line_taker *take, void *run);

/* Reads what is there, waiting for at least a byte. */
void line_fill(line_reader *reader);

void line_done(line_reader *reader);

#endif
