/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <inttypes.h>
#include <string.h>

#include "cli.h"

struct text_language {
  const char *code;
  const char *order;
  const char *offer;
  const char *quantity_up_to;
  const char *now;
  const char *checkout;
  const char *cycle[2]; /* before and behind a cycle's number */
  const char *plan;
  const char *contract;
  const char *replaces;
  const char *total;
  const char *no_offer;
  const char *lost;
  const char *line;
  const char *patterns[4];
  const char *(*reason)(int32_t reason);
};

static const char *reason_ja(int32_t reason)
{
  switch (reason) {
  case UPSELL_REASON_STORE_PLAN:
    return "ストアの料金プランが対象外です";
  case UPSELL_REASON_STORE_POST_PURCHASE_APP:
    return "購入後ページの拡張アプリに選択されていません";
  case UPSELL_REASON_CURRENCY_MISMATCH:
    return "注文の通貨がカタログと異なります";
  case UPSELL_REASON_NO_CANDIDATE:
    return "該当するシナリオがありません";
  case UPSELL_REASON_ALL_REJECTED:
    return "該当シナリオはすべて条件を満たしませんでした";
  case UPSELL_REASON_PATTERN_NOT_ENABLED:
    return "都度商品→都度商品が有効になっていません";
  case UPSELL_REASON_OTHER_ITEMS:
    return "トリガー商品以外の商品が含まれています";
  case UPSELL_REASON_OFFER_NOT_SHIPPABLE:
    return "アップセル商品が配送不要の商品です";
  case UPSELL_REASON_OFFER_SUBSCRIPTION_ONLY:
    return "アップセル商品が定期購入限定です";
  case UPSELL_REASON_ORDER_HAS_SUBSCRIPTION:
    return "注文に定期商品が含まれています";
  case UPSELL_REASON_NO_SHIPPING_ADDRESS:
    return "配送先住所がありません";
  case UPSELL_REASON_NO_MATCHING_CYCLE:
    return "同じ周期のプランがありません";
  case UPSELL_REASON_OFFER_OUT_OF_STOCK:
    return "アップセル商品の在庫が足りません";
  case UPSELL_REASON_LOWER_PRIORITY:
    return "優先度がより高いシナリオがあります";
  default:
    return "";
  }
}

static const text_language languages[] = {
    {"en",
     "order",
     "offer",
     "up to",
     "charged now",
     "checkout rounds to",
     {"from cycle ", ""},
     "plan",
     "contract",
     "replaces",
     "total",
     "no offer",
     "lost",
     "line",
     {"subscription to subscription", "subscription to one-time", "one-time to subscription",
      "one-time to one-time"},
     upsell_reason_name},
    {"ja",
     "注文",
     "提案",
     "最大",
     "今回のお支払い",
     "チェックアウトの端数処理では",
     {"", "回目以降"},
     "プラン",
     "契約",
     "置き換える明細",
     "合計",
     "提案なし",
     "不採用",
     "行",
     {"定期商品→定期商品", "定期商品→都度商品", "都度商品→定期商品", "都度商品→都度商品"},
     reason_ja},
};

const text_language *text_language_of(const char *code)
{
  size_t i;

  for (i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
    if (strcmp(languages[i].code, code) == 0)
      return &languages[i];
  }
  return NULL;
}

static void print_money(FILE *out, const upsell_decision_view *view, int64_t amount)
{
  char text[32];

  if (upsell_money_format(amount, &view->currency, text, sizeof(text), NULL) == UPSELL_OK)
    fprintf(out, "%s %s", text, view->currency.code);
}

/* What is charged now, and what the checkout's rounding gives where that is another amount. */
static void print_now(FILE *out, const text_language *language, const upsell_decision_view *view,
                      int64_t offer_page, int64_t checkout)
{
  print_money(out, view, offer_page);
  if (offer_page != checkout) {
    fprintf(out, " (%s ", language->checkout);
    print_money(out, view, checkout);
    fputc(')', out);
  }
}

