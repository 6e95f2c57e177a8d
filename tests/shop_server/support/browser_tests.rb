# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "minitest"
require_relative "../../../bindings/ruby/test/support/junit"
require_relative "browser"
require_relative "live_shop"

Browser.register

# What the browser tests share: one server and one browser for all of them, a new order for each.
module BrowserTests
  include Capybara::DSL

  class << self
    def shop
      @shop ||= LiveShop.new.tap { |shop| Minitest.after_run { shop.stop } }
    end
  end

  Minitest.after_run { Capybara.current_session.quit }

  def setup
    super
    Browser.size(*Browser::DESK)
    complaints # what the test before left
  end

  def teardown
    Browser.shot("failed-#{name}") if failure
    assert_empty complaints.first(3), "the browser complained"
    super
  end

  def shop
    BrowserTests.shop
  end

  # Buys the cart that sets a scenario off, as a buyer does.
  # @return [String] the purchase's reference
  def check_out(cart)
    visit "#{shop.shop}/"
    find("form:has(input[value='#{cart}']) button").click
    assert_selector "#offer-page[data-mode=buyer], #order"
    (page.has_css?("#offer-page", wait: 0) ? find("#offer-page")["data-thank-you"] : current_url).split("/").last
  end

  # The offer page of a scenario, ready to be used.
  def open_offer(cart)
    reference = check_out(cart)
    assert_selector "#buy:enabled"
    reference
  end

  def on_the_thank_you_page
    assert_selector "#order"
    assert_includes current_url, "/thank-you/"
  end

  # A merchant's page. The browser remembers the password that it was once given.
  def visit_merchant(path)
    visit shop.app.sub("//", "//#{LiveShop::USER}:#{LiveShop::PASSWORD}@") + "/scenarios/explain"
    visit shop.app + path
  end

  # What the order's lines are: variant, quantity, yen, paid.
  def lines(reference)
    shop.ledger(reference)["lines"].reject { |line| line["current"].zero? }
        .map { |line| line.values_at("variant_id", "current", "total", "paid") }
  end

  def charges(reference)
    shop.ledger(reference)["charges"].map { |charge| charge["amount"] }
  end

  # Asks until the block says yes: for what the worker does in its own time.
  def eventually(seconds = 30)
    deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + seconds
    sleep 0.2 until yield || Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline
    assert yield, "it has not happened after #{seconds} seconds"
  end

  def seconds_left
    minutes, seconds = find("#clock").text.split(":").map(&:to_i)
    (minutes * 60) + seconds
  end

  # What the browser complains of: errors of scripts, what the security policy refused, and answers
  # that are no success. Looking empties the list.
  def complaints
    Browser.driver.logs.get(:browser).map(&:message)
  end
end
