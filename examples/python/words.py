# SPDX-License-Identifier: MIT
"""What the report and the chart say, in English and in Japanese."""

from __future__ import annotations

from dataclasses import dataclass

from upsell import Pattern, Reason


@dataclass(frozen=True)
class Words:
    """Braces are filled in."""

    before: str
    after: str
    change: str
    heading: str
    offers: str
    no_offer: str
    now: str
    cycle: str
    same_cycles: str
    all_cycles: str
    page_higher: str
    page_lower: str
    gap_total: str
    gap_largest: str
    scenario: str
    pattern: str
    won_before: str
    won_after: str
    now_before: str
    now_after: str
    more: str
    chart_wins: str
    chart_cycles: str
    chart_sum: str
    chart_cycle: str
    written: str
    patterns: dict[Pattern, str]
    reasons: dict[Reason, str]


ENGLISH = Words(
    before="before",
    after="after",
    change="change",
    heading="{orders} orders decided with both catalogues; for {moved} of them another scenario,"
    " or none, would win.",
    offers="offers",
    no_offer="no offer: {reason}",
    now="charged now, {currency}",
    cycle="cycle {first}, {currency}",
    same_cycles="cycles {first} to {last}, each, {currency}",
    all_cycles="cycles 1 to {cycles}, {currency}",
    page_higher="page's price above the checkout's",
    page_lower="page's price below the checkout's",
    gap_total="  in all, {currency}",
    gap_largest="  at most, {currency}",
    scenario="scenario",
    pattern="pattern",
    won_before="won before",
    won_after="won after",
    now_before="now before",
    now_after="now after",
    more="and {count} more scenarios",
    chart_wins="Offers by scenario",
    chart_cycles="Revenue of each cycle ({currency})",
    chart_sum="Revenue from cycle 1 on, added up ({currency})",
    chart_cycle="cycle",
    written="Written: {files}",
    patterns={
        Pattern.SUBSCRIPTION_TO_SUBSCRIPTION: "subscription to subscription",
        Pattern.SUBSCRIPTION_TO_ONE_TIME: "subscription to one-time",
        Pattern.ONE_TIME_TO_SUBSCRIPTION: "one-time to subscription",
        Pattern.ONE_TIME_TO_ONE_TIME: "one-time to one-time",
    },
    reasons={
        Reason.STORE_PLAN: "the store's plan",
        Reason.STORE_POST_PURCHASE_APP: "another post-purchase app",
        Reason.CURRENCY_MISMATCH: "another currency",
        Reason.NO_CANDIDATE: "no candidate",
        Reason.ALL_REJECTED: "all rejected",
    },
)

JAPANESE = Words(
    before="変更前",
    after="変更後",
    change="差",
    heading="{orders}件の注文を両方のカタログで判定しました。うち{moved}件で、選ばれるシナリオが変わります。",
    offers="提案",
    no_offer="提案なし：{reason}",
    now="今回のお支払い（{currency}）",
    cycle="{first}回目（{currency}）",
    same_cycles="{first}〜{last}回目の各回（{currency}）",
    all_cycles="1〜{cycles}回目の合計（{currency}）",
    page_higher="画面の金額がチェックアウトより高い",
    page_lower="画面の金額がチェックアウトより低い",
    gap_total="　差額の合計（{currency}）",
    gap_largest="　差額の最大（{currency}）",
    scenario="シナリオ",
    pattern="パターン",
    won_before="採用（変更前）",
    won_after="採用（変更後）",
    now_before="今回（変更前）",
    now_after="今回（変更後）",
    more="ほか{count}件のシナリオ",
    chart_wins="シナリオ別の提案数",
    chart_cycles="回ごとの売上（{currency}）",
    chart_sum="1回目からの累計売上（{currency}）",
    chart_cycle="回",
    written="出力ファイル：{files}",
    patterns={
        Pattern.SUBSCRIPTION_TO_SUBSCRIPTION: "定期商品→定期商品",
        Pattern.SUBSCRIPTION_TO_ONE_TIME: "定期商品→都度商品",
        Pattern.ONE_TIME_TO_SUBSCRIPTION: "都度商品→定期商品",
        Pattern.ONE_TIME_TO_ONE_TIME: "都度商品→都度商品",
    },
    reasons={
        Reason.STORE_PLAN: "料金プランが対象外",
        Reason.STORE_POST_PURCHASE_APP: "拡張アプリに未選択",
        Reason.CURRENCY_MISMATCH: "通貨が異なる",
        Reason.NO_CANDIDATE: "該当シナリオなし",
        Reason.ALL_REJECTED: "すべて条件を満たさず",
    },
)

WORDS = {"en": ENGLISH, "ja": JAPANESE}
