/* SPDX-License-Identifier: MIT */
/* upsell: decides post-purchase offers on the command line. */
#include <signal.h>
#include <string.h>

#include "cli.h"

typedef struct command {
  const char *name;
  int (*run)(int argc, char **argv);
} command;

static const command commands[] = {
    {"decide", command_decide},
    {"check", command_check},
    {"round", command_round},
};

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
