# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module ShopServer
  # Lets the shop's pages, and no others, call the app from a browser.
  class Cors
    # @param app [#call]
    # @param origin [String] the shop's: scheme, host and port
    def initialize(app, origin)
      @app = app
      @origin = origin
    end

    # @param env [Hash] Rack's
    def call(env)
      shop = env["HTTP_ORIGIN"] == @origin
      if shop && env["REQUEST_METHOD"] == "OPTIONS"
        return [204, allowed.merge("Access-Control-Allow-Methods" => "POST",
                                   "Access-Control-Allow-Headers" => "authorization, content-type",
                                   "Access-Control-Max-Age" => "600", "Vary" => "Origin"), []]
      end

      status, headers, body = @app.call(env)
      # A cache must not give another origin what the shop was given.
      headers = headers.merge("Vary" => [headers["Vary"], "Origin"].compact.join(", "))
      [status, shop ? headers.merge(allowed) : headers, body]
    end

    private

    def allowed
      { "Access-Control-Allow-Origin" => @origin, "Access-Control-Expose-Headers" => "Offer-Terms" }
    end
  end
end
