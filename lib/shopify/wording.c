/* SPDX-License-Identifier: MIT */
#include "shopify/wording.h"

void upsell__word(upsell__wording *wording, const char *text)
{
  while (*text) {
    size_t plain = strcspn(text, "'@");
    upsell_str name;
    upsell__buffer_append(wording->out, text, plain);
    text += plain;
    if (*text == '\'') {
      upsell__buffer_append_char(wording->out, '"');
      text++;
    } else if (*text == '@') {
      name.data = text + 1;
      name.len = strcspn(name.data, "@");
      if (!upsell__word_name(wording, name))
        wording->out->failed = 1; /* a name that no text may have: no plan is made */
      text = name.data + name.len + 1;
    }
  }
}

void upsell__word_step(upsell__wording *wording, const char *step)
{
  if (wording->steps++)
    upsell__buffer_append_char(wording->out, ',');
  upsell__word(wording, step);
}