static void print_price(FILE *out, const text_language *language, const upsell_decision_view *view,
                        const upsell_price *price)
{
  size_t i;

  fprintf(out, "%s ", language->now);
  print_now(out, language, view, price->offer_page.line, price->checkout.line);
  for (i = 0; i < price->recurring_count; i++) {
    fprintf(out, ", %s%" PRId32 "%s ", language->cycle[0], price->recurring[i].from_cycle,
            language->cycle[1]);
    print_money(out, view, price->recurring[i].line);
  }
  fputc('\n', out);
}

static void print_target(FILE *out, const text_language *language, const upsell_decision_view *view,
                         const upsell_target *target)
{
  fputs("    ", out);
  print_price(out, language, view, &target->price);
  if (target->selling_plan_id.data) {
    fprintf(out, "      %s ", language->plan);
    print_clean(out, target->selling_plan_id);
    fputc('\n', out);
  }
  if (target->contract_id.data) {
    fprintf(out, "      %s ", language->contract);
    print_clean(out, target->contract_id);
    fputc('\n', out);
  }
}

static void print_choice(FILE *out, const text_language *language, const upsell_decision_view *view,
                         const upsell_plan_choice *choice)
{
  fprintf(out, "    | %s ", language->plan);
  print_clean(out, choice->selling_plan_id);
  fputs(": ", out);
  print_price(out, language, view, &choice->price);
}

static void print_offer(FILE *out, const text_language *language, const upsell_decision_view *view)
{
  size_t i;

  fprintf(out, "  %s ", language->offer);
  print_clean(out, view->scenario_id);
  fputs(" \"", out);
  print_clean(out, view->scenario_name);
  fprintf(out, "\" (%s)\n    ", language->patterns[view->pattern - 1]);
  print_clean(out, view->product_title);
  fputc(' ', out);
  print_clean(out, view->variant_title);
  fprintf(out, " x %" PRId32, view->quantity.initial);
  if (view->quantity.max != view->quantity.initial)
    fprintf(out, " (%s %" PRId32 ")", language->quantity_up_to, view->quantity.max);
  fputc('\n', out);
  for (i = 0; i < view->target_count; i++)
    print_target(out, language, view, &view->targets[i]);
  for (i = 0; i < view->choice_count; i++)
    print_choice(out, language, view, &view->choices[i]);
  for (i = 0; i < view->cancel_line_count; i++) {
    fprintf(out, "    %s ", language->replaces);
    print_clean(out, view->cancel_line_ids[i]);
    fputc('\n', out);
  }
  if (view->target_count > 1) {
    fprintf(out, "    %s ", language->total);
    print_now(out, language, view, view->total_offer_page, view->total_checkout);
    fputc('\n', out);
  }
}

void text_print_decision(FILE *out, const text_language *language, const upsell_decision_view *view)
{
  size_t i;

  fprintf(out, "%s ", language->order);
  print_clean(out, view->order_id);
  fputc('\n', out);
  if (view->outcome == UPSELL_OUTCOME_OFFER)
    print_offer(out, language, view);
  else
    fprintf(out, "  %s: %s\n", language->no_offer, language->reason(view->reason));
  for (i = 0; i < view->considered_count; i++) {
    fprintf(out, "  %s ", language->lost);
    print_clean(out, view->considered[i].scenario_id);
    fprintf(out, ": %s\n", language->reason(view->considered[i].reason));
  }
}

void text_print_error(FILE *out, const text_language *language, const upsell_error *error,
                      uint64_t line)
{
  fprintf(out, "%s %" PRIu64 ": ", language->line, line);
  print_clean(out, upsell_str_of(error->pointer));
  fprintf(out, ": %s: ", upsell_status_name(error->code));
  print_clean(out, upsell_str_of(error->message));
  fputc('\n', out);
}
