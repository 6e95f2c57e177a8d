# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/requests"

# What is refused by its form, how often one may ask, and what every answer says.
class IntakeTest < Minitest::Test
  include Requests

  ROUTES = %w[/offer /sign-changeset /changeset-result /sessions/x/events].freeze

  # --- form

  def test_large_bodies
    ROUTES.each do |path|
      assert_refused(413, "body_too_large", send_json(path, { a: "x" * 64 * 1024 }))
      assert_refused(413, "body_too_large", send_json(path, {}, CONTENT_LENGTH: "70000"))
    end
    assert_refused(401, "no_token", send_json("/offer", { a: "x" * 60 * 1024 }))
  end

  def test_large_bodies_whose_length_is_not_said
    { 70_000 => 413, 60_000 => 401 }.each do |bytes, expected|
      env = Rack::MockRequest.env_for("/offer", method: "POST", input: "x" * bytes, "CONTENT_TYPE" => "application/json")
      env.delete("CONTENT_LENGTH")
      assert_equal expected, app.call(env)[0]
    end
  end

  def test_bodies_that_are_no_object
    bearer = token(input_data(1))
    { "bad_json" => ["", "{", "nul", "{\"a\":1,}", "[" * 2000, "{\"a\":" * 200 + "1" + "}" * 200, "{}{}", "NaN", "\0"],
      "not_an_object" => ["[]", "1", "\"referenceId\"", "null"],
      "not_utf8" => ["{\"referenceId\":\"\xff\"}".b, "\xef\xbb".b] }.each do |code, bodies|
      bodies.each { |body| assert_refused(400, code, send_json("/offer", body, token: bearer)) }
    end
    assert_refused(401, "wrong_subject", send_json("/offer", "{\"referenceId\":\"ref-1\\u0000\"}", token: bearer))
  end

  def test_other_types
    [nil, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx",
     "\xff".b].each do |type|
      post "/offer", "{}", { "CONTENT_TYPE" => type, "HTTP_AUTHORIZATION" => "Bearer #{token(input_data(1))}" }
      assert_refused(415, "not_json", JSON.parse(last_response.body))
    end
    post "/offer", JSON.generate(referenceId: "ref-1"),
         { "CONTENT_TYPE" => "Application/JSON; charset=utf-8", "HTTP_AUTHORIZATION" => "Bearer #{token(input_data(1))}" }
    assert_equal 200, status
  end

  def test_addresses_that_are_no_text
    { "/pages/%ff" => "bad_path", "/%00" => "bad_path", "/offer?a=%ff" => "bad_query",
      "/scenarios?a=%00" => "bad_query", "/offer?a=%zz" => "bad_address", "/offer?a[b]=1&a=2&a[c]=3" => "bad_address",
      "/offer?#{"a" + "[b]" * 200}=1" => "bad_address" }.each do |address, code|
      env = Rack::MockRequest.env_for("/", method: "GET")
      env["PATH_INFO"], env["QUERY_STRING"] = address.split("?", 2)
      answer = Rack::MockResponse.new(*app.call(env.merge("QUERY_STRING" => env["QUERY_STRING"].to_s)))
      assert_equal [400, code], [answer.status, JSON.parse(answer.body)["error"]], address
    end
  end

  def test_what_is_not_there
    ["/index.html", "/offers", "/sessions/x", "/../config.ru", "/%2e%2e/config.ru", "/assets/../../config.ru", "/.git/config",
     "/pages"].each do |path|
      get path
      assert_refused(404, "not_found", JSON.parse(last_response.body))
    end
    get "/offer"
    assert_refused(404, "not_found", JSON.parse(last_response.body))
    put "/offer", "{}"
    assert_equal 404, status
  end

  def test_health
    get "/healthz"
    assert_equal [200, { "ok" => true, "version" => Upsell.library_version, "count" => 4 }],
                 [status, JSON.parse(last_response.body)]
    services.catalogue.instance_variable_set(:@current, nil)
    get "/healthz"
    assert_equal 500, status
  end

  # --- rates

  def limited(**limits)
    @config = ShopServer::Config.from_env(environment(limits.transform_keys(&:to_s)))
  end

  def test_a_client_may_not_ask_without_end
    limited(SHOP_CLIENT_PER_MINUTE: "5")
    5.times { get "/nothing" and assert_equal 404, status }
    get "/nothing"
    assert_refused(429, "too_many_requests", JSON.parse(last_response.body))
    get "/healthz"
    assert_equal 200, status
    get "/nothing", {}, { "REMOTE_ADDR" => "192.0.2.7" }
    assert_equal 404, status
  end

  # Whoever has one of them has all of its network.
  def test_neighbours_of_an_address_of_ipv6_are_one_client
    limited(SHOP_CLIENT_PER_MINUTE: "2")
    ask = ->(address) { get("/nothing", {}, { "REMOTE_ADDR" => address }) && status }
    assert_equal [404, 404, 429], %w[2001:db8::1 2001:db8::ffff:1 2001:db8:0:0:abcd::2].map(&ask)
    assert_equal [404, 404, 429], %w[192.0.2.1 ::ffff:192.0.2.1 192.0.2.1].map(&ask)
    assert_equal [404, 404], %w[2001:db8:0:1::1 192.0.2.2].map(&ask)
    assert_equal 404, ask.call("no address")
  end

  # A page has many files, and all webhooks come from the platform.
  def test_files_and_webhooks_lock_nobody_out
    limited(SHOP_CLIENT_PER_MINUTE: "2")
    5.times { get("/assets/shop.css") and assert_equal 200, status }
    found = Array.new(21) { post("/webhooks/subscription_contracts/create", "{}", JSON_TYPE) && status }
    assert_equal ([401] * 20) + [429], found
    get "/nothing"
    assert_equal 404, status
  end

  # Anybody can send the header.
  def test_a_forwarded_address_names_nobody
    limited(SHOP_CLIENT_PER_MINUTE: "2")
    statuses = Array.new(4) { |n| get("/nothing", {}, { "HTTP_X_FORWARDED_FOR" => "192.0.2.#{n}" }) && status }
    assert_equal [404, 404, 429, 429], statuses
  end

  def test_behind_a_proxy_a_forwarded_address_counts
    limited(SHOP_CLIENT_PER_MINUTE: "2", SHOP_BEHIND_PROXY: "yes")
    statuses = Array.new(4) { |n| get("/nothing", {}, { "HTTP_X_FORWARDED_FOR" => "192.0.2.#{n}" }) && status }
    assert_equal [404] * 4, statuses
  end

  def test_a_session_may_not_ask_without_end
    limited(SHOP_SESSION_PER_MINUTE: "4")
    id, bearer = open_session(1)
    other, = open_session(2)
    4.times { event(id, "shown", bearer) and assert_equal 200, status }
    assert_refused(429, "too_many_requests", event(id, "shown", bearer))
    event(other, "shown", token(input_data(2)))
    assert_equal 200, status
    # Elsewhere it is the token that is counted; the first of these was the offer.
    3.times { sign(id, bearer) }
    assert_refused(429, "too_many_requests", sign(id, bearer))
  end

  def test_counters_forget
    counters = ShopServer::Rates::Counters.new
    (ShopServer::Rates::Counters::MANY + 5).times { |n| counters.increment("key-#{n}", 1, expires_in: 0) }
    assert_equal 1, counters.increment("key", 1, expires_in: 60)
    assert_equal 2, counters.increment("key", 1, expires_in: 60)
    assert_operator counters.instance_variable_get(:@counts).size, :<, 10
  end

  # To look at all of them for each request is what a flood would want.
  def test_counters_are_not_slow_when_they_are_many
    counters = ShopServer::Rates::Counters.new
    started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    40_000.times { |n| counters.increment("key-#{n}", 1, expires_in: 60) }
    assert_operator Process.clock_gettime(Process::CLOCK_MONOTONIC) - started, :<, 5
  end

  # --- headers

  def test_headers_are_everywhere
    id, bearer = open_session(1)
    answers = [last_response]
    [["/healthz"], ["/nothing"], ["/pages/#{id}"], ["/scenarios"], ["/pages/#{"a" * 32}"]].each do |path,|
      get path
      answers << last_response
    end
    event(id, "x", bearer)
    answers << last_response
    assert_equal [200, 200, 404, 200, 401, 404, 400], answers.map(&:status)
    answers.each do |answer|
      policy = answer.headers["Content-Security-Policy"]
      assert_includes policy, "default-src 'none'"
      assert_includes policy, "connect-src 'self' #{config.shop_url};"
      assert_includes policy, "frame-ancestors 'none'"
      refute_includes policy, "unsafe"
      assert_equal %w[nosniff no-referrer no-store DENY],
                   answer.headers.values_at("X-Content-Type-Options", "Referrer-Policy", "Cache-Control", "X-Frame-Options")
      refute answer.headers.key?("Set-Cookie")
    end
  end

  def test_over_tls_a_browser_stays_there
    get "/healthz"
    refute last_response.headers.key?("Strict-Transport-Security")
    assert_equal "same-origin", last_response.headers["Cross-Origin-Resource-Policy"]
    services.config = limited(SHOP_PUBLIC_URL: "https://shop.example")
    answer = Rack::MockRequest.new(ShopServer::App.serve(services)).get("/healthz")
    assert_match(/max-age=\d{8}/, answer["Strict-Transport-Security"])
  end

  def test_only_the_shop_may_call_from_a_browser
    shop = { "HTTP_ORIGIN" => config.shop_url }
    options "/offer", {}, shop
    assert_equal [204, config.shop_url, "POST", "authorization, content-type"],
                 [status, *last_response.headers.values_at("Access-Control-Allow-Origin", "Access-Control-Allow-Methods",
                                                           "Access-Control-Allow-Headers")]
    offer(input_data(1), HTTP_ORIGIN: config.shop_url)
    assert_equal [200, config.shop_url, "Origin"],
                 [status, *last_response.headers.values_at("Access-Control-Allow-Origin", "Vary")]
    offer(input_data(1), token: "x", HTTP_ORIGIN: config.shop_url)
    assert_equal [401, config.shop_url], [status, last_response.headers["Access-Control-Allow-Origin"]]

    get "/pages/#{open_session(2)[0]}/quote", {}, shop
    assert_equal [200, "Accept, Origin"], [status, last_response.headers["Vary"]]

    ["http://evil.example", "null", "#{config.shop_url}.evil.example", nil].each do |origin|
      env = { "HTTP_ORIGIN" => origin }.compact
      options "/offer", {}, env
      refute last_response.headers.key?("Access-Control-Allow-Origin")
      offer(input_data(1), **env.transform_keys(&:to_sym))
      refute last_response.headers.key?("Access-Control-Allow-Origin")
      assert_includes last_response.headers["Vary"], "Origin"
    end
  end

  # --- garbage

  METHODS = %w[GET POST PUT DELETE OPTIONS HEAD PATCH TRACE].freeze
  PATHS = ["/offer", "/sign-changeset", "/changeset-result", "/sessions/%s/events", "/pages/%s", "/pages/%s/quote",
           "/webhooks/subscription_contracts/create", "/preview/%s", "/scenarios", "/scenarios/explain",
           "/scenarios.csv", "/scenarios/chart.svg", "/healthz", "/", "/assets/%s", "//%s", "/%s"].freeze
  TYPES = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", nil].freeze

  # A thousand requests that nobody should send: each has an answer, and each answer 500 a line.
  def test_garbage
    random = Random.new(5)
    id, bearer = open_session(1)
    signed = headers_of_webhook
    1000.times do
      env = garbage(random, id, bearer, signed)
      answer = Rack::MockResponse.new(*app.call(env))
      assert_includes 200..429, answer.status, [env.reject { |key, _| key.start_with?("rack.") }, log_lines.last(2)].inspect
    end
    assert_equal 1, services.db[:sessions].count
    get "/healthz"
    assert_equal 200, status
  end

  def config
    @config ||= ShopServer::Config.from_env(environment("SHOP_CLIENT_PER_MINUTE" => "100000",
                                                        "SHOP_SESSION_PER_MINUTE" => "100000"))
  end

  def headers_of_webhook
    { "HTTP_X_SHOPIFY_EVENT_ID" => "garbage" }
  end

  def garbage(random, id, bearer, signed)
    word = [random.bytes(random.rand(40)), id, "S1-hojicha-joins", "%ff%00", "../" * 5, "'\"<>&;", "é日本"].sample(random: random)
    body = [random.bytes(random.rand(2000)), JSON.generate(junk(random, 0, id)), "{", "", "a=%ff&b[c]=1&b=2",
            "--x\r\nContent-Disposition: form-data; name=\"order\"\r\n\r\n{}"].sample(random: random)
    env = Rack::MockRequest.env_for("/", method: METHODS.sample(random: random), input: body)
    env["PATH_INFO"] = PATHS.sample(random: random).sub("%s") { word }
    env["QUERY_STRING"] = ["", "quantity=#{random.rand(-5..20)}", "plan=%00", random.bytes(20), "a[]=1&a[b]=2"].sample(random: random)
    env["CONTENT_TYPE"] = TYPES.sample(random: random)
    env["HTTP_AUTHORIZATION"] = [nil, "Bearer #{bearer}", "Bearer #{random.bytes(30)}", "Basic eDp5", random.bytes(20),
                                 "Basic #{Base64.strict_encode64("merchant:#{PASSWORD}")}"].sample(random: random)
    env.compact.merge(signed)
  end

  # A document that is nearly what a route wants.
  def junk(random, depth, id)
    case random.rand(depth > 4 ? 6 : 9)
    when 0 then random.rand(-(2**70)..2**70)
    when 1 then random.rand * 1e300
    when 2 then nil
    when 3 then "\u0000\ud7ff日本"
    when 4 then id
    when 5 then "shown"
    when 6 then Array.new(random.rand(4)) { junk(random, depth + 1, id) }
    else
      %w[referenceId session event quantity total result notSent sellingPlanId initialPurchase]
        .sample(random.rand(6), random: random).to_h { |key| [key, junk(random, depth + 1, id)] }
    end
  end
end
