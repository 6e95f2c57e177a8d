/* SPDX-License-Identifier: MIT */
/*
 * run_vectors FILE.json            runs every case of a file, as TAP
 * run_vectors --all FOLDER NAME... fails unless the folder's files, the names
 *                                  and the functions are the same, so that no
 *                                  file is left out
 */
#include <check.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "vectors.h"

static const vector_function *const groups[] = {vector_money,
                                                vector_catalog_facts,
                                                vector_pricing,
                                                vector_documents,
                                                vector_decide,
                                                vector_adapters,
                                                vector_page,
                                                vector_plan,
                                                vector_runner,
                                                vector_session,
                                                vector_tally,
                                                NULL};

/* What the running tests read. */
static const vector_function *function;
static vector *vectors;

static const vector_function *find_function(const char *name)
{
  size_t i;
  const vector_function *at;

  for (i = 0; groups[i]; i++) {
    for (at = groups[i]; at->name; at++) {
      if (strcmp(at->name, name) == 0)
        return at;
    }
  }
  return NULL;
}

/* The file cannot be run at all: no test of it may count as passed. */
static int bail_out(const char *format, ...)
{
  va_list args;

  va_start(args, format);
  printf("Bail out! ");
  vprintf(format, args);
  printf("\n");
  va_end(args);
  return 0;
}

/* ---- reading a file ---- */

static char *read_file(const char *path, size_t *len)
{
  FILE *file = fopen(path, "rb");
  char *text = NULL;
  long size = -1;

  if (file && fseek(file, 0, SEEK_END) == 0)
    size = ftell(file);
  if (size > 0 && fseek(file, 0, SEEK_SET) == 0)
    text = malloc((size_t)size);
  if (text && fread(text, 1, (size_t)size, file) != (size_t)size) {
    free(text);
    text = NULL;
  }
  if (file)
    fclose(file);
  *len = (size_t)size;
  return text;
}

static struct json_object *read_tree(const char *path)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__sink sink = {UPSELL_OK, &error, NULL, 0};
  struct json_object *tree = NULL;
  size_t len;
  char *text = read_file(path, &len);

  if (!text) {
    bail_out("%s cannot be read or is empty", path);
    return NULL;
  }
  if (upsell__tree_read(text, len, &tree, &sink))
    bail_out("%s: %s: %s", path, error.pointer, error.message);
  free(text);
  return tree;
}

/* A string of an object, or "". */
static const char *text_at(struct json_object *object, const char *key)
{
  struct json_object *found = vector_find(object, key);

  return json_object_is_type(found, json_type_string) ? json_object_get_string(found) : "";
}

/* A case has a name of its own, a rule, and both its objects. */
static int read_case(struct json_object *given, size_t index)
{
  vector *v = &vectors[index];
  size_t i;

  if (!json_object_is_type(given, json_type_object))
    return bail_out("case %zu is not an object", index);
  v->name = text_at(given, "name");
  v->given = vector_find(given, "given");
  v->expect = vector_find(given, "expect");
  json_object_object_foreach (given, key, value) {
    (void)value;
    if (!vector_is_listed("name rule why given expect", key))
      return bail_out("case %zu has the unknown key %s", index, key);
  }
  /* In TAP a # would begin a directive. */
  if (!*v->name || strchr(v->name, '#') || !*text_at(given, "rule"))
    return bail_out("case %zu (%s) needs a name without # and a rule", index, v->name);
  if (!json_object_is_type(v->given, json_type_object) ||
      !json_object_is_type(v->expect, json_type_object))
    return bail_out("case %s needs objects given and expect", v->name);
  for (i = 0; i < index; i++) {
    if (strcmp(vectors[i].name, v->name) == 0)
      return bail_out("two cases are called %s", v->name);
  }
  return 1;
}

/* Returns the number of cases, or 0 after saying what is wrong. */
static size_t read_cases(struct json_object *tree, const char *path)
{
  struct json_object *list = vector_find(tree, "cases");
  const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
  size_t count;
  size_t i;

  if (strcmp(text_at(tree, "format"), "upsell.vectors/1") != 0 || !*text_at(tree, "about"))
    return (size_t)bail_out("%s: not an upsell.vectors/1 document that says what it is about",
                            path);
  function = find_function(text_at(tree, "function"));
  if (!function || strncmp(function->name, name, strlen(function->name)) != 0 ||
      strcmp(name + strlen(function->name), ".json") != 0)
    return (size_t)bail_out("%s: the function must be known and give the file its name", path);
  count = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;
  vectors = calloc(count + 1, sizeof(*vectors));
  if (count == 0 || !vectors)
    return (size_t)bail_out("%s: there are no cases", path);
  for (i = 0; i < count; i++) {
    if (!read_case(json_object_array_get_idx(list, i), i))
      return 0;
  }
  return count;
}

/* ---- running ---- */

START_TEST(run_case)
{
  function->run(&vectors[_i]);
}
END_TEST

/* Each case is a test, in a test case of its own that gives it its name. */
static int run_cases(size_t count)
{
  Suite *suite = suite_create(function->name);
  SRunner *runner = srunner_create(suite);
  int failed;
  int run;
  size_t i;

  for (i = 0; i < count; i++) {
    TCase *one = tcase_create(vectors[i].name);
    tcase_add_loop_test(one, run_case, (int)i, (int)i + 1);
    suite_add_tcase(suite, one);
  }
  srunner_set_tap(runner, "-");
  srunner_run_all(runner, CK_SILENT);
  failed = srunner_ntests_failed(runner);
  run = srunner_ntests_run(runner);
  srunner_free(runner);
  if (run != (int)count)
    return bail_out("%zu cases, but %d were run", count, run);
  return failed == 0;
}

static int run_file(const char *path)
{
  struct json_object *tree = read_tree(path);
  size_t count = tree ? read_cases(tree, path) : 0;
  int passed = count > 0 && run_cases(count);

  free(vectors);
  json_object_put(tree);
  return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- no file left out ---- */

static int is_named(const char *file, char **names)
{
  size_t len;

  for (; *names; names++) {
    len = strlen(*names);
    if (strncmp(file, *names, len) == 0 && strcmp(file + len, ".json") == 0)
      return 1;
  }
  return 0;
}

/* Returns how many vector files are in the folder, or -1. */
static int count_files(const char *folder, char **names)
{
  DIR *dir = opendir(folder);
  const struct dirent *entry;
  int count = 0;

  while (dir && (entry = readdir(dir))) {
    const char *ending = strrchr(entry->d_name, '.');
    if (!ending || strcmp(ending, ".json") != 0)
      continue;
    count++;
    if (!is_named(entry->d_name, names)) {
      fprintf(stderr, "%s/%s is never run\n", folder, entry->d_name);
      count = -1;
      break;
    }
  }
  if (dir)
    closedir(dir);
  return count;
}

static int check_all(const char *folder, char **names)
{
  int files = count_files(folder, names);
  int listed = 0;
  int known = 0;
  size_t i;

  while (names[listed])
    listed++;
  for (i = 0; groups[i]; i++) {
    const vector_function *at;
    for (at = groups[i]; at->name; at++)
      known++;
  }
  if (files == listed && files == known)
    return EXIT_SUCCESS;
  fprintf(stderr, "%d files, %d names, %d functions: these should be the same\n", files, listed,
          known);
  return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
  if (argc > 3 && strcmp(argv[1], "--all") == 0)
    return check_all(argv[2], argv + 3);
  if (argc == 2)
    return run_file(argv[1]);
  fprintf(stderr, "usage: run_vectors FILE.json | --all FOLDER NAME...\n");
  return 2;
}
