/* SPDX-License-Identifier: MIT */
/* upsell: decides post-purchase offers on the command line. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

typedef struct command {
  const char *name;
  int (*run)(int argc, char **argv);
} command;

static const command commands[] = {
    {"decide", command_decide},
    {"plan", command_plan},
    {"check", command_check},
    {"round", command_round},
    {"report", command_report},
};

/* `upsell run` is a program of its own, an example: beside this one, or else on PATH. */
static int run_example(char **argv)
{
  static char name[] = "upsell-run";
  char path[PATH_MAX];
  ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - sizeof(name));

  argv[1] = name;
  while (len > 0 && path[len - 1] != '/')
    len--;
  if (len > 0) {
    memcpy(path + len, name, sizeof(name));
    execv(path, argv + 1);
  }
  execvp(name, argv + 1);
  fprintf(stderr,
          "upsell: %s: %s\n"
          "It is an example, built where libcurl is found (Debian: libcurl4-openssl-dev) and not\n"
          "installed: put it beside upsell, or on PATH. See examples/run/README.md.\n",
          name, strerror(errno));
  return EXIT_BAD_INPUT;
}

static int run(int argc, char **argv)
{
  static char name[32];
  size_t i;

  if (argc < 2)
    return usage_error("", "a command is missing", NULL);
  if (strcmp(argv[1], "--help") == 0) {
    print_help("");
    return EXIT_WELL;
  }
  if (strcmp(argv[1], "--version") == 0) {
    printf("upsell %s\n", upsell_version());
    return EXIT_WELL;
  }
  if (strcmp(argv[1], "run") == 0)
    return run_example(argv);
  for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
    if (strcmp(argv[1], commands[i].name) == 0) {
      /* What getopt's own messages begin with. */
      snprintf(name, sizeof(name), "upsell %s", commands[i].name);
      argv[1] = name;
      return commands[i].run(argc - 1, argv + 1);
    }
  }
  return usage_error("", "unknown command", argv[1]);
}

int main(int argc, char **argv)
{
  int status;

  /* A closed pipe is an error to report, not a silent end (CLI-6). */
  signal(SIGPIPE, SIG_IGN);
  status = run(argc, argv);
  if (!output_flush() && status == EXIT_WELL)
    status = EXIT_BAD_INPUT;
  return status;
}
