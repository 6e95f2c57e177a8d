/* SPDX-License-Identifier: MIT */
#include "plan/write.h"

#include "json/writer.h"

void upsell__write_comma(upsell__buffer *buffer)
{
  char last = buffer->len ? buffer->data[buffer->len - 1] : '{';

  if (last != '{' && last != '[')
    upsell__buffer_append_char(buffer, ',');
}

void upsell__write_key(upsell__buffer *buffer, upsell_str key)
{
  upsell__write_comma(buffer);
  upsell__write_string(buffer, key);
  upsell__buffer_append_char(buffer, ':');
}

void upsell__write_text(upsell__buffer *buffer, const char *key, upsell_str text)
{
  if (!text.data)
    return;
  upsell__write_key(buffer, upsell_str_of(key));
  upsell__write_string(buffer, text);
}

void upsell__write_number(upsell__buffer *buffer, const char *key, int64_t number)
{
  upsell__write_key(buffer, upsell_str_of(key));
  upsell__buffer_append_int(buffer, number);
}

void upsell__write_flag(upsell__buffer *buffer, const char *key, int flag)
{
  upsell__write_key(buffer, upsell_str_of(key));
  upsell__write_bool(buffer, flag);
}

void upsell__write_value(upsell__buffer *buffer, const char *key, const upsell__value *value)
{
  upsell__write_key(buffer, upsell_str_of(key));
  upsell__value_write(buffer, value);
}

void upsell__write_stops(upsell__buffer *buffer, const upsell__run *run)
{
  size_t i;

  upsell__write_key(buffer, upsell_str_of("stops"));
  upsell__buffer_append_char(buffer, '[');
  for (i = 0; i < run->stop_count; i++) {
    const upsell_run_stop *stop = &run->stops[i];
    upsell__write_comma(buffer);
    upsell__buffer_append_char(buffer, '{');
    upsell__write_text(buffer, "step", stop->step);
    upsell__write_text(buffer, "result", stop->result);
    upsell__write_text(buffer, "state", upsell_str_of(upsell_state_name(stop->state)));
    upsell__buffer_append_char(buffer, '}');
  }
  upsell__buffer_append_char(buffer, ']');
}
