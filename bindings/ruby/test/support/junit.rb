# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "minitest"

# Writes what came of each test as JUnit's XML, to the file that UPSELL_TEST_JUNIT names.
class JUnitReporter < Minitest::AbstractReporter
  def initialize(path)
    super()
    @path = path
    @results = []
  end

  def record(result)
    @results << result
  end

  def report
    File.write(@path, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n#{suite}\n")
  end

  private

  def suite
    "<testsuite name=\"upsell-ruby\" tests=\"#{@results.size}\" failures=\"#{count(Minitest::Assertion)}\" " \
      "errors=\"#{count(Minitest::UnexpectedError)}\" skipped=\"#{@results.count(&:skipped?)}\">\n" \
      "#{@results.map { |result| test_case(result) }.join("\n")}\n</testsuite>"
  end

  def count(kind)
    @results.count { |result| result.failures.any? { |failure| failure.instance_of?(kind) } }
  end

  def test_case(result)
    "  <testcase classname=#{attribute(result.klass)} name=#{attribute(result.name)} " \
      "time=\"#{format("%.6f", result.time)}\">#{result.failures.map { |failure| element(failure) }.join}</testcase>"
  end

  def element(failure)
    name = { Minitest::Skip => "skipped", Minitest::UnexpectedError => "error" }.fetch(failure.class, "failure")
    "<#{name} message=#{attribute(failure.message)}/>"
  end

  # XML has no place for most control characters.
  def attribute(text)
    text.scrub("?").gsub(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/, "?").encode(xml: :attr)
  end
end

module Minitest
  def self.plugin_upsell_junit_init(_options)
    path = ENV.fetch("UPSELL_TEST_JUNIT", "")
    reporter << JUnitReporter.new(path) unless path.empty?
  end
  extensions << "upsell_junit"
end
