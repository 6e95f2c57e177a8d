/* SPDX-License-Identifier: MIT */
/*
 * The sentences of the offer page in each language, and how what stands in them is
 * written. A place for a word is its number in braces: languages differ in their order.
 */
#ifndef UPSELL_OFFER_WORDING_H
#define UPSELL_OFFER_WORDING_H

#include <upsell/page.h>

#include "base/buffer.h"

/* X(SYMBOL, Japanese, English) */
#define UPSELL__SENTENCE_LIST(X)                                                                   \
  X(SUBTOTAL, "小計", "Subtotal")                                                                  \
  X(CHARGE_NOW, "今回のお支払い額", "Charged now")                                                 \
  X(QUANTITY, "数量", "Quantity")                                                                  \
  X(PLAN, "お届けコース", "Delivery plan")                                                         \
  /* Items of the disclosure. */                                                                   \
  X(ABOUT_QUANTITY, "分量", "Quantity")                                                            \
  X(ABOUT_PRICE, "販売価格", "Price")                                                              \
  X(ABOUT_CHARGES, "お支払いの時期・方法", "When and how you pay")                                 \
  X(ABOUT_DELIVERIES, "お届け時期", "Deliveries")                                                  \
  X(ABOUT_PERIOD, "お申込みの期間", "Time to accept")                                              \
  X(ABOUT_WITHDRAWAL, "返品・お申込みの撤回", "Returns and withdrawal")                            \
  X(ABOUT_CANCELLATION, "解約", "Cancellation")                                                    \
  /* Cycles, and which target is meant. */                                                         \
  X(CYCLE, "{0}ごと", "every {0}")                                                                 \
  X(TWO_CYCLES, "お支払い：{0}ごと、お届け：{1}ごと", "charged every {0}, delivered every {1}")    \
  X(HEADING, "【{0}】", "[{0}]")                                                                   \
  /* Quantity. */                                                                                  \
  X(JOINS_EACH, "ご注文の定期購入{0}のそれぞれに追加されます。",                                   \
    "Added to each of the {0} that you just bought.")                                              \
  X(EACH_DELIVERY, "各回のお届け：{0}", "Each delivery: {0}")                                      \
  X(ALL_DELIVERIES, "全{0}のお届けで合計{1}", "{0} in all: {1}")                                   \
  X(ENDS_AFTER, "全{0}のお支払いで終了します。", "It ends after {0}.")                             \
  X(GOES_ON, "解約のお手続きをされるまで、自動的に継続します。",                                   \
    "It goes on automatically until you cancel it.")                                               \
  X(FIRST_YEAR_ITEMS, "最初の1年間の目安：お届け{0}、合計{1}",                                     \
    "The first year, as a guide: {0}, {1}")                                                        \
  X(AT_LEAST, "最低{0}のお支払いが必要です。", "You agree to at least {0}.")                       \
  /* Price. */                                                                                     \
  X(EACH_TARGET, "定期購入1件あたりの金額です。", "These are the amounts for each subscription.")  \
  X(FIRST_PRICE, "初回 {0}", "Charge 1: {0}")                                                      \
  X(ONE_PRICE, "{0}回目 {1}", "charge {0}: {1}")                                                   \
  X(SOME_PRICES, "{0}〜{1}回目 各{2}", "charges {0} to {1}: {2} each")                             \
  X(FURTHER_PRICES, "{0}回目以降 毎回{1}", "from charge {0} on: {1} each")                         \
  X(NEXT_PRICE, "、", "; ")                                                                        \
  X(PRICES_FOR, "（{0}の金額）", " (for {0})")                                                     \
  X(TOTAL, "全{0}の合計 {1}", "Total of all {0}: {1}")                                             \
  X(ONLY_TOTAL, "お支払い総額 {0}", "Total: {0}")                                                  \
  X(LEAST_TOTAL, "最低{0}分の合計 {1}", "Total of the {0} that you agree to: {1}")                 \
  X(FIRST_YEAR, "最初の1年間のお支払い総額の目安 {0}（{1}分、解約されない場合）",                  \
    "The first year, as a guide: {0} ({1}, unless you cancel)")                                    \
  X(ALL_NOW, "今回のお支払い額の合計 {0}（定期購入{1}分）", "Charged now for all {1}: {0}")        \
  X(REFUND, "今回のご注文の対象商品（通常購入）はキャンセルし、その代金を返金します。",            \
    "The one-time purchase that this replaces is cancelled and refunded.")                         \
  X(NO_SHIPPING, "このお申込みによる追加の送料は、各回ともかかりません。",                         \
    "It adds no shipping charge, now or later.")                                                   \
  /* Charges. */                                                                                   \
  X(FIRST_CHARGE, "初回：この画面でのご注文確定時", "Charge 1: when you confirm on this page")     \
  X(SECOND_CHARGE, "2回目：初回の{0}後", "Charge 2: {0} after the first")                          \
  X(SOME_CHARGES, "2〜{0}回目：{1}ごと", "Charges 2 to {0}: every {1}")                            \
  X(FURTHER_CHARGES, "2回目以降：{0}ごと", "From charge 2 on: every {0}")                          \
  X(ON_DAY, "（{0}）", " ({0})")                                                                   \
  X(NEXT_DAY, "（次回 {0}）", " (next: {0})")                                                      \
  X(ONLY_CHARGE, "お支払いは今回の1回のみです。", "There is only this one charge.")                \
  X(SAME_PAYMENT, "お支払い方法：今回のご注文と同じお支払い方法",                                  \
    "Payment method: the one you used for your order")                                             \
  /* Deliveries. */                                                                                \
  X(DELIVERED_TOGETHER, "初回：今回のご注文の商品と一緒にお届けします。",                          \
    "Delivery 1: together with your order")                                                        \
  X(DELIVERED_INSTEAD, "初回：今回のご注文の対象商品に代えてお届けします。",                       \
    "Delivery 1: in place of what you ordered")                                                    \
  X(SECOND_DELIVERY, "2回目：初回の{0}後にお届けします。", "Delivery 2: {0} after the first")      \
  X(SOME_DELIVERIES, "2〜{0}回目：{1}ごとにお届けします。", "Deliveries 2 to {0}: every {1}")      \
  X(FURTHER_DELIVERIES, "2回目以降：{0}ごとにお届けします。", "From delivery 2 on: every {0}")     \
  X(DELIVERIES_UNTIL_END, "2回目以降：終了まで{0}ごとにお届けします。",                            \
    "From delivery 2 on: every {0} until it ends")                                                 \
  /* Period. */                                                                                    \
  X(PERIOD, "この画面が最初に表示されてから{0}間お申込みいただけます。",                           \
    "You can accept within {0} after this page was first shown.")                                  \
  /* Consent: what begins, and for how long. */                                                    \
  X(CONSENT_JOIN, "この商品が定期購入に追加され、{0}を確認し、同意します。",                       \
    "I agree that this item is added to my subscription and that {0}.")                            \
  X(CONSENT_JOIN_EACH, "この商品が定期購入{1}のそれぞれに追加され、{0}を確認し、同意します。",     \
    "I agree that this item is added to each of my {1} and that {0}.")                             \
  X(CONSENT_REPLACE,                                                                               \
    "今回のご注文の対象商品に代わってこの商品の定期購入が始まり、{0}を確認し、同意します。",       \
    "I agree that a subscription to this item replaces what I just bought and that {0}.")          \
  X(UNTIL_CANCELLED, "解約するまで自動的にお支払いが続くこと", "I am charged until I cancel")      \
  X(SO_OFTEN, "お支払いが全{0}あること", "there are {0} in all")                                   \
  X(ONCE, "お支払いが今回の1回のみであること", "this is the only charge")                          \
  X(AS_SHOWN, "表示された回数まで、または解約するまでお支払いが続くこと",                          \
    "I am charged as often as is shown for each, or until I cancel")                               \
  X(CONSENT_AT_LEAST, "（最低{0}）", ", at least {0}")

