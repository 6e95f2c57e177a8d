# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What all tests of the shop server need: services over a database of their own, a clock that they
# set, tokens as the platform makes them, and the whole log.
require "json"
require "minitest"
require "stringio"
require "tmpdir"
require_relative "../../../bindings/ruby/test/support/junit"

ROOT = File.expand_path("../../..", __dir__)
SHOP_SERVER = File.join(ROOT, "examples/ruby/shop_server")
require_relative "../../../examples/ruby/shop_server/lib/shop_server/services"
require_relative "../../../examples/ruby/shop_server/lib/shop_server/token"

# A clock that stands still until a test moves it.
class SetClock
  attr_accessor :now

  def initialize(now = 1_795_000_000)
    @now = now
  end

  def call
    now
  end

  def advance(seconds)
    @now += seconds
  end
end

module ShopServerTests
  SECRET = "planted-client-secret-5f3a"
  ADMIN_TOKEN = "planted-admin-token-77c1"
  PASSWORD = "planted-password-09ab"
  CUSTOMER = 7_310_000_009_991
  CATALOG = File.join(ROOT, "examples/shopify-store/catalog.json")
  INPUT_DATA = JSON.parse(File.read(File.join(ROOT, "examples/shopify-store/input-data.json"), encoding: "UTF-8")).freeze
  # A port on which nothing listens. At the default ports there may be a shop that somebody looks at.
  NOBODY = 1
  ENVIRONMENT = {
    "SHOP_CLIENT_ID" => "demo-client", "SHOP_CLIENT_SECRET" => SECRET, "SHOP_ADMIN_TOKEN" => ADMIN_TOKEN,
    "SHOP_MERCHANT_USER" => "merchant", "SHOP_MERCHANT_PASSWORD" => PASSWORD,
    "SHOP_DOMAIN" => "tea-shop.myshopify.com", "SHOP_CATALOG" => CATALOG,
    "SHOP_PUBLIC_URL" => "http://127.0.0.1:#{NOBODY}", "SHOP_PLATFORM_URL" => "http://127.0.0.1:#{NOBODY}"
  }.freeze

  # A purchase of each pattern: product, variant, selling plan, yen paid.
  PURCHASES = {
    1 => [8_240_000_000_001, 44_510_000_000_001, 6_930_000_001, 900],
    2 => [8_240_000_000_002, 44_510_000_000_002, 6_930_000_001, 900],
    3 => [8_240_000_000_001, 44_510_000_000_001, nil, 1000],
    4 => [8_240_000_000_003, 44_510_000_000_003, nil, 1800],
    nil => [8_240_000_000_004, 44_510_000_000_004, nil, 356] # no offer
  }.freeze

  # A folder for the test, a clock, and services; all gone after it.
  def setup
    super
    @folder = Dir.mktmpdir("shop-server-")
    @clock = SetClock.new
    @log_text = StringIO.new
  end

  def teardown
    @services&.close
    FileUtils.remove_entry(@folder)
    super
  end

  attr_reader :folder, :clock

  def environment(more = {})
    ENVIRONMENT.merge("SHOP_STATE" => folder).merge(more)
  end

  def config
    @config ||= ShopServer::Config.from_env(environment)
  end

  def log
    @log ||= ShopServer::Log.new(@log_text)
  end

  def services
    @services ||= ShopServer::Services.build(config, log: log, clock: clock)
  end

  # @return [Array<Hash>] the lines of the log
  def log_lines
    @log_text.string.lines.map { |line| JSON.parse(line) }
  end

  # InputData of a purchase.
  def input_data(pattern, reference: "ref-#{pattern}", domain: "tea-shop.myshopify.com")
    product, variant, plan, yen = PURCHASES.fetch(pattern)
    money = { "amount" => "#{yen}.0", "currencyCode" => "JPY" }
    set = { "shopMoney" => money, "presentmentMoney" => money }
    line = { "product" => { "id" => product, "title" => "お茶", "metafields" => [],
                            "variant" => { "id" => variant, "title" => "100g", "metafields" => [] } },
             "quantity" => 1, "totalPriceSet" => set }
    line["sellingPlanId"] = plan if plan
    INPUT_DATA.merge("initialPurchase" => { "referenceId" => reference, "customerId" => CUSTOMER,
                                            "destinationCountryCode" => "JP", "totalPriceSet" => set,
                                            "lineItems" => [line] },
                     "shop" => { "id" => 60_000_000_001, "domain" => domain, "metafields" => [] })
  end

  # The platform's token for InputData. Keywords replace claims.
  def token(data, key: SECRET, algorithm: "HS256", **claims)
    reference = data.dig("initialPurchase", "referenceId")
    payload = { "iss" => "shopify", "sub" => reference, "iat" => clock.now, "input_data" => data }
    JWT.encode(payload.merge(claims.transform_keys(&:to_s)), key, algorithm)
  end
end
