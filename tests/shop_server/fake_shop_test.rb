# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "rack/test"
require "rack/request"
require_relative "support/platform"

# The platform of the example: what it takes, what it refuses, and that it remembers.
class FakeShopTest < Minitest::Test
  include PlatformTests
  include Rack::Test::Methods

  GRAPHQL = "/admin/api/2026-07/graphql.json"
  ORDER = "query($id: ID!) { order(id: $id) { checkoutToken } }"
  LINES = "query($id: ID!) { it: order(id: $id) " \
          "{ lineItems(first: 1) { nodes { quantity } pageInfo { hasNextPage } } } }"
  REFUND = "mutation($input: RefundInput!, $key: String!) " \
           "{ refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { message } } }"

  def app
    @app ||= FakeShop::App.of(shop)
  end

  # -- checkout

  def test_there_is_a_cart_for_each_pattern_and_one_without_an_offer
    carts = FakeShop::Carts.of(shop.goods)
    patterns = carts.map { |cart| services.catalogue.current.decide_json(document_of(cart)).offer&.pattern }
    assert_equal 5, patterns.uniq.size, patterns.inspect
    assert_includes patterns, nil
    get "/"
    carts.each { |cart| assert_includes last_response.body, %(value="#{cart.id}") }
  end

  def test_the_carts_of_the_example_itself
    own = environment("SHOP_CATALOG" => File.join(SHOP_SERVER, "catalog.json"))
    goods = FakeShop::Goods.read(ShopServer::Config.from_env(own).catalog_path)
    catalog = Upsell::Catalog.from_file(File.join(SHOP_SERVER, "catalog.json"))
    patterns = FakeShop::Carts.of(goods).map do |cart|
      lines = cart.items.map.with_index do |item, index|
        { id: index + 1, product_id: goods.variants.fetch(item[:variant_id]).product_id, quantity: item[:quantity],
          variant_id: item[:variant_id], selling_plan_id: item[:plan_id] }
      end
      catalog.decide_json(JSON.generate(format: "upsell.order/1", id: 1, currency: "JPY", lines: lines)).offer&.pattern
    end
    assert_equal 5, patterns.uniq.size, patterns.inspect
  end

  # Each once, and told by what is in it: which offer comes, only the app can say.
  def test_no_two_carts_are_the_same
    goods = FakeShop::Goods.read(File.join(SHOP_SERVER, "catalog.json"))
    carts = FakeShop::Carts.of(goods)
    %i[items title id].each { |name| assert_equal carts.size, carts.map(&name).uniq.size, name }
    published = goods.scenarios.select { |scenario| scenario["status"] == "published" }.map { |one| one["name"] }
    assert_equal published.sort, carts.flat_map(&:scenarios).sort
    assert_operator carts.size, :<=, published.size
    carts.each do |cart|
      bought = cart.items.map { |item| goods.variants.fetch(item[:variant_id]).product_title }
      assert_equal "#{bought.first}の#{cart.items.first[:plan_id] ? "定期購入" : "単品購入"}", cart.title
    end
  end

  def test_the_thank_you_page_tells_of_the_refund
    purchase = accept(3)
    apply(purchase)
    get "/thank-you/#{purchase.reference}"
    assert_includes last_response.body, "返金の手続き中です"
    assert_equal :completed, drive(purchase)
    get "/thank-you/#{purchase.reference}"
    refute_includes last_response.body, "返金の手続き中です"
    assert_includes last_response.body, "単品購入分 1,000円を返金しました"
  end

  def test_without_a_switch_nothing_is_said_of_a_refund
    [1, 2, 4].each do |pattern|
      purchase = accept(pattern)
      shop.changesets.apply(purchase.token, consent: true)
      get "/thank-you/#{purchase.reference}"
      refute_includes last_response.body, "返金"
    end
    purchase = accept(3)
    get "/thank-you/#{purchase.reference}"
    refute_includes last_response.body, "返金"
  end

  def test_without_an_app_the_checkout_goes_on
    post "/checkout", cart: "S4-karinto"
    assert_equal 303, last_response.status
    assert_match(%r{/thank-you/[0-9a-f]{32}\z}, last_response.location)
    get last_response.location
    assert_includes last_response.body, "1,800円"
    assert shop.ledger(last_request.path[%r{[^/]+\z}])[:released]
    post "/checkout", cart: "nothing"
    assert_equal 404, last_response.status
  end

  def test_an_app_with_an_offer_is_asked_as_the_platform_asks
    asked = nil
    app = lambda do |*request|
      asked = request
      [200, JSON.generate(render: true, session: "s-1")]
    end
    stub_app(app) do |platform, url|
      cart = FakeShop::Carts.of(platform.goods).first
      address = FakeShop::Checkout.new(platform, clock: clock).run(cart)
      claims = ShopServer::Token.new(config, clock: clock).verify(address[/#token=(.*)/, 1])
      assert_equal "#{url}/pages/s-1", address[/\A[^#]+/]
      assert_equal "Bearer #{address[/#token=(.*)/, 1]}", asked.first.get_header("HTTP_AUTHORIZATION")
      assert_equal claims.reference_id, JSON.parse(asked.last)["referenceId"]
    end
  end

  def test_an_app_without_an_offer_or_in_trouble
    offer = %({"render":true,"session":"s"})
    [[200, %({"render":false})], [500, "{}"], [200, "no JSON"], [401, offer]].each do |answer|
      stub_app(->(*) { answer }) do |platform, _|
        cart = FakeShop::Carts.of(platform.goods).first
        assert_match(%r{\A/thank-you/}, FakeShop::Checkout.new(platform, clock: clock).run(cart))
      end
    end
  end

  # Nobody has to read of it each moment, and it ends.
  def test_it_ends_when_its_memory_is_removed
    FileUtils.rm(Dir["#{config.platform_database_path}*"])
    assert_output("", "") { assert @serving.join(10) }
  end

  # -- changesets

  def test_a_changeset_is_applied_once
    purchase = accept(4)
    2.times { post_json "/changesets/apply", token: purchase.token }
    assert_equal "changeset_already_applied", code
    assert_equal [1800, 321], ledger(purchase)[:charges].map { |one| one[:amount] }
  end

  def test_many_at_once_apply_it_once
    purchase = accept(2)
    buyers = Array.new(8) { Thread.new { shop.changesets.apply(purchase.token, consent: false)[:status] } }
    assert_equal({ "processed" => 1, "unprocessed" => 7 }, buyers.map(&:value).tally)
    assert_equal 2, ledger(purchase)[:charges].size
  end

  def test_tokens_that_are_not_taken
    purchase = accept(4)
    claims, = JWT.decode(purchase.token, SECRET, true, algorithm: "HS256", verify_expiration: false)
    change = claims["changes"].first
    bad = {
      "no token" => nil, "garbage" => "a.b.c", "no text" => { "a" => 1 },
      "another key" => JWT.encode(claims, "another-secret-of-length", "HS256"),
      "no signature" => JWT.encode(claims, nil, "none"),
      "another app" => sign(claims.merge("iss" => "shopify")),
      "nobody's order" => sign(claims.merge("sub" => "nobody")),
      "no key" => sign(claims.except("jti")),
      "no end" => sign(claims.except("exp")),
      "ended" => sign(claims.merge("exp" => clock.now)),
      "before the purchase" => sign(claims.merge("iat" => purchase.order[:created_at] - 1)),
      "no changes" => sign(claims.merge("changes" => [])),
      "changes that are none" => sign(claims.merge("changes" => ["x"])),
      "an unknown change" => sign(claims.merge("changes" => [change.merge("type" => "add_gold")])),
      "an unknown variant" => sign(claims.merge("changes" => [change.merge("variantId" => 1)])),
      "an unknown key" => sign(claims.merge("changes" => [change.merge("price" => 1)])),
      "half a piece" => sign(claims.merge("changes" => [change.merge("quantity" => 0.5)]))
    }
    bad.each do |name, token|
      post_json "/changesets/apply", token: token
      assert_equal [200, "invalid_request"], [last_response.status, code], name
    end
    assert_equal 1, ledger(purchase)[:lines].size
    post_json "/changesets/apply", token: purchase.token
    assert_equal "processed", JSON.parse(last_response.body)["status"]
  end

  def test_a_subscription_needs_consent_and_an_order_without_one
    purchase = accept(3)
    post_json "/changesets/apply", token: purchase.token
    assert_equal "buyer_consent_required", code
    post_json "/changesets/apply", token: purchase.token, buyerConsentToSubscriptions: "true"
    assert_equal "buyer_consent_required", code
    shop.db[:order_lines].update(plan_id: PURCHASES[1][2])
    post_json "/changesets/apply", token: purchase.token, buyerConsentToSubscriptions: true
    assert_equal "subscription_limit_error", code
    assert_equal 1, ledger(purchase)[:charges].size
  end

  def test_after_the_thank_you_page_and_after_an_hour_nothing_is_added
    purchase = accept(4)
    get "/thank-you/#{purchase.reference}"
    post_json "/changesets/apply", token: purchase.token
    assert_equal "order_released_error", code

    late = accept(2)
    claims, = JWT.decode(late.token, SECRET, true, algorithm: "HS256", verify_expiration: false)
    clock.advance(3600)
    post_json "/changesets/apply", token: sign(claims.merge("exp" => clock.now + 60))
    assert_equal "order_released_error", code
  end

  def test_calculating_changes_nothing
    purchase = accept(4, quantity: 1)
    post_json "/changesets/calculate", token: purchase.token
    answer = JSON.parse(last_response.body)["calculatedPurchase"]
    assert_equal %w[321.0 2121.0 321.0],
                 [answer["updatedLineItems"].first["totalPriceSet"], answer["totalPriceSet"],
                  answer["totalOutstandingSet"]].map { |set| set["shopMoney"]["amount"] }
    assert_equal 1, ledger(purchase)[:lines].size
  end

  def test_the_app_alone_may_call_from_its_pages
    options "/changesets/apply"
    assert_equal 204, last_response.status
    assert_equal config.public_url, last_response.headers["Access-Control-Allow-Origin"]
    assert_equal "Content-Type", last_response.headers["Access-Control-Allow-Headers"]
    post GRAPHQL, "{}"
    assert_nil last_response.headers["Access-Control-Allow-Origin"]
  end

  # -- Admin API

  def test_who_may_call_the_admin_api
    order = shop.orders.place([{ variant_id: PURCHASES[4][1], quantity: 1 }])
    assert_equal 401, graphql(ORDER, { id: gid(order) }, token: "wrong").last_response.status
    assert_equal 404, graphql(ORDER, { id: gid(order) }, path: GRAPHQL.sub("2026-07", "2020-01")).last_response.status
    assert_equal order[:reference], graphql(ORDER, { id: gid(order) }).answer.dig("data", "order", "checkoutToken")
  end

  def test_exactly_what_is_selected_is_answered
    order = shop.orders.place([4, 2].map { |pattern| { variant_id: PURCHASES[pattern][1], quantity: 1 } })
    graphql(LINES, { id: gid(order) })
    lines = { "nodes" => [{ "quantity" => 1 }], "pageInfo" => { "hasNextPage" => true } }
    assert_equal({ "it" => { "lineItems" => lines } }, answer["data"])
    assert_equal %w[actualQueryCost requestedQueryCost throttleStatus], answer.dig("extensions", "cost").keys.sort
  end

  def test_documents_that_the_schema_does_not_know
    ["query { shop { name } }", "{", "query($id: ID!) { order { id } }", "mutation { orderDelete(id: 1) { id } }",
     ""].each do |text|
      graphql(text, {})
      assert_equal [200, true], [last_response.status, answer.key?("errors")], text
      refute answer.key?("data"), text
    end
    headers = { "CONTENT_TYPE" => "application/json", "HTTP_X_SHOPIFY_ACCESS_TOKEN" => ADMIN_TOKEN }
    post GRAPHQL, "[]", headers
    assert_equal 400, last_response.status
    post GRAPHQL, "x" * (FakeShop::App::MAX_BYTES + 1), headers
    assert_equal 413, last_response.status
  end

  def test_a_refund_is_made_once_for_a_key
    order = shop.orders.place([{ variant_id: PURCHASES[4][1], quantity: 2 }])
    input = refund_of(order, 1, 1800)
    2.times do
      assert_empty graphql(REFUND, { input: input, key: "k" }).answer.dig("data", "refundCreate", "userErrors")
    end
    graphql(REFUND, { input: refund_of(order, 2, 1800), key: "k" })
    assert_equal "IDEMPOTENCY_KEY_PARAMETER_MISMATCH", answer.dig("errors", 0, "extensions", "code")
    assert_equal [1800], shop.ledger(order[:reference])[:refunds]
    graphql(REFUND.sub(" @idempotent(key: $key)", "").sub(", $key: String!", ""), { input: input })
    assert_equal "BAD_REQUEST", answer.dig("errors", 0, "extensions", "code")
  end

  def test_a_refund_is_made_as_a_whole_or_not_at_all
    order = shop.orders.place([{ variant_id: PURCHASES[4][1], quantity: 2 }])
    graphql(REFUND, { input: refund_of(order, 1, 999_999), key: "k" })
    assert_match(/more than what can be refunded/, answer.dig("data", "refundCreate", "userErrors", 0, "message"))
    book = shop.ledger(order[:reference])
    assert_equal [2, [], 0], [book[:lines].first[:current], book[:refunds], book[:charges].first[:refunded]]
    graphql(REFUND, { input: refund_of(order, 3, 1), key: "k" })
    assert_match(/more items than were purchased/, answer.dig("data", "refundCreate", "userErrors", 0, "message"))
  end

  # -- webhooks, faults, memory

  def test_webhooks_are_signed_and_sent_until_they_are_taken
    seen = []
    answers = [503, 200, 200]
    app = lambda do |request, body|
      seen << [request.env.slice("HTTP_X_SHOPIFY_EVENT_ID", "HTTP_X_SHOPIFY_HMAC_SHA256"), body]
      [answers.shift, "{}"]
    end
    stub_app(app) do |platform, _|
      platform.faults.set("repeat_webhook" => 1)
      platform.orders.place([{ variant_id: PURCHASES[1][1], quantity: 1, plan_id: PURCHASES[1][2] }])
      platform.webhooks.deliver
      assert_empty seen, "the contract is not there yet"
      clock.advance(2)
      4.times { platform.webhooks.deliver && clock.advance(5) }
    end
    assert_equal 3, seen.size
    headers, body = seen.last
    assert_equal [headers["HTTP_X_SHOPIFY_EVENT_ID"]], seen.map { |head, _| head["HTTP_X_SHOPIFY_EVENT_ID"] }.uniq
    assert_equal [OpenSSL::HMAC.digest("SHA256", SECRET, body)], headers["HTTP_X_SHOPIFY_HMAC_SHA256"].unpack("m0")
    assert_match %r{\Agid://shopify/Order/\d+\z}, JSON.parse(body)["admin_graphql_api_origin_order_id"]
  end

  def test_faults_are_known_by_name
    post_json "/faults", throttle: 2
    assert_equal({ "throttle" => 2 }, JSON.parse(last_response.body)["left"])
    [{ "earthquake" => 1 }, { "throttle" => -1 }, { "throttle" => "x" }].each do |bad|
      post_json "/faults", **bad.transform_keys(&:to_sym)
      assert_equal 422, last_response.status
    end
    graphql(ORDER, { id: "x" })
    assert_equal "THROTTLED", answer.dig("errors", 0, "extensions", "code")
    get "/faults"
    assert_equal({ "throttle" => 1 }, JSON.parse(last_response.body)["left"])
  end

  def test_the_readme_tells_all_faults
    section = File.read(File.join(SHOP_SERVER, "README.md"), encoding: "UTF-8")[/^## The fake shop\n.*?(?=^## )/m]
    told = section.scan(/^\| (`.*?`) \|/).flat_map { |cell,| cell.scan(/`(\w+)`/).flatten }
    assert_equal FakeShop::Faults::NAMES.keys.sort, told.sort
  end

  def test_what_is_unknown_is_not_there
    %w[/thank-you/nobody /ledger/nobody.json].each do |path|
      get path
      assert_equal 404, last_response.status
    end
    %w[/nothing /thank-you/nobody /assets/x].each do |path|
      get path
      assert_equal [404, true], [last_response.status, last_response.body.include?("見つかりません")], path
      refute_match(/sinatra/i, last_response.body)
    end
    post "/changesets/apply", "\xFF\x00{"
    assert_equal 400, last_response.status
  end

  def test_it_remembers
    purchase = accept(1)
    apply(purchase)
    again = FakeShop::Shop.new(config, clock: clock)
    assert_equal shop.ledger(purchase.reference), again.ledger(purchase.reference)
    answer = again.changesets.apply(purchase.token, consent: false)
    assert_equal ["changeset_already_applied"], answer[:errors].map { |error| error[:code] }
    again.db.disconnect
  end

  # What was answered last.
  def answer
    JSON.parse(last_response.body)
  end

  private

  def code
    answer["errors"].first["code"]
  end

  def post_json(path, **body)
    post path, JSON.generate(body), "CONTENT_TYPE" => "application/json"
  end

  def graphql(document, variables, token: ADMIN_TOKEN, path: GRAPHQL)
    post path, JSON.generate(query: document, variables: variables),
         "CONTENT_TYPE" => "application/json", "HTTP_X_SHOPIFY_ACCESS_TOKEN" => token
    self
  end

  def gid(order)
    "gid://shopify/Order/#{order[:id]}"
  end

  def sign(claims)
    JWT.encode(claims, SECRET, "HS256")
  end

  def refund_of(order, quantity, yen)
    line = shop.orders.lines(order[:id]).first
    payment = shop.orders.transactions(order[:id]).first
    item = { lineItemId: FakeShop::Gid.of("LineItem", line[:id]), quantity: quantity, restockType: "CANCEL" }
    money = { orderId: gid(order), parentId: FakeShop::Gid.of("OrderTransaction", payment[:id]), amount: yen.to_s,
              gateway: "shopify_payments", kind: "REFUND" }
    { orderId: gid(order), refundLineItems: [item], transactions: [money] }
  end

  def document_of(cart)
    order = shop.orders.place(cart.items)
    Upsell.order_from_input_data(JSON.generate(FakeShop::Checkout.new(shop, clock: clock).input_data(order)))
  end

  # A shop whose app answers as the test says: status and body.
  def stub_app(answer)
    app = lambda do |env|
      request = Rack::Request.new(env)
      status, body = answer.call(request, request.body.read)
      [status, { "Content-Type" => "application/json" }, [body]]
    end
    server = Puma::Server.new(app, Puma::Events.strings)
    server.add_tcp_listener("127.0.0.1", 0)
    server.run
    url = "http://127.0.0.1:#{server.connected_ports.first}"
    own = environment("SHOP_PUBLIC_URL" => url, "SHOP_PLATFORM_DATABASE" => "#{folder}/2")
    platform = FakeShop::Shop.new(ShopServer::Config.from_env(own), clock: clock)
    yield platform, url
  ensure
    platform&.db&.disconnect
    server.stop(true)
  end
end
