# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "../shop_server"

module ShopServer
  # How often each scenario was shown, clicked and ordered: the table of events, counted by the core.
  # What was counted stays in memory, and each look goes on behind the last event that it saw; a
  # process that starts anew begins with the first one, and comes to the same. All threads may share
  # one.
  class EventTally
    # @yieldreturn [Sessions] where events come from; asked for when it is needed
    def initialize(&sessions)
      @sessions = sessions
      @tally = Upsell::Tally.new
      @seq = 0
      @mutex = Mutex.new
    end

    # Runs a block with all that has happened until now counted.
    # @yieldparam tally [Upsell::Tally] only for the block
    def now
      @mutex.synchronize do
        catch_up
        yield @tally
      end
    end

    private

    def catch_up
      until (rows = @sessions.call.events_since(@seq)).empty?
        rows.each do |row|
          @tally.add(row[:session_id], row[:scenario_id], row[:event].to_sym)
          @seq = row[:seq]
        end
      end
    end
  end
end
