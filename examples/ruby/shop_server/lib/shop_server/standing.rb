# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module ShopServer
  # How a session stands, as the buyer's page is told.
  module Standing
    # What the page shows next. A state that is not here has ended.
    NEXT = { offered: "offer", shown: "offer", clicked: "progress", processing: "progress" }.freeze
    private_constant :NEXT

    module_function

    # @param turn [Upsell::SessionTurn]
    # @return [Hash{Symbol => Object}]
    def of(turn)
      state = turn.session.state
      { state: state, secondsLeft: seconds_left(turn), next: NEXT.fetch(state, "thank_you") }
    end

    # Until the page is shown, none of its time has gone by.
    # @param turn [Upsell::SessionTurn]
    # @return [Integer]
    def seconds_left(turn)
      turn.session.state == :offered ? turn.session.seconds : turn.seconds_left
    end
  end
end
