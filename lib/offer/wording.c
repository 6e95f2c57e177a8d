/* SPDX-License-Identifier: MIT */
#include "offer/wording.h"

#include "money/display.h"
#include "offer/date.h"

const char *upsell__sentence_text(int32_t sentence, int32_t locale)
{
#define JAPANESE(symbol, ja, en) ja,
#define ENGLISH(symbol, ja, en) en,
  static const char *const japanese[] = {UPSELL__SENTENCE_LIST(JAPANESE)};
  static const char *const english[] = {UPSELL__SENTENCE_LIST(ENGLISH)};
#undef JAPANESE
#undef ENGLISH

  return locale == UPSELL_LOCALE_EN ? english[sentence] : japanese[sentence];
}

static void append_text(upsell__buffer *out, const char *text)
{
  upsell__buffer_append(out, text, strlen(text));
}

/* A unit after a number; `plural` counts in English only. */
static const char *unit_name(const upsell__voice *voice, int32_t unit, int plural)
{
  static const char *const japanese[] = {"",   "日", "週間", "か月", "年", "分",
                                         "秒", "点", "回",   "回",   "件"};
  static const char *const english[][2] = {
      {"", ""},
      {"day", "days"},
      {"week", "weeks"},
      {"month", "months"},
      {"year", "years"},
      {"minute", "minutes"},
      {"second", "seconds"},
      {"item", "items"},
      {"charge", "charges"},
      {"delivery", "deliveries"},
      {"subscription", "subscriptions"},
  };

  return voice->locale == UPSELL_LOCALE_EN ? english[unit][plural] : japanese[unit];
}

static void say_count(const upsell__voice *voice, int64_t number, int32_t unit)
{
  upsell__buffer_append_int(voice->out, number);
  if (voice->locale == UPSELL_LOCALE_EN)
    upsell__buffer_append_char(voice->out, ' ');
  append_text(voice->out, unit_name(voice, unit, number != 1));
}

/* English leaves out a single number: "every month". */
static void say_period(const upsell__voice *voice, int64_t number, int32_t unit)
{
  if (voice->locale == UPSELL_LOCALE_EN && number == 1)
    append_text(voice->out, unit_name(voice, unit, 0));
  else
    say_count(voice, number, unit);
}

/* Minutes and seconds, without those that are none. */
static void say_time(const upsell__voice *voice, int64_t seconds)
{
  if (seconds >= 60)
    say_count(voice, seconds / 60, UPSELL__UNIT_MINUTE);
  if (seconds >= 60 && seconds % 60 && voice->locale == UPSELL_LOCALE_EN)
    upsell__buffer_append_char(voice->out, ' ');
  if (seconds % 60)
    say_count(voice, seconds % 60, UPSELL__UNIT_SECOND);
}

static void say_money(const upsell__voice *voice, int64_t amount)
{
  char text[UPSELL__DISPLAY_MAX];

  upsell__buffer_append(voice->out, text,
                        upsell__money_display(amount, voice->currency, voice->money_style, text));
}

static void say_date(const upsell__voice *voice, const upsell_date *date)
{
  if (voice->locale == UPSELL_LOCALE_EN) {
    upsell__date_write(voice->out, date);
    return;
  }
  say_count(voice, date->year, UPSELL__UNIT_YEAR);
  upsell__buffer_append_int(voice->out, date->month);
  append_text(voice->out, "月");
  say_count(voice, date->day, UPSELL__UNIT_DAY);
}

static void say_word(const upsell__voice *voice, const upsell__word *word)
{
  switch (word->kind) {
  case UPSELL__WORD_NUMBER:
    upsell__buffer_append_int(voice->out, word->number);
    break;
  case UPSELL__WORD_COUNT:
    say_count(voice, word->number, word->unit);
    break;
  case UPSELL__WORD_PERIOD:
    say_period(voice, word->number, word->unit);
    break;
  case UPSELL__WORD_TIME:
    say_time(voice, word->number);
    break;
  case UPSELL__WORD_MONEY:
    say_money(voice, word->number);
    break;
  case UPSELL__WORD_DATE:
    say_date(voice, &word->date);
    break;
  default: /* UPSELL__WORD_TEXT */
    upsell__buffer_append(voice->out, word->text.data, word->text.len);
  }
}

void upsell__say_words(const upsell__voice *voice, int32_t sentence, const upsell__word *words)
{
  const char *at = upsell__sentence_text(sentence, voice->locale);

  while (*at) {
    size_t plain = strcspn(at, "{");
    upsell__buffer_append(voice->out, at, plain);
    at += plain;
    if (*at) {
      say_word(voice, &words[at[1] - '0']);
      at += 3;
    }
  }
}
