# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/helper"
require_relative "../../examples/ruby/shop_server/lib/shop_server/demo"

# Settings: what must be set, what is refused, and that secrets stay secret.
class ConfigTest < Minitest::Test
  include ShopServerTests

  def problems(more)
    assert_raises(ShopServer::Config::Invalid) { ShopServer::Config.from_env(environment(more)) }.message.lines(chomp: true)
  end

  # What a test sends by mistake reaches no shop that is open on this machine.
  def test_the_tests_know_nobody
    [config.public_url, config.shop_url].each do |address|
      assert_raises(Errno::ECONNREFUSED) { TCPSocket.new(URI(address).host, URI(address).port) }
    end
  end

  def test_defaults
    config = ShopServer::Config.from_env(environment("SHOP_PUBLIC_URL" => "", "SHOP_PLATFORM_URL" => ""))
    assert_equal ["demo-client", "tea-shop.myshopify.com", "127.0.0.1", 8480, "http://127.0.0.1:8480",
                  "http://127.0.0.1:8481", :numbers, File.join(folder, "app.sqlite3")],
                 [config.client_id, config.shop_domain, config.bind, config.port, config.public_url, config.shop_url,
                  config.ids, config.database_path]
    assert_equal [64 * 1024, 1024 * 1024, 24 * 3600, 30],
                 config.limits.to_h.values_at(:body_bytes, :webhook_bytes, :token_seconds, :leeway_seconds)
    assert_predicate config, :frozen?
    assert_predicate config.limits, :frozen?
  end

  def test_what_is_missing_is_told_all_at_once
    error = assert_raises(ShopServer::Config::Invalid) { ShopServer::Config.from_env({}) }
    assert_equal %w[SHOP_CLIENT_ID SHOP_CLIENT_SECRET SHOP_ADMIN_TOKEN SHOP_MERCHANT_USER SHOP_MERCHANT_PASSWORD],
                 error.message.scan(/^SHOP_\w+/)
  end

  def test_what_is_refused
    assert_match(/SHOP_CLIENT_SECRET must have at least 16 bytes, found 5/, problems("SHOP_CLIENT_SECRET" => "short")[0])
    assert_match(/SHOP_MERCHANT_PASSWORD must have at least 12 bytes, found 6/, problems("SHOP_MERCHANT_PASSWORD" => "secret")[0])
    { "SHOP_PORT" => %w[0 65536 x 80.5 0x50], "SHOP_TOKEN_SECONDS" => %w[59 -1], "SHOP_BODY_BYTES" => %w[1e9],
      "SHOP_PUBLIC_URL" => ["ftp://a", "http://", "localhost:80", "http://a/b", "http://a?b", "a b"] }.each do |name, values|
      values.each { |value| assert_equal [name], problems(name => value).map { |line| line[/\A\w+/] }, value }
    end
  end

  def test_secrets_are_not_shown
    refute_match(/planted/, config.inspect)
    refute_match(/planted/, "#{config}")
  end

  def test_a_demo_makes_what_is_not_set
    one, two = Array.new(2) { ShopServer::Demo.environment({ "SHOP_CLIENT_ID" => "mine" }, { demo: true, state: folder }) }
    config = ShopServer::Config.from_env(one)
    assert_equal ["mine", "#{folder}/app.sqlite3"], [config.client_id, config.database_path]
    secrets = %w[SHOP_CLIENT_SECRET SHOP_ADMIN_TOKEN SHOP_MERCHANT_PASSWORD]
    assert_equal 6, (one.values_at(*secrets) + two.values_at(*secrets)).uniq.size
    assert_raises(ShopServer::Config::Invalid) do
      ShopServer::Config.from_env(ShopServer::Demo.environment({}, { state: folder }))
    end
  end
end
