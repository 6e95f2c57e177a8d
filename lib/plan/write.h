/* SPDX-License-Identifier: MIT */
/* Writing documents member by member: commas come by themselves. */
#ifndef UPSELL_PLAN_WRITE_H
#define UPSELL_PLAN_WRITE_H

#include "base/buffer.h"
#include "plan/run.h"

/* A comma, unless an object or array has just been opened. */
void upsell__write_comma(upsell__buffer *buffer);

/* Members. A text that is absent is left out. */
void upsell__write_key(upsell__buffer *buffer, upsell_str key);
void upsell__write_text(upsell__buffer *buffer, const char *key, upsell_str text);
void upsell__write_number(upsell__buffer *buffer, const char *key, int64_t number);
void upsell__write_flag(upsell__buffer *buffer, const char *key, int flag);
void upsell__write_value(upsell__buffer *buffer, const char *key, const upsell__value *value);

/* The member "stops": the branches of a run that stopped. */
void upsell__write_stops(upsell__buffer *buffer, const upsell__run *run);

#endif
