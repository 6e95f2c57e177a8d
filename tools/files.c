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

size_t unclean_length(const char *text, size_t left)
{
  const unsigned char *p = (const unsigned char *)text;

  if (p[0] < 0x20 || p[0] == 0x7F)
    return 1;
  if (p[0] == 0xC2 && left > 1 && p[1] < 0xA0)
    return 2;
  if (p[0] != 0xE2 || left < 3)
    return 0;
  if ((p[1] == 0x80 && p[2] >= 0xA8 && p[2] <= 0xAE) ||
      (p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9))
    return 3;
  return 0;
}

void print_clean(FILE *out, upsell_str text)
{
  size_t i = 0;

  while (i < text.len) {
    size_t skipped = unclean_length(text.data + i, text.len - i);
    fputc(skipped ? '?' : text.data[i], out);
    i += skipped ? skipped : 1;
  }
}

void print_problem_line(FILE *out, const char *path, const char *pointer, const char *mark,
                        const upsell_error *error)
{
  print_clean(out, upsell_str_of(path));
  fputs(": ", out);
  print_clean(out, upsell_str_of(pointer));
  fprintf(out, ": %s%s: ", mark, upsell_status_name(error->code));
  print_clean(out, upsell_str_of(error->message));
  fputc('\n', out);
}

static void print_problems(FILE *out, const char *path, const upsell_problems *problems)
{
  upsell_error error = UPSELL_ERROR_INIT;
  size_t i;

  for (i = 0; i < upsell_problems_count(problems); i++) {
    if (upsell_problems_get(problems, i, &error) != UPSELL_OK)
      continue;
    print_problem_line(out, path, error.pointer, "", &error);
  }
}

upsell_catalog *catalog_load(const char *path, FILE *out)
{
  upsell_catalog *catalog = NULL;
  upsell_problems *problems = NULL;
  upsell_status status;
  file_text text;

  if (!file_read(path, &text))
    return NULL;
  status = upsell_catalog_new_from_json(text.data, text.len, &catalog, NULL);
  if (status && upsell_catalog_check_json(text.data, text.len, &problems) == UPSELL_OK)
    print_problems(out, path, problems);
  if (status && upsell_problems_count(problems) == 0)
    fprintf(stderr, "upsell: %s: %s\n", path, upsell_status_message(status));
  upsell_problems_free(problems);
  free(text.data);
  return catalog;
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
