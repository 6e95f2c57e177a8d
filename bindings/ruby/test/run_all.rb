# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Runs all tests: UPSELL_LIBRARY=... UPSELL_LAYOUT=... ruby -Ilib -Itest test/run_all.rb
# Options are minitest's; UPSELL_TEST_JUNIT names a file for the results as XML.
require_relative "support/helper"

Dir.glob("*_test.rb", base: __dir__).sort.each { |name| require_relative name }
