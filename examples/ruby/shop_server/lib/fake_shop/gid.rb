# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module FakeShop
  # Ids as the Admin API writes them: gid://shopify/Order/57.
  module Gid
    # @return [String]
    def self.of(type, id)
      "gid://shopify/#{type}/#{id}"
    end

    # @return [Integer, nil] nil: it is of another type, or none at all
    def self.number(type, gid)
      gid.to_s[%r{\Agid://shopify/#{type}/([1-9][0-9]{0,17})\z}, 1]&.to_i
    end
  end
end
