/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

static int read_file(const char *path, text_buffer *contents)
{
  int file = open(path, O_RDONLY | O_CLOEXEC);
  int done;

  if (file < 0)
    return complain_errno(path, errno);
  done = text_read(contents, file) || complain_errno(path, errno);
  close(file);
  return done;
}

/* It becomes a part of an address: four digits, a hyphen, two digits. */
static int is_version(const char *text)
{
  static const char shape[] = "0000-00";
  size_t i;

  for (i = 0; i < sizeof(shape) - 1; i++) {
    int is_digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !is_digit : text[i] != shape[i])
      return 0;
  }
  return text[i] == '\0';
}

static const char *string_of(json_object *object, const char *key)
{
  json_object *value = NULL;

  json_object_object_get_ex(object, key, &value);
  return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";
}

/* The runner needs no header; who carries a plan out does. */
static int read_header(plan_facts *plan, const char *path)
{
  json_object *header = json_tokener_parse(plan->contents.data);
  const char *version = string_of(header, "api_version");
  const char *currency = string_of(header, "currency");
  int known = is_version(version) &&
              upsell_currency_find(upsell_str_of(currency), &plan->currency) == UPSELL_OK;

  if (known)
    memcpy(plan->api_version, version, sizeof(plan->api_version));
  json_object_put(header);
  return known || complain(path, "the plan does not say its api_version and currency");
}

int plan_read(plan_facts *plan, const char *path, upsell_runner **runner)
{
  upsell_error error = UPSELL_ERROR_INIT;

  memset(plan, 0, sizeof(*plan));
  if (!read_file(path, &plan->contents))
    return 0;
  if (upsell_runner_new(plan->contents.data ? plan->contents.data : "", plan->contents.len, runner,
                        &error))
    return complain_error(path, &error);
  return read_header(plan, path);
}

void plan_free(plan_facts *plan)
{
  text_free(&plan->contents);
}
