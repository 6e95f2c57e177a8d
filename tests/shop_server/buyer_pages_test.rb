# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/requests"

# The buyer's page and its quotes, without a browser.
class BuyerPagesTest < Minitest::Test
  include Requests

  HOSTILE = %q(<script>alert(1)</script>"'&{{x}})

  def test_page_has_what_the_document_has
    id, = open_session(1)
    get "/pages/#{id}"
    assert_equal 200, status
    page = services.catalogue.current.page(order_of(id), anchor: services.today)
    texts = [page[:product][:title], page[:subtotal][:text], page[:texts][:consent]]
    (texts + page[:disclosure].map { |item| item[:label] }).each { |text| assert_includes last_response.body, text }
    assert_includes last_response.body, "<noscript>"
    assert_includes last_response.body, %(<html lang="ja">)
    assert_equal "no-store", last_response.headers["Cache-Control"]
    refute_includes last_response.headers["Content-Security-Policy"], "unsafe"
  end

  def test_page_says_nothing_of_the_order_or_the_buyer
    id, bearer = open_session(1)
    get "/pages/#{id}"
    [bearer, CUSTOMER.to_s, SECRET].each { |secret| refute_includes last_response.body, secret }
  end

  def test_texts_of_the_catalogue_are_text
    scenario = catalog["scenarios"].first
    scenario["page"].merge!("title" => HOSTILE, "buy_button" => HOSTILE, "description" => { "text" => HOSTILE },
                            "close_button" => { "label" => HOSTILE }, "disclosure" => { "withdrawal" => HOSTILE })
    scenario["page"]["timer"]["text"] = HOSTILE
    catalog["products"][1]["title"] = catalog["products"][1]["variants"][0]["title"] = HOSTILE
    id, = open_session(1)
    get "/pages/#{id}"
    assert_operator last_response.body.scan("&lt;script&gt;").size, :>=, 8
    refute_includes last_response.body, "<script>alert"
    refute_match(/="[^"]*"'&/, last_response.body)
  end

  def test_time_left_is_what_the_server_says
    id, bearer = open_session(1)
    get "/pages/#{id}"
    assert_includes last_response.body, 'data-seconds-left="300"'
    event(id, "shown", bearer)
    clock.advance(100)
    get "/pages/#{id}"
    assert_includes last_response.body, 'data-seconds-left="200"'
    clock.advance(200)
    get "/pages/#{id}"
    assert_equal 303, status
    assert_equal "#{config.shop_url}/thank-you/ref-1", last_response.headers["Location"]
  end

  def test_page_of_a_click_shows_that_it_is_being_done
    id, bearer = open_session(1)
    event(id, "shown", bearer)
    sign(id, bearer)
    get "/pages/#{id}"
    assert_match(/<form[^>]* id="offer"[^>]* hidden>/, last_response.body)
    refute_match(/<section[^>]* id="progress"[^>]* hidden>/, last_response.body)
  end

  def test_page_of_an_answered_offer_leads_on
    id, bearer = open_session(1)
    event(id, "declined", bearer)
    get "/pages/#{id}"
    assert_equal 303, status
  end

  def test_offer_that_is_made_no_more
    id, = open_session(1)
    write_catalog { |changed| changed["scenarios"].first["status"] = "draft" }
    get "/pages/#{id}"
    assert_equal 410, status
    assert_includes last_response.body, "ご案内は終了しました"
    get "/pages/#{id}/quote"
    assert_refused 409, "offer_changed", JSON.parse(last_response.body)
  end

  def test_unknown_session
    get "/pages/nobody"
    assert_equal 404, status
    assert_includes last_response.body, "ページが見つかりません"
    get "/pages/nobody/quote"
    assert_equal 404, status
  end

  def test_quote_is_the_page_document
    id, = open_session(3)
    get "/pages/#{id}/quote", quantity: 1, plan: "6930000002"
    assert_equal [200, "application/json"], [status, last_response.media_type]
    found = JSON.parse(last_response.body, symbolize_names: true)
    wanted = services.catalogue.current.page(order_of(id), quantity: 1, selling_plan_id: "6930000002",
                                                           locale: :ja, money: :yen_word, anchor: services.today)
    assert_equal wanted, found
    assert_equal "upsell.page/1", found[:format]
  end

  def test_quote_as_the_parts_of_the_page
    id, = open_session(3)
    get "/pages/#{id}/quote", { plan: "6930000002" }, { "HTTP_ACCEPT" => "text/html" }
    assert_equal [200, "text/html"], [status, last_response.media_type]
    assert_includes last_response.headers["Vary"], "Accept"
    parts = last_response.body.scan(/data-part="([^"]+)"/).flatten
    assert_equal %w[choice-0 choice-1 amounts terms consent], parts
    get "/pages/#{id}"
    assert_equal parts.sort, last_response.body.scan(/data-part="([^"]+)"/).flatten.sort
  end

  def test_quotes_that_are_refused
    id, = open_session(3)
    {
      { quantity: "2" } => "quantity_out_of_range", { quantity: "0" } => "out_of_range",
      { quantity: "-1" } => "out_of_range", { quantity: "1.0" } => "out_of_range", { quantity: "１" } => "out_of_range",
      { quantity: "99999" } => "out_of_range", { plan: "1" } => "plan_not_offered",
      { quantity: ["1"] } => "out_of_range"
    }.each do |query, code|
      get "/pages/#{id}/quote", query
      assert_equal [422, false], [status, JSON.parse(last_response.body)["render"]], query.inspect
      assert_equal code, JSON.parse(last_response.body)["error"], query.inspect
    end
  end

  def test_styles_scripts_and_pictures
    %w[/assets/shop.css /assets/offer.js /products/8240000000001.svg].each do |path|
      get path
      assert_equal 200, status, path
      assert_includes last_response.headers["Cache-Control"], "max-age", path
    end
    get "/assets/../lib/shop_server/config.rb"
    refute_equal 200, status
  end

  private

  def environment(more = {})
    super({ "SHOP_CATALOG" => catalog_path }.merge(more))
  end

  # Changes to this, before the first request, are in the server's catalogue.
  def catalog
    @catalog ||= JSON.parse(File.read(CATALOG, encoding: "UTF-8"))
  end

  def catalog_path
    File.join(folder, "catalog.json").tap { |path| File.write(path, JSON.generate(catalog)) unless File.exist?(path) }
  end

  # A change while the server is running; it looks at the file each second.
  def write_catalog
    yield catalog
    File.write(catalog_path, JSON.generate(catalog))
    sleep 1.1
  end

  def order_of(id)
    services.sessions.find(id).order_json
  end
end
