# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/browser_tests"

# The offer page in a browser, against the whole server.
class OfferBrowserTest < Minitest::Test
  include BrowserTests

  HOJICHA = 44_510_000_000_002
  CADDY = 44_510_000_000_003
  KARINTO = 44_510_000_000_004
  LOTION = 44_510_000_000_005

  def test_countdown_ends_on_the_thank_you_page_and_charges_nothing
    reference = check_out(LiveShop::SHORT)
    before = lines(reference)
    on_the_thank_you_page
    assert_equal before, lines(reference)
    assert_equal 1, charges(reference).size
  end

  def test_meter_changes_the_amounts_and_the_server_computes_them
    open_offer("S4-karinto")
    Browser.shot("karinto-desk")
    # 356 yen less 10 %: a checkout would come to 320, and the plan charges what the page shows.
    assert_equal %w[321円 321円], amounts
    assert_text "カート画面（320円）とは異なるため、お支払いは321円となります。"
    find("#more").click
    assert_selector "#subtotal", text: "641円" # 712 - 71
    assert_equal %w[641円 641円], amounts
    assert_text "カート画面（640円）とは異なるため、お支払いは641円となります。"
    find("#less").click
    assert_selector "#subtotal", text: "321円"
    assert_equal "true", find("#less")["aria-disabled"]
    find("#less").click
    assert_equal "1", find("#quantity").text
  end

  def test_meter_ends_at_the_most_that_is_allowed
    open_offer("S4-karinto")
    12.times { find("#more").click }
    assert_equal "9", find("#quantity").text
    assert_equal "true", find("#more")["aria-disabled"]
    assert_selector "#subtotal", text: "2,884円" # 3204 - 320
    assert_selector "#buy:enabled"
  end

  def test_buy_button_waits_while_amounts_are_fetched
    open_offer("S4-karinto")
    execute_script(<<~JS)
      window.seen = [];
      const button = document.getElementById("buy");
      new MutationObserver(() => window.seen.push([button.disabled, button.textContent]))
        .observe(button, { attributes: true, childList: true });
    JS
    find("#more").click
    assert_selector "#subtotal", text: "641円"
    assert_selector "#buy:enabled", text: "追加注文する"
    assert_includes evaluate_script("window.seen"), [true, "金額を確認しています…"]
  end

  def test_amounts_that_cannot_be_fetched_are_not_bought
    reference = open_offer("S4-karinto")
    cut_off("*/quote*") do
      find("#more").click
      assert_selector "#message", text: "金額を確認できませんでした"
      Browser.shot("quote-failed-desk")
      assert_equal "1", find("#quantity").text
    end
    find("#buy").click
    on_the_thank_you_page
    assert_equal [KARINTO, 1, 321, true], lines(reference).last
    complaints
  end

  def test_buyer_who_was_cut_off_tries_again_and_pays_once
    reference = open_offer("S4-karinto")
    cut_off("*/sign-changeset") do
      find("#buy").click
      assert_selector "#message", text: "通信できませんでした。ご請求は発生していません。"
      Browser.shot("cut-off-desk")
    end
    assert_equal "buy", focused
    find("#buy").click
    on_the_thank_you_page
    assert_equal [1800, 321], charges(reference)
    complaints
  end

  def test_reload_after_a_click_waits_and_leads_on
    reference = open_offer("S4-karinto")
    sign_in_another_window
    refresh
    assert_selector "#progress-title", text: "ご注文の手続きをしています"
    assert_equal "progress-title", focused
    on_the_thank_you_page
    assert_equal [1800], charges(reference)
  end

  def test_double_click_asks_and_charges_once
    reference = open_offer("S4-karinto")
    before = asked("/sign-changeset")
    find("#buy").double_click
    on_the_thank_you_page
    Browser.shot("thank-you-desk")
    assert_equal before + 1, asked("/sign-changeset")
    assert_equal [1800, 321], charges(reference)
    assert_equal [[CADDY, 1, 1800, true], [KARINTO, 1, 321, true]], lines(reference)
  end

  def test_keyboard_alone_buys_once_with_two_presses_of_enter
    reference = open_offer("S1-hojicha-joins")
    tab_to("more")
    press(:enter)
    assert_selector "#subtotal", text: "1,600円"
    assert_equal "more", focused
    tab_to("consent")
    press(:space)
    tab_to("buy")
    assert_selector "#buy:enabled"
    before = asked("/sign-changeset")
    press(:enter)
    press(:enter)
    on_the_thank_you_page
    assert_equal before + 1, asked("/sign-changeset")
    assert_equal [HOJICHA, 2, 1600, true], lines(reference).last
    assert_equal 2, charges(reference).size
  end

  def test_reload_keeps_the_countdown
    open_offer("S4-karinto")
    assert_operator seconds_left, :<=, 180
    eventually { seconds_left <= 176 }
    before = seconds_left
    refresh
    assert_selector "#buy:enabled"
    assert_operator seconds_left, :<=, before
    assert_operator seconds_left, :>, before - 15
  end

  def test_declined_offer_leaves_the_order_untouched
    reference = open_offer("S1-hojicha-joins")
    address = current_url
    # The first purchase's own contract is made a moment later, whatever the buyer does here.
    eventually { shop.ledger(reference)["contracts"].size == 1 }
    before = shop.ledger(reference)
    click_button "今回は追加しない"
    on_the_thank_you_page
    assert_equal before.except("released"), shop.ledger(reference).except("released")
    visit "about:blank"
    visit address
    on_the_thank_you_page
  end

  def test_subscription_wants_consent
    reference = open_offer("S1-hojicha-joins")
    find("#buy").click
    assert_selector "#consent-error[role=alert]", text: "同意が必要です"
    assert_equal "true", find("#consent")["aria-invalid"]
    assert_equal "consent-error", find("#consent")["aria-describedby"]
    assert_equal "consent", focused
    Browser.shot("consent-missing-desk")
    assert_equal 1, charges(reference).size
    check "consent"
    assert_equal "", find("#consent-error", visible: :all).text
    find("#buy").click
    on_the_thank_you_page
    assert_equal 2, charges(reference).size
  end

  def test_subscription_joins_the_subscription
    reference = open_offer("S1-hojicha-joins")
    buy
    assert_equal [HOJICHA, 1, 800, true], lines(reference).last
    eventually { contract_items(reference).include?([HOJICHA, 1, 900]) }
    assert_equal 1, shop.ledger(reference)["contracts"].size
  end

  def test_one_time_item_joins_the_first_order_only
    reference = open_offer("S2-caddy-once")
    assert_no_selector "#consent"
    assert_no_selector "#timer"
    assert_no_selector "#meter"
    Browser.shot("caddy-desk")
    buy
    assert_equal [CADDY, 1, 1500, true], lines(reference).last
    eventually { contract_items(reference).map { |item| item.first(2) } == [[HOJICHA, 1]] }
  end

  def test_one_time_purchase_becomes_a_subscription
    reference = open_offer("S3-lotion-switch")
    choose "2か月ごとにお届け", allow_label_click: true
    assert_selector "#payment", text: "2,432円" # 3200 - 5 %, then - 20 %
    assert_selector ".terms h3", text: "2か月ごとにお届け"
    choose "3か月ごと・全4回コース", allow_label_click: true
    assert_selector ".terms .total", text: /全4回の合計\s11,232円/ # 2432 + 3040 + 3040 + 2720
    Browser.shot("lotion-desk")
    choose "2か月ごとにお届け", allow_label_click: true
    assert_selector "#payment", text: "2,432円"
    assert_selector ".terms h3", text: "2か月ごとにお届け"
    buy
    assert_includes charges(reference), 2432
    eventually { shop.ledger(reference)["refunds"] == [3200] }
    assert_equal [[LOTION, 1, 2432, true]], lines(reference)
    assert_equal [6_930_000_002], shop.ledger(reference)["contracts"].map { |contract| contract["plan_id"] }
  end

  def test_lost_answer_of_the_platform_charges_once
    shop.faults(lose_changeset: 1)
    reference = open_offer("S4-karinto")
    find("#buy").click
    on_the_thank_you_page
    assert_equal [1800, 321], charges(reference)
    complaints
  end

  # The page gives up, and the order is read without waiting for the changeset's end.
  def test_platform_that_says_nothing_is_looked_into_at_once
    shop.faults(lose_changeset: 100) # a browser, too, asks again
    reference = open_offer("S4-karinto")
    find("#buy").click
    assert_selector "#ended-title", text: "結果を確認しています"
    assert_equal [1800, 321], charges(reference)
    eventually { shop.log.any? { |line| line["event"] == "run_completed" && line["session"] == shop_session[0, 8] } }
    complaints
  ensure
    shop.faults(lose_changeset: 0)
  end

  # It was charged, and the answer is an error: the page does not say otherwise.
  def test_error_of_the_platform_is_not_called_a_refusal
    shop.faults(changeset_error: 1)
    reference = open_offer("S4-karinto")
    find("#buy").click
    assert_selector "#ended-title", text: "結果を確認しています"
    assert_equal [1800, 321], charges(reference)
  end

  # Another window of the buyer has accepted, and is about to pay.
  def test_second_window_that_wants_something_else_says_nothing_of_no_charge
    reference = open_offer("S4-karinto")
    sign_in_another_window
    find("#more").click
    assert_selector "#subtotal", text: "641円"
    find("#buy").click
    assert_selector "#progress-title", text: "ご注文の手続きをしています"
    on_the_thank_you_page
    assert_equal [1800], charges(reference)
    complaints
  end

  # A page that may have been charged from does not say that nothing is charged.
  def test_reload_without_the_token_after_a_click_says_nothing_of_no_charge
    open_offer("S4-karinto")
    sign_in_another_window
    visit "about:blank"
    visit shop.app + "/pages/" + shop_session
    assert_selector "#ended-title", text: "結果を確認しています"
  end

  def test_later_price_that_changed_is_not_agreed_to
    reference = open_offer("S3-lotion-switch")
    others = LiveShop.catalog
    others["selling_plans"].first["pricing"] << { "after_cycle" => 1, "type" => "price", "value" => "9000" }
    shop.write_catalog(others)
    sleep 1.2 # the server looks each second
    check "consent"
    find("#buy").click
    assert_selector "#ended-title", text: "内容が変わりました"
    assert_equal 1, charges(reference).size
    complaints
  ensure
    shop.write_catalog(LiveShop.catalog)
    sleep 1.2
  end

  def test_refused_payment_is_told
    shop.faults(refuse_changeset: 1)
    reference = open_offer("S4-karinto")
    find("#buy").click
    assert_selector "#ended-title", text: "追加のご注文は確定できませんでした"
    Browser.shot("not-charged-desk")
    assert_equal "ended-title", focused
    click_link "ご注文完了ページへ進む"
    on_the_thank_you_page
    assert_equal [1800], charges(reference)
  end

  def test_other_price_of_the_platform_is_not_paid
    reference = open_offer("S4-karinto")
    # As if the platform computed otherwise than the plan expects.
    execute_script(<<~JS)
      const real = window.fetch;
      window.fetch = async (address, options) => {
        const answer = await real(address, options);
        if (!String(address).endsWith("/changesets/calculate")) return answer;
        const body = await answer.json();
        body.calculatedPurchase.updatedLineItems[0].totalPriceSet.shopMoney.amount = "322.0";
        return Response.json(body);
      };
    JS
    find("#buy").click
    assert_selector "#ended-title", text: "追加のご注文を中止しました"
    assert_equal [1800], charges(reference)
  end

  def test_offer_that_is_made_no_more_is_told
    reference = open_offer("S4-karinto")
    others = LiveShop.catalog
    others["scenarios"].find { |scenario| scenario["id"] == "S4-karinto" }["status"] = "draft"
    shop.write_catalog(others)
    sleep 1.2 # the server looks each second
    find("#buy").click
    assert_selector "#ended-title", text: "内容が変わりました"
    assert_equal [1800], charges(reference)
    complaints
  ensure
    shop.write_catalog(LiveShop.catalog)
    sleep 1.2
  end

  def test_page_without_its_token_sells_nothing
    open_offer("S4-karinto")
    visit "about:blank"
    visit shop.app + "/pages/" + shop_session
    assert_selector "#ended-title", text: "有効期限が切れました"
    assert_no_selector "#buy"
  end

  def test_cart_without_an_offer_goes_to_the_thank_you_page
    check_out("no-offer")
    on_the_thank_you_page
  end

  private

  def amounts
    [find("#subtotal").text, find("#payment").text]
  end

  def buy
    check "consent" if page.has_css?("#consent", wait: 0)
    assert_selector "#buy:enabled"
    find("#buy").click
    on_the_thank_you_page
  end

  # Accepts, and goes no further.
  def sign_in_another_window
    page.evaluate_async_script(<<~JS)
      const done = arguments[0];
      const { session, sign } = document.getElementById("offer-page").dataset;
      const token = new URLSearchParams(location.hash.slice(1)).get("token");
      fetch(sign, { method: "POST", body: JSON.stringify({ session, quantity: 1 }),
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` } }).then(() => done());
    JS
  end

  def contract_items(reference)
    shop.ledger(reference)["contracts"].flat_map { |contract| contract["lines"] }
        .map { |line| line.values_at("variant_id", "quantity", "price") }
  end

  # How many requests for a route the server has answered.
  def asked(route)
    shop.log.count { |line| line["event"] == "request" && line["route"] == route }
  end

  # The id of the session that the page in the browser is about, remembered before it was left.
  def shop_session
    @shop_session
  end

  def open_offer(cart)
    super.tap { @shop_session = find("#offer-page")["data-session"] }
  end

  # Has requests to these addresses fail for as long as the block runs.
  def cut_off(pattern)
    Browser.driver.execute_cdp("Network.enable")
    Browser.driver.execute_cdp("Network.setBlockedURLs", urls: [pattern])
    yield
  ensure
    Browser.driver.execute_cdp("Network.setBlockedURLs", urls: [])
    Browser.driver.execute_cdp("Network.disable")
  end

  def focused
    evaluate_script("document.activeElement.id")
  end

  def press(key)
    Browser.driver.action.send_keys(key).perform
  end

  # As a person does who has no mouse.
  def tab_to(id)
    30.times do
      press(:tab)
      return if focused == id
    end
    flunk "#{id} cannot be reached with the Tab key"
  end
end
