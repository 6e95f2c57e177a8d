# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "openssl"
require "rack/auth/basic"
require_relative "event_tally"
require_relative "page_views"
require_relative "scenario_chart"
require_relative "verdicts"

module ShopServer
  # The merchant's pages: what the scenarios came to, what a buyer would see of each, and why one won
  # or lost with an order. All of them want the merchant's name and password.
  class MerchantPages < PageViews
    PATTERNS = {
      subscription_to_subscription: "定期商品→定期商品", subscription_to_one_time: "定期商品→都度商品",
      one_time_to_subscription: "都度商品→定期商品", one_time_to_one_time: "都度商品→都度商品"
    }.freeze
    STATUSES = { published: "公開", draft: "非公開" }.freeze
    private_constant :PATTERNS, :STATUSES

    helpers do
      def pattern_text(scenario)
        PATTERNS.fetch(scenario.pattern)
      end

      def status_text(status)
        STATUSES.fetch(status.to_sym)
      end

      # "33.33%", or a dash where there is nothing to divide by.
      def rate(value)
        value ? "#{value["percent"]}%" : "—"
      end
    end

    def initialize(app = nil, **settings)
      super
      # A copy of this object serves each request; all of them share this one.
      @tally = EventTally.new { services.sessions }
    end

    # Whoever comes without a path, is a person who looks for something to read.
    get "/" do
      merchant!
      redirect "#{services.config.public_url}/scenarios", 303
    end

    get "/scenarios" do
      merchant!
      erb :scenarios, locals: { report: report, known: catalog.scenarios.to_h { |one| [one.id, one] } }
    end

    get "/scenarios.csv" do
      merchant!
      options = { catalog: catalog, scenario_id: scenario_asked, byte_order_mark: params["bom"] == "1" }
      text = @tally.now { |counted| counted.csv(**options) }
      content_type "text/csv", charset: "utf-8"
      attachment "scenarios.csv"
      text
    rescue Upsell::Error # no scenario, or no id at all
      unknown!
    end

    get "/scenarios/chart.svg" do
      merchant!
      # The picture carries its styles with it, and may do nothing else.
      headers "Content-Security-Policy" => "default-src 'none'; style-src 'unsafe-inline'"
      content_type "image/svg+xml"
      ScenarioChart.svg(report["scenarios"])
    end

    get "/scenarios/explain" do
      merchant!
      erb :explain, locals: { text: "", decision: nil, verdicts: nil, problem: nil }
    end

    post "/scenarios/explain" do
      merchant!
      text = params["order"].to_s.scrub
      decision = catalog.decide_json(order_in(text), explain: true)
      erb :explain, locals: { text: text, decision: decision, verdicts: Verdicts.all(catalog, decision), problem: nil }
    rescue Upsell::Error => e
      status 422
      erb :explain, locals: { text: text, decision: nil, verdicts: nil, problem: e }
    end

    get "/preview/:scenario" do
      merchant!
      page = catalog.preview_page(scenario.id, **terms)
      next erb(:nothing, locals: { scenario: scenario, reasons: reasons }) unless page

      erb :offer, locals: { page: page, mode: :preview, state: :shown, seconds_left: page[:expires_after_seconds],
                            addresses: preview_addresses }
    end

    get "/preview/:scenario/quote" do
      merchant!
      id = scenario.id
      answer_quote { |asked| catalog.preview_page(id, **terms, **asked) }
    end

    get "/preview/:scenario/thank-you" do
      merchant!
      erb :preview_end, locals: { again: preview_path }
    end

    private

    # Both are compared, and each in the same time whatever is in it.
    def merchant!
      auth = Rack::Auth::Basic::Request.new(env)
      user, password = auth.provided? && auth.basic? ? auth.credentials : []
      right = [OpenSSL.secure_compare(user.to_s, services.config.merchant_user),
               OpenSSL.secure_compare(password.to_s, services.config.merchant_password)]
      return if right.all?

      headers "WWW-Authenticate" => %(Basic realm="shop", charset="UTF-8")
      halt 401, erb(:refused)
    end

    def unknown!
      halt 404, erb(:unknown)
    end

    def report
      JSON.parse(@tally.now { |counted| counted.report(catalog: catalog) })
    end

    def scenario_asked
      text = params["scenario"].to_s
      text unless text.empty?
    end

    # The scenario that the path names.
    def scenario
      catalog.scenarios.find { |one| one.id == params["scenario"] } || unknown!
    end

    def preview_path
      "/preview/#{Rack::Utils.escape_path(scenario.id)}"
    end

    # Why there is nothing to see of a scenario.
    def reasons
      decision = catalog.preview(scenario.id)
      found = decision.considered.map(&:reason)
      (found.empty? ? [decision.reason] : found).map { |reason| Verdicts.sentence(reason) }
    end

    def preview_addresses
      { quote: "#{preview_path}/quote", thank_you: "#{preview_path}/thank-you" }
    end

    # An order document, whichever of the two was pasted.
    def order_in(text)
      input_data?(text) ? Upsell.order_from_input_data(text, ids: services.config.ids) : text
    end

    # Only a guess at what was meant: reading is left to the core, which is strict.
    def input_data?(text)
      document = JSON.parse(text)
      document.is_a?(Hash) && (document.key?("initialPurchase") || document.key?("lineItems"))
    rescue JSON::ParserError, EncodingError
      false
    end
  end
end
