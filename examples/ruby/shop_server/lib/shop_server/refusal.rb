# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module ShopServer
  # A request that is answered with something else than what it asks for. Nothing is wrong with the
  # server.
  class Refusal < StandardError
    # @return [Integer] the HTTP status
    attr_reader :status
    # @return [String] why, in a word
    attr_reader :code
    # @return [String, nil] where: a JSON Pointer
    attr_reader :pointer
    # @return [Hash{Symbol => Object}] more for the answer's body
    attr_reader :more

    def initialize(status, code, pointer: nil, **more)
      @status = status
      @code = code.to_s
      @pointer = pointer
      @more = more
      super("#{status} #{code}")
    end

    # @return [String] what every failure says: that there is nothing to show
    def body
      JSON.generate({ render: false, error: code, pointer: pointer, **more }.compact)
    end
  end
end
