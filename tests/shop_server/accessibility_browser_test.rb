# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/browser_tests"

# Contrast, names, headings, targets, focus, motion and width of all pages, as drawn.
class AccessibilityBrowserTest < Minitest::Test
  include BrowserTests

  # An expression, without the comment before it.
  AUDIT = File.read(File.join(__dir__, "support/audit.js"), encoding: "UTF-8")[/^\(\(\) => .*/m]
  SIZES = { "phone" => Browser::PHONE, "small" => [320, 640], "desk" => Browser::DESK }.freeze
  CARTS = %w[S1-hojicha-joins S2-caddy-once S3-lotion-switch S4-karinto].freeze
  MERCHANT = { "scenarios" => "/scenarios", "explain" => "/scenarios/explain", "draft" => "/preview/S7-oil-draft",
               "nothing" => "/preview/S6-gift-card", "preview-end" => "/preview/S4-karinto/thank-you",
               "unknown" => "/preview/nobody" }.freeze

  CARTS.each do |cart|
    define_method("test_offer_#{cart.tr("-", "_")}") do
      open_offer(cart)
      audit_sizes(cart)
    end
  end

  MERCHANT.each do |name, path|
    define_method("test_merchant_#{name.tr("-", "_")}") do
      visit_merchant(path)
      assert_selector "h1"
      audit_sizes(name)
      complaints if name == "unknown" # the answer is a 404, and that is right
    end
  end

  # The fake shop's titles break between words only, as a list of lines.
  def test_titles_of_the_shop_break_between_words
    reference = check_out("no-offer")
    { "/" => %w[お茶の店（デモ）], "/nothing" => %w[ページが見つかりません],
      "/thank-you/#{reference}" => %w[ご注文ありがとう ございました] }.each do |path, lines|
      visit shop.shop + path
      Browser.size(*Browser::PHONE)
      assert_equal lines, lines_of("h1"), path
      Browser.size(200, 600)
      assert_empty lines_of("h1") - %w[お茶の店 （デモ） ページが 見つかりません ご注文 ありがとう ございました], path
    end
    complaints # the answer is a 404, and that is right
  end

  def test_messages
    open_offer("S1-hojicha-joins")
    find("#buy").click
    assert_selector "#consent-error", text: "同意"
    audit_sizes("consent-missing")
  end

  def test_progress_and_end
    open_offer("S4-karinto")
    execute_script("offer.hidden = true; progress.hidden = false")
    audit_sizes("progress")
    refresh_without_token
    assert_selector "#ended-title"
    audit_sizes("no-token")
  end

  def test_focus_is_seen_everywhere
    open_offer("S3-lotion-switch")
    ids = Array.new(9) { tab }
    assert_includes ids, "buy"
    assert_includes ids, "close"
    assert_includes ids, "consent"
    assert_includes ids, "more"
  end

  def test_reduced_motion_stops_what_moves
    open_offer("S4-karinto")
    execute_script("document.getElementById('progress').hidden = false")
    assert_equal "turn", style(".spinner", "animationName")
    Browser.driver.execute_cdp("Emulation.setEmulatedMedia",
                               features: [{ name: "prefers-reduced-motion", value: "reduce" }])
    assert_equal "none", style(".spinner", "animationName")
  ensure
    Browser.driver.execute_cdp("Emulation.setEmulatedMedia", features: [])
  end

  def test_timer_is_not_read_out_each_second
    open_offer("S4-karinto")
    assert_equal %w[timer off], [find("#clock")["role"], find("#clock")["aria-live"]]
    assert_equal "", find("#announcer", visible: :all).text(:all)
  end

  # The audit itself must find what is wrong.
  def test_audit_finds_faults
    open_offer("S4-karinto")
    {
      "document.querySelector('.variant').style.color = '#999'" => /contrast of text/,
      "document.getElementById('close').style.borderColor = '#ddd'" => /contrast of a border/,
      "less.removeAttribute('aria-label'); less.textContent = ''" => /no name/,
      "document.querySelector('h2').outerHTML = '<h4>x</h4>'" => /skip a level/,
      "const one = document.getElementById('close').style; one.minHeight = '20px'; one.padding = 0" => /target of/,
      "document.querySelector('.card').style.width = '3000px'" => /wider than/
    }.each do |script, fault|
      execute_script(script)
      assert(audit.any? { |found| found.match?(fault) }, "#{fault.inspect} was not found")
    end
  end

  private

  def audit
    evaluate_script(AUDIT)
  end

  # The lines of a text as they are drawn.
  def lines_of(selector)
    evaluate_script(<<~JS)
      (() => {
        const lines = new Map();
        const walker = document.createTreeWalker(document.querySelector(#{JSON.generate(selector)}), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          [...walker.currentNode.data].forEach((letter, i) => {
            const range = document.createRange();
            range.setStart(walker.currentNode, i);
            range.setEnd(walker.currentNode, i + 1);
            const top = Math.round(range.getBoundingClientRect().top);
            lines.set(top, (lines.get(top) ?? "") + letter);
          });
        }
        return [...lines.values()];
      })()
    JS
  end

  def audit_sizes(name)
    SIZES.each do |size, (width, height)|
      Browser.size(width, height)
      sleep 0.1 # drawn anew
      Browser.shot("#{name}-#{size}") unless size == "small"
      assert_empty audit, "#{name}, #{size}"
    end
  end

  def refresh_without_token
    address = current_url.split("#").first
    visit "about:blank"
    visit address
  end

  # Presses Tab, and looks whether one can see where one is.
  # @return [String] the id of what has the focus
  def tab
    Browser.driver.action.send_keys(:tab).perform
    id, seen = evaluate_script(<<~JS)
      (() => {
        const element = document.activeElement;
        const seen = [element, element.closest(".plan")].some((one) => {
          const style = one && getComputedStyle(one);
          return style && style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2;
        });
        return [element.id, seen || element === document.body];
      })()
    JS
    assert seen, "the focus on #{id.inspect} is not seen"
    id
  end

  def style(selector, property)
    evaluate_script("getComputedStyle(document.querySelector(#{JSON.generate(selector)})).#{property}")
  end
end
