# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"

# JSON in which a number with a fraction or an exponent stays what was written: no test may pass or
# fail by a rounded one.
module JsonText
  # Such a number.
  class Decimal
    # JSON.parse makes decimals with either, depending on its version.
    def self.try_convert(text)
      new(text)
    end

    def initialize(text)
      @text = text
    end

    def to_json(*)
      @text
    end
  end

  def self.parse(text)
    JSON.parse(text, max_nesting: false, decimal_class: Decimal)
  end
end
