# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "date"

module ShopServer
  # Japanese words for what a page document has as data.
  module PageWords
    SUBSCRIPTIONS = %w[subscription_to_subscription one_time_to_subscription].freeze
    private_constant :SUBSCRIPTIONS

    # Whether an accepted offer starts or extends a subscription.
    def subscription?(page)
      SUBSCRIPTIONS.include?(page[:pattern])
    end

    # "2027-01-05" as 2027年1月5日; nil for nil.
    def day(text)
      Date.iso8601(text).strftime("%Y年%-m月%-d日") if text
    end

    # Seconds as a clock shows them: 4:59.
    def clock_text(seconds)
      format("%<minutes>d:%<seconds>02d", minutes: seconds / 60, seconds: seconds % 60)
    end
  end
end
