# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "page_views"
require_relative "standing"

module ShopServer
  # The page that a buyer sees between paying and the thank-you page. It stands for the checkout
  # extension: what it shows comes from the core's page document, and what it may do it asks of the
  # JSON routes. The session's id is random and names one offer; the buyer's token never comes here,
  # since it stays in the fragment of the address.
  class BuyerPages < PageViews
    # Styles, scripts and pictures of all pages.
    set :public_folder, PUBLIC
    set :static, true
    set :static_cache_control, [:public, { max_age: 3600 }]

    ENDED = %i[ordered failed declined expired].freeze
    private_constant :ENDED

    get "/pages/:session" do
      row = session_row
      turn = row.session.step(:tick, now: services.clock.call) # looked at, not stored
      redirect thank_you_url(row), 303 if ENDED.include?(turn.session.state)

      page = page_of(row)
      halt 410, erb(:gone, locals: { thank_you: thank_you_url(row) }) unless page

      erb :offer, locals: { page: page, mode: :buyer, state: turn.session.state,
                            seconds_left: Standing.seconds_left(turn), addresses: addresses(row) }
    end

    get "/pages/:session/quote" do
      row = session_row
      answer_quote { |asked| page_of(row, **asked) }
    end

    private

    def session_row
      services.sessions.find(params["session"]) || halt(404, erb(:unknown))
    end

    # The page of the offer that this session is about; nil where that is made no more, because the
    # catalogue or the stock has changed.
    def page_of(row, **asked)
      page = catalog.page(row.order_json, **terms, **asked)
      page if page && page[:scenario_id] == row.scenario_id
    end

    def addresses(row)
      { session: row.id, quote: "/pages/#{row.id}/quote", events: "/sessions/#{row.id}/events",
        sign: "/sign-changeset", result: "/changeset-result", shop: services.config.shop_url,
        thank_you: thank_you_url(row) }
    end

    def thank_you_url(row)
      "#{services.config.shop_url}/thank-you/#{Rack::Utils.escape_path(row.reference_id)}"
    end
  end
end
