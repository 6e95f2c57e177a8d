# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "../shop_server"

module ShopServer
  # Why each scenario of a catalogue won or lost with an order, in Japanese.
  module Verdicts
    # `outcome` is :won, :lost (it was a candidate) or :out (it was none).
    Verdict = Struct.new(:scenario, :outcome, :sentence, keyword_init: true)

    # For every reason of the specification: DEC-1 and DEC-16 are about the order as a whole, the
    # others about one scenario (DEC-5 to DEC-12, DEC-14).
    SENTENCES = {
      store_plan: "ストアの料金プランが「ENTERPRISE」ではないため、どのシナリオも表示されません。",
      store_post_purchase_app: "チェックアウト設定の「購入後のページ」でこのアプリが選ばれていないため、どのシナリオも表示されません。",
      currency_mismatch: "注文の通貨とカタログの通貨が異なるため、どのシナリオも表示されません。",
      no_candidate: "この注文の商品をトリガーとする公開中のシナリオがないため、何も表示されません。",
      all_rejected: "候補のシナリオはありましたが、すべて条件に合わなかったため、何も表示されません。",
      pattern_not_enabled: "「都度商品→都度商品」のアップセルが、このストアでは有効になっていません。",
      other_items: "トリガー商品以外の商品も一緒に注文されており、このシナリオはその場合に表示しない設定です。",
      offer_not_shippable: "アップセル商品が「配送が必要な商品」ではありません。",
      offer_subscription_only: "アップセル商品は定期購入のみで販売されているため、「都度商品→定期商品」以外では表示できません。",
      order_has_subscription: "注文に定期商品が含まれています。「都度商品→定期商品」は、定期商品のない注文でのみ表示できます。",
      no_shipping_address: "注文にお届け先の住所がないため、定期便を始められません。",
      no_matching_cycle: "購入されたプランと同じ周期のプランが、このシナリオに設定されていません。",
      offer_out_of_stock: "アップセル商品の在庫が足りません。",
      lower_priority: "条件に合いましたが、優先度がより高い（数値の小さい、または同じ数値で先にある）シナリオが表示されます。"
    }.freeze
    # A newer library may have more of them.
    UNKNOWN = "このバージョンのサーバーでは説明できない理由です。"
    WON = "条件に合い、優先度がもっとも高いため、このシナリオが表示されます。"
    DRAFT = "非公開のため、判定の対象になりません。"
    NO_TRIGGER = "この注文に、このシナリオのトリガー商品（定期・都度の別も一致するもの）がありません。"
    private_constant :UNKNOWN, :WON, :DRAFT, :NO_TRIGGER

    module_function

    # @param reason [Symbol] one of Upsell::Reason
    # @return [String]
    def sentence(reason)
      SENTENCES.fetch(reason, UNKNOWN)
    end

    # @param catalog [Upsell::Catalog]
    # @param decision [Upsell::Decision] one that was asked to explain
    # @return [Array<Verdict>] one for each scenario of the catalogue, in its order
    def all(catalog, decision)
      reasons = decision.considered.to_h { |one| [one.scenario_id, one.reason] }
      catalog.scenarios.map do |scenario|
        outcome, sentence = one(scenario, decision, reasons[scenario.id])
        Verdict.new(scenario: scenario, outcome: outcome, sentence: sentence)
      end
    end

    def one(scenario, decision, reason)
      if decision.offer&.scenario_id == scenario.id then [:won, WON]
      elsif reason then [:lost, sentence(reason)]
      elsif scenario.status == :draft then [:out, DRAFT]
      elsif whole_order?(decision.reason) then [:out, sentence(decision.reason)]
      else [:out, NO_TRIGGER]
      end
    end

    # Whether no scenario was looked at (DEC-1).
    def whole_order?(reason)
      %i[store_plan store_post_purchase_app currency_mismatch].include?(reason)
    end
    private_class_method :one, :whole_order?
  end
end
