/* SPDX-License-Identifier: MIT */
/* Three-valued choices (enum upsell_choice_value). */
#ifndef UPSELL_MODEL_CHOICE_H
#define UPSELL_MODEL_CHOICE_H

#include <upsell/base.h>

static inline int upsell__choice_valid(int32_t choice)
{
  return choice >= UPSELL_DEFAULT && choice <= UPSELL_NO;
}

/* 1 for yes, 0 for no. */
static inline uint8_t upsell__choice(int32_t choice, int by_default)
{
  return choice == UPSELL_DEFAULT ? (uint8_t)by_default : choice == UPSELL_YES;
}

#endif