#define UPSELL__SENTENCE_ENUMERATOR(symbol, ja, en) UPSELL__SAY_##symbol,
enum upsell__sentence { UPSELL__SENTENCE_LIST(UPSELL__SENTENCE_ENUMERATOR) UPSELL__SENTENCES };
#undef UPSELL__SENTENCE_ENUMERATOR

/* Things that are counted; the first four are enum upsell_interval_unit. */
enum upsell__unit {
  UPSELL__UNIT_DAY = UPSELL_INTERVAL_DAY,
  UPSELL__UNIT_WEEK = UPSELL_INTERVAL_WEEK,
  UPSELL__UNIT_MONTH = UPSELL_INTERVAL_MONTH,
  UPSELL__UNIT_YEAR = UPSELL_INTERVAL_YEAR,
  UPSELL__UNIT_MINUTE,
  UPSELL__UNIT_SECOND,
  UPSELL__UNIT_ITEM,
  UPSELL__UNIT_CHARGE,
  UPSELL__UNIT_DELIVERY,
  UPSELL__UNIT_SUBSCRIPTION
};

/* How to speak, and where the words go. */
typedef struct upsell__voice {
  upsell__buffer *out;
  const upsell_currency *currency;
  int32_t locale;
  int32_t money_style;
} upsell__voice;

enum upsell__word_kind {
  UPSELL__WORD_NUMBER,
  UPSELL__WORD_COUNT,  /* "3 items" */
  UPSELL__WORD_PERIOD, /* the period of "every 3 months" and "every month" */
  UPSELL__WORD_TIME,   /* "1 minute 30 seconds" */
  UPSELL__WORD_MONEY,
  UPSELL__WORD_DATE,
  UPSELL__WORD_TEXT
};

/* Something in a sentence. */
typedef struct upsell__word {
  int32_t kind;
  int32_t unit;
  int64_t number;
  upsell_date date;
  upsell_str text;
} upsell__word;

static inline upsell__word upsell__counted(int64_t number, int32_t unit)
{
  upsell__word word = {UPSELL__WORD_COUNT, unit, number, {0, 0, 0, 0}, {NULL, 0}};

  return word;
}

static inline upsell__word upsell__valued(int32_t kind, int64_t number)
{
  upsell__word word = {kind, 0, number, {0, 0, 0, 0}, {NULL, 0}};

  return word;
}

static inline upsell__word upsell__period_of(const upsell_interval *interval)
{
  upsell__word word = upsell__counted(interval->count, interval->unit);

  word.kind = UPSELL__WORD_PERIOD;
  return word;
}

static inline upsell__word upsell__dated(upsell_date date)
{
  upsell__word word = {UPSELL__WORD_DATE, 0, 0, date, {NULL, 0}};

  return word;
}

static inline upsell__word upsell__quoted(upsell_str text)
{
  upsell__word word = {UPSELL__WORD_TEXT, 0, 0, {0, 0, 0, 0}, text};

  return word;
}

/* The text of a sentence, with its places, in a language that exists. */
const char *upsell__sentence_text(int32_t sentence, int32_t locale);

/* Says a sentence with words for its places; without places they may be NULL. */
void upsell__say_words(const upsell__voice *voice, int32_t sentence, const upsell__word *words);

/* The same for words that are listed, at least one. */
#define UPSELL__SAY(voice, sentence, ...)                                                          \
  upsell__say_words((voice), (sentence), (const upsell__word[]){__VA_ARGS__})

#endif
