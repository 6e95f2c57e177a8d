# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/helper"

# The server's README names what there is: settings, codes of refusals, routes, programs and files.
class ReadmeTest < Minitest::Test
  README = File.read(File.join(SHOP_SERVER, "README.md"), encoding: "UTF-8")
  SOURCES = Dir[File.join(SHOP_SERVER, "{lib/shop_server/*.rb,puma.rb,bin/*}")]
            .to_h { |path| [path, File.read(path, encoding: "UTF-8")] }.freeze
  ALL = SOURCES.values.join("\n").freeze

  # The rows of the first table behind a heading, as their cells.
  def table(heading)
    text = README.split("\n## #{heading}\n").fetch(1).split("\n## ").first
    text.scan(/^\|(.+)\|$/).map { |row,| row.split("|").map(&:strip) }.drop(2)
  end

  def words(text)
    text.scan(/`([^`]+)`/).flatten
  end

  def test_settings
    read = ALL.scan(/"(SHOP_[A-Z_]+)"/).flatten.uniq
    assert_operator read.size, :>, 20
    assert_equal read.sort, table("Settings").flat_map { |row| words(row[0]) }.sort
  end

  def test_defaults_of_settings
    config = ShopServer::Config.from_env(ShopServerTests::ENVIRONMENT.merge("SHOP_DOMAIN" => "", "SHOP_PLATFORM_URL" => ""))
    told = table("Settings").to_h { |row| [row[0], row[1]] }
    assert_equal "`#{config.shop_domain}`", told["`SHOP_DOMAIN`"]
    assert_equal "`#{config.shop_url}`", told["`SHOP_PLATFORM_URL`"]
    assert_equal "`#{config.bind}`, #{config.port}", told["`SHOP_BIND`, `SHOP_PORT`"]
    { "`SHOP_TOKEN_SECONDS`, `SHOP_LEEWAY_SECONDS`" => %i[token_seconds leeway_seconds],
      "`SHOP_BODY_BYTES`, `SHOP_WEBHOOK_BYTES`" => %i[body_bytes webhook_bytes],
      "`SHOP_CLIENT_PER_MINUTE`, `SHOP_SESSION_PER_MINUTE`" => %i[client_per_minute session_per_minute] }
      .each { |name, limits| assert_equal config.limits.to_h.values_at(*limits).join(", "), told[name] }
  end

  # What the sources refuse with, apart from codes of the core.
  def test_codes
    used = ALL.scan(/(?:refuse\(|Refusal\.new\()(\d+), "(\w+)"/)
    used += ALL.scan(/raise Refused, :(\w+)/).map { |code,| ["401", code] }
    used << %w[409 not_open] # beside codes of the core
    told = table("Refusals").flat_map { |statuses, codes| words(codes).map { |code| [statuses, code] } }
    used.uniq.each { |status, code| assert(told.any? { |statuses, word| statuses.include?(status) && word == code }, "#{status} #{code}") }

    ours = used.map(&:last)
    said = told.map(&:last) - %w[pointer state next offer_changed price_changed quantity_out_of_range plan_not_offered]
    assert_empty said - ours
  end

  def test_routes
    declared = ALL.scan(/^    (get|post) "([^"]+)" do/).map { |verb, path| [verb.upcase, path.gsub(/:(\w+)/) { place($1) }] }
    assert_operator declared.size, :>, 9
    told = table("Routes").flat_map do |row|
      verb = row[0][/GET|POST/]
      words(row[0]).map { |text| [verb, text.delete_prefix("#{verb} ").split("?").first] }
    end
    declared.uniq.each { |route| assert_includes told, route }
    assert_empty told.reject { |_, path| declared.any? { |_, known| known == path } }
  end

  def place(name)
    name == "scenario" ? "SCENARIO" : "ID"
  end

  # Its own table's folder stands for names that have none.
  def test_files
    named = table("What is where").flat_map { |row| words(row[0]) }
    folder = ""
    named.each do |name|
      folder = "#{File.dirname(name)}/" if name.include?("/") && name.end_with?(".rb")
      found = [name, folder + name].any? { |path| File.exist?(File.join(SHOP_SERVER, path)) }
      assert found, name
    end
    words(table("What runs").map(&:first).join).each { |name| assert File.executable?(File.join(SHOP_SERVER, name)), name }
  end
end
