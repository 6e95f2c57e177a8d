/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static int file_error(const char *path, int error)
{
  fprintf(stderr, "upsell: %s: %s\n", path, strerror(error));
  return 0;
}

static int read_all(FILE *file, file_text *text, int *error)
{
  size_t capacity = 0;

  for (;;) {
    size_t got;
    if (text->len == capacity) {
      char *data;
      capacity = capacity ? capacity * 2 : 65536;
      data = realloc(text->data, capacity);
      if (!data) {
        *error = ENOMEM;
        return 0;
      }
      text->data = data;
    }
    errno = 0;
    got = fread(text->data + text->len, 1, capacity - text->len, file);
    text->len += got;
    if (got == 0) {
      *error = errno ? errno : EIO;
      return !ferror(file);
    }
  }
}

int file_read(const char *path, file_text *text)
{
  FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
  int error = 0;
  int done;

  text->data = NULL;
  text->len = 0;
  if (!file)
    return file_error(path, errno);
  done = read_all(file, text, &error);
  if (file != stdin)
    fclose(file);
  if (done)
    return 1;
  free(text->data);
  text->data = NULL;
  return file_error(path, error);
}

void print_clean(FILE *out, upsell_str text)
{
  size_t i;

  for (i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    int c1 = c == 0xC2 && i + 1 < text.len && (unsigned char)text.data[i + 1] < 0xA0;
    if (c < 0x20 || c == 0x7F || c1)
      fputc('?', out);
    else
      fputc(c, out);
    i += (size_t)c1;
  }
}

void print_problems(FILE *out, const char *path, const upsell_problems *problems)
{
  upsell_error error = UPSELL_ERROR_INIT;
  size_t i;

  for (i = 0; i < upsell_problems_count(problems); i++) {
    if (upsell_problems_get(problems, i, &error) != UPSELL_OK)
      continue;
    fprintf(out, "%s: ", path);
    print_clean(out, upsell_str_of(error.pointer));
    fprintf(out, ": %s: ", upsell_status_name(error.code));
    print_clean(out, upsell_str_of(error.message));
    fputc('\n', out);
  }
}

int output_ok(void)
{
  static int told;

  if (!ferror(stdout))
    return 1;
  if (!told)
    fprintf(stderr, "upsell: standard output: %s; the output is not complete\n", strerror(errno));
  told = 1;
  return 0;
}

int output_flush(void)
{
  fflush(stdout);
  return output_ok();
}
