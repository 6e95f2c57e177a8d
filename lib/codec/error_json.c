/* SPDX-License-Identifier: MIT */
/* The line that stands for a bad line of a stream (CLI-4). */
#include <upsell/status.h>

#include "json/writer.h"

static upsell_str field_text(const char *field, size_t size)
{
  upsell_str text = {field, 0};

  while (text.len < size && field[text.len])
    text.len++;
  return text;
}

upsell_status upsell_error_to_json(const upsell_error *error, uint64_t line, char *buffer,
                                   size_t size, size_t *needed)
{
  upsell__buffer out = {0};
  upsell_status status;

  if (!error || error->size < sizeof(*error) || (!buffer && size))
    return UPSELL_INVALID_ARGUMENT;
  UPSELL__APPEND(&out, "{\"error\":{\"code\":");
  upsell__write_string(&out, upsell_str_of(upsell_status_name(error->code)));
  UPSELL__APPEND(&out, ",\"path\":");
  upsell__write_string(&out, field_text(error->pointer, sizeof(error->pointer)));
  UPSELL__APPEND(&out, ",\"message\":");
  upsell__write_string(&out, field_text(error->message, sizeof(error->message)));
  UPSELL__APPEND(&out, ",\"line\":");
  upsell__buffer_append_uint(&out, line);
  UPSELL__APPEND(&out, "}}");
  if (out.failed) {
    upsell__buffer_free(&out);
    return UPSELL_NO_MEMORY;
  }
  status = upsell__str_give((upsell_str){out.data, out.len}, buffer, size, needed);
  upsell__buffer_free(&out);
  return status;
}
