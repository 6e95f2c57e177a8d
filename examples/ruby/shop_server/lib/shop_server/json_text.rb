# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"

module ShopServer
  # Text that is JSON already, and goes into a document as it is, to the byte.
  JsonText = Struct.new(:text) do
    def to_json(*)
      text
    end
  end
end
