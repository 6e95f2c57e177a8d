# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require "sinatra/base"
require "tilt/erubi"
require_relative "../shop_server"
require_relative "page_words"
require_relative "refusal"
require_relative "terms"

module ShopServer
  # What the pages for buyers and for merchants share: templates, in which everything is escaped,
  # and the page document for what a browser asks.
  class PageViews < Sinatra::Base
    ROOT = File.expand_path("../..", __dir__)
    PUBLIC = File.join(ROOT, "public")
    # Illustrations of products by id; other products are shown without one.
    PICTURES = Dir.children(File.join(PUBLIC, "products"))
                  .to_h { |name| [File.basename(name, ".svg"), "/products/#{name}"] }.freeze
    # Addresses change with the files, so that a browser never mixes old and new ones.
    VERSION = Dir[File.join(PUBLIC, "assets", "*")].map { |path| File.mtime(path).to_i }.max
    # Digits that could be a quantity (VAL-5).
    QUANTITY = /\A[1-9][0-9]{0,3}\z/
    private_constant :ROOT, :PICTURES, :VERSION, :QUANTITY

    # Without this, Ruby's own ERB would be taken where Erubi is missing, and it escapes nothing.
    Tilt.prefer(Tilt::ErubiTemplate, "erb")
    set :erb, escape_html: true
    set :views, File.join(ROOT, "views")
    set :services, nil

    helpers PageWords

    helpers do
      def picture_of(product_id)
        PICTURES[product_id]
      end

      def asset(name)
        "/assets/#{name}?v=#{VERSION}"
      end
    end

    private

    def services
      settings.services
    end

    # One and the same for the whole request; there is an object of this class for each.
    def catalog
      @catalog ||= services.catalogue.current
    end

    # What every page of this shop is made for (PAG-1).
    def terms
      { locale: :ja, money: :yen_word, anchor: services.today }
    end

    # The page document again, for the quantity and the plan that the browser asks for. The page's
    # script asks for the parts that change, as HTML, so that one template alone draws a page.
    # @yieldparam asked [Hash] arguments for Catalog#page
    # @yieldreturn [Hash, nil] a page document
    def answer_quote
      page = yield(quantity: quantity_asked, selling_plan_id: plan_asked)
      raise Refusal.new(409, :offer_changed) unless page

      headers "Vary" => "Accept", "Offer-Terms" => Terms.of(page)
      wanted = request.preferred_type(%w[application/json text/html])
      return erb(:_parts, layout: false, locals: { page: page }) if wanted == "text/html"

      content_type :json
      JSON.generate(page)
    rescue Upsell::Error => e
      raise Refusal.new(422, e.code, pointer: e.pointer)
    end

    def quantity_asked
      text = params["quantity"].to_s
      return if text.empty?
      raise Refusal.new(422, :out_of_range, pointer: "/quantity") unless QUANTITY.match?(text)

      text.to_i
    end

    def plan_asked
      text = params["plan"].to_s
      text unless text.empty?
    end
  end
end
