// SPDX-License-Identifier: MIT
// What a buyer is told when something is not as it should be.

const SAFE = "確定したご注文は、このままお届けします。";

const TEXTS = {
  again: { text: "通信できませんでした。ご請求は発生していません。もう一度お試しください。" },
  quote_failed: { text: "金額を確認できませんでした。元の数量とお届けコースに戻しました。もう一度お試しください。" },
  consent: { text: "定期便のお申込みには、内容への同意が必要です。チェックを入れてください。" },
  preview: { text: "プレビューのため、購入はされません。お客様の画面では、ここでお支払いに進みます。" },
  expired: { title: "ご案内の時間が過ぎました", text: `追加のご注文は承れませんでした。ご請求はありません。${SAFE}` },
  declined: { title: "ご案内は終了しています", text: `追加のご請求はありません。${SAFE}` },
  ordered: { title: "追加のご注文は承っています", text: "ご注文完了ページでご確認ください。" },
  offer_changed: { title: "内容が変わりました", text: `在庫や内容が変わったため、追加のご注文は承れませんでした。ご請求はありません。${SAFE}` },
  price_changed: { title: "価格が変わりました", text: `表示していた価格が変わったため、追加のご注文を中止しました。ご請求はありません。${SAFE}` },
  terms_changed: { title: "内容が変わりました", text: `表示していた金額や条件が変わったため、追加のご注文を中止しました。ご請求はありません。${SAFE}` },
  price_differs: { title: "追加のご注文を中止しました", text: `お支払い額を確認できなかったため、お支払いには進みませんでした。この画面でのご請求はありません。${SAFE}` },
  not_charged: { title: "追加のご注文は確定できませんでした", text: `お支払いの手続きができませんでした。${SAFE}` },
  unknown: { title: "結果を確認しています", text: `通信が途切れたため、追加のご注文の結果を確認しています。二重にご請求することはありません。${SAFE}` },
  no_token: { title: "このページの有効期限が切れました", text: `追加のご注文は承れません。ご請求はありません。${SAFE}` },
  unreachable: { title: "ただいまご案内できません", text: `通信できませんでした。ご請求はありません。${SAFE}` },
  refused: { title: "追加のご注文は承れませんでした", text: `このご案内によるご請求はありません。${SAFE}` },
};

export function textOf(kind) {
  return TEXTS[kind] ?? TEXTS.refused;
}
