# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Runs the tests of the shop server: UPSELL_LIBRARY=... ruby tests/shop_server/run_all.rb [PART]
# PART is "worker" (carrying accepted offers out), "browser" (what needs one), or left out: all others.
# Options of minitest go behind it. UPSELL_TEST_JUNIT names a file for the results as XML.
PARTS = { "browser" => /_browser_test/, "worker" => /\A(?:worker|runs)/ }.freeze
part = ARGV.shift if PARTS.key?(ARGV.first)
require "minitest/autorun"

Dir.glob("*_test.rb", base: __dir__).sort.each do |name|
  require_relative name if PARTS.find { |_, pattern| pattern.match?(name) }&.first == part
end
