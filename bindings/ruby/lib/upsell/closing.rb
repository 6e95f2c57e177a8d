# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Upsell
  # What holds memory of the C library, and can give it back before the garbage collector does.
  # @since 0.1.0
  module Closing
    # Frees its memory as soon as no other thread is in a call. Closing again does nothing.
    # @return [nil]
    def close
      @handle.close
      nil
    end

    # @return [Boolean]
    def closed?
      @handle.closed?
    end
  end
end
