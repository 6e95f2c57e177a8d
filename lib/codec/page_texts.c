/* SPDX-License-Identifier: MIT */
#include "codec/page_texts.h"

#include "json/writer.h"

void upsell__write_timer(upsell__buffer *out, const upsell_page *page)
{
  UPSELL__APPEND(out, "{\"visible\":");
  upsell__write_bool(out, page->timer_visible);
  UPSELL__APPEND(out, ",\"seconds\":");
  if (page->timer_visible)
    upsell__buffer_append_int(out, page->timer_seconds);
  else
    UPSELL__APPEND(out, "null");
  UPSELL__APPEND(out, ",\"text\":");
  upsell__write_string(out, page->timer_text);
  upsell__buffer_append_char(out, '}');
}

void upsell__write_description(upsell__buffer *out, const upsell_page *page)
{
  UPSELL__APPEND(out, "{\"visible\":");
  upsell__write_bool(out, page->description_visible);
  UPSELL__APPEND(out, ",\"text\":");
  upsell__write_string_or_null(out, page->description);
  upsell__buffer_append_char(out, '}');
}

void upsell__write_close_button(upsell__buffer *out, const upsell_page *page)
{
  UPSELL__APPEND(out, "{\"visible\":");
  upsell__write_bool(out, page->close_visible);
  UPSELL__APPEND(out, ",\"label\":");
  upsell__write_string(out, page->close_label);
  upsell__buffer_append_char(out, '}');
}
