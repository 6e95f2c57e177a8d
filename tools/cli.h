/* SPDX-License-Identifier: MIT */
/* What the subcommands of upsell(1) share. */
#ifndef UPSELL_TOOLS_CLI_H
#define UPSELL_TOOLS_CLI_H

#include <stdio.h>
#include <upsell/upsell.h>

/* Exit statuses (CLI-5). */
enum { EXIT_WELL = 0, EXIT_BAD_INPUT = 1, EXIT_USAGE = 2 };

/* The subcommands: argv[0] is the command's name. */
int command_check(int argc, char **argv);
int command_decide(int argc, char **argv);
int command_plan(int argc, char **argv);
int command_report(int argc, char **argv);
int command_round(int argc, char **argv);

/* Prints a usage error to standard error and returns EXIT_USAGE. `message` is NULL
 * when getopt has told what is wrong; `detail` may be NULL. */
int usage_error(const char *command, const char *message, const char *detail);

/* Prints the help of a command ("" for all) to standard output. */
void print_help(const char *command);

/* A whole file in memory; the caller frees `data`. */
typedef struct file_text {
  char *data;
  size_t len;
} file_text;

/* Reads a file, or standard input for "-"; 0 after a message to standard error. */
int file_read(const char *path, file_text *text);

/* Prints a problem as "file: /pointer: code: sentence"; `mark` stands before the code. */
void print_problem_line(FILE *out, const char *path, const char *pointer, const char *mark,
                        const upsell_error *error);

/* Builds the catalogue in a file ("-": standard input). NULL after a message to
 * standard error, or after printing every problem to `out` as
 * "file: /pointer: code: sentence" (CLI-2). */
upsell_catalog *catalog_load(const char *path, FILE *out);

/* Bytes of a sequence that must not reach a terminal, or 0: control characters, line
 * separators (U+2028, U+2029) and marks that turn the direction of writing (U+202A to
 * U+202E, U+2066 to U+2069). There are `left` bytes at `text`. */
size_t unclean_length(const char *text, size_t left);

/* Prints a text with control characters and the like replaced by "?", so that it
 * can neither break a line nor steer a terminal. */
void print_clean(FILE *out, upsell_str text);

/* Whether writing to standard output has failed so far; tells why on standard
 * error, so that it must be asked right after writing. */
int output_ok(void);

/* Writes what is buffered; whether all of it has arrived (CLI-6). */
int output_flush(void);

#endif
