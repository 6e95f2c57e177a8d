# SPDX-License-Identifier: MIT
# frozen_string_literal: true

if ENV.fetch("UPSELL_LIBRARY", "").empty?
  abort "UPSELL_LIBRARY must name the library under test: build/lib/libupsell.so.0"
end

require "json"
require "minitest/autorun"
require "upsell"

require_relative "junit"

module Support
  ROOT = File.expand_path("../../../..", __dir__)
  EXAMPLES = File.join(ROOT, "examples")

  # A catalogue without anything, for orders that are looked at alone.
  ANY_CATALOG = '{"format":"upsell.catalog/1","currency":"JPY","selling_plans":[],"products":[],"scenarios":[]}'

  # Checks an error: its class, code and pointer, and that it has a sentence.
  def assert_upsell_error(code, pointer, message = nil, &block)
    error = assert_raises(Upsell::Error, message, &block)
    assert_equal [code.to_sym, pointer], [error.code, error.pointer], [message, error.message].compact.join(": ")
    refute_empty error.detail
    error
  end

  # What a block does: its result, or the code and the pointer of its error.
  def outcome
    yield
  rescue Upsell::Error => e
    [e.code, e.pointer]
  end
end
