/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "run.h"

/* Codes and ids are ASCII; what is not could steer a terminal. */
void print_clean(FILE *out, upsell_str value)
{
  size_t i;

  for (i = 0; i < value.len; i++) {
    unsigned char c = (unsigned char)value.data[i];
    fputc(c < 0x20 || c >= 0x7F ? '?' : c, out);
  }
}

int complain(const char *subject, const char *what)
{
  fprintf(stderr, "upsell-run: %s: %s\n", subject, what);
  return 0;
}

int complain_errno(const char *subject, int number)
{
  return complain(subject, strerror(number));
}

int complain_error(const char *path, const upsell_error *error)
{
  static const char input[] = "/journal"; /* the runner has two; `path` says which */
  const char *place = error->pointer;

  if (strncmp(place, input, strlen(input)) == 0)
    place += strlen(input);
  fprintf(stderr, "upsell-run: %s: ", path);
  print_clean(stderr, upsell_str_of(place));
  fprintf(stderr, ": %s: ", upsell_status_name(error->code));
  print_clean(stderr, upsell_str_of(error->message));
  fputc('\n', stderr);
  return 0;
}

static void tell_stop(const upsell_run_stop *stop)
{
  print_clean(stdout, stop->step);
  fputs(": ", stdout);
  print_clean(stdout, stop->result);
  printf(": %s: %s\n", upsell_state_name(stop->state), upsell_state_message(stop->state));
}

int tell_end(const upsell_progress_view *view)
{
  int completed = view->outcome == UPSELL_RUN_COMPLETED;
  size_t i;

  puts(completed ? "completed" : "stopped");
  for (i = 0; i < view->stop_count; i++)
    tell_stop(&view->stops[i]);
  errno = 0;
  if (fflush(stdout) || ferror(stdout)) {
    complain_errno("standard output", errno ? errno : EIO);
    return EXIT_FAILED;
  }
  return completed ? EXIT_COMPLETED : EXIT_STOPPED;
}
