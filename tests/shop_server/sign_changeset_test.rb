# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/requests"

# The events of a page, POST /sign-changeset and POST /changeset-result.
class SignChangesetTest < Minitest::Test
  include Requests

  def counts
    services.db[:events].order(:seq).select_map(:event)
  end

  # The claims of a changeset's token, verified as the platform does.
  def claims(answer)
    JWT.decode(answer.fetch("token"), SECRET, true, algorithm: "HS256", verify_expiration: false).first
  end

  # --- events

  def test_events_of_a_page
    id, bearer = open_session(1)
    assert_equal({ "state" => "shown", "secondsLeft" => 300, "next" => "offer" }, event(id, "shown", bearer))
    clock.advance(60)
    assert_equal({ "state" => "shown", "secondsLeft" => 240, "next" => "offer" }, event(id, "shown", bearer))
    assert_equal "shown", event(id, "left", bearer)["state"]
    assert_equal 240, event(id, "tick", bearer)["secondsLeft"]
    assert_equal({ "state" => "declined", "secondsLeft" => 0, "next" => "thank_you" }, event(id, "declined", bearer))
    assert_equal "declined", event(id, "shown", bearer)["state"]
    assert_equal %w[shown], counts
  end

  def test_time_is_up
    id, bearer = open_session(1)
    event(id, "shown", bearer)
    clock.advance(300)
    assert_equal({ "state" => "expired", "secondsLeft" => 0, "next" => "thank_you" }, event(id, "tick", bearer))
    assert_refused(409, "not_open", sign(id, bearer))
    assert_equal 0, services.db[:runs].count
  end

  def test_what_only_the_server_may_say
    id, bearer = open_session(1)
    ["ordered", "clicked", "failed", "processing", "", nil, 5, ["shown"]].each do |name|
      assert_refused(400, "unknown_event", event(id, name, bearer))
    end
    assert_equal :offered, services.sessions.find(id).session.state
  end

  def test_whose_session_it_is
    id, = open_session(1)
    other = token(input_data(2))
    assert_refused(403, "other_buyer", event(id, "shown", other))
    assert_refused(403, "other_buyer", sign(id, other))
    assert_refused(403, "other_buyer", send_json("/changeset-result", { session: id, notSent: "declined" }, token: other))
    ["x", "a" * 32, "a" * 300, nil, 5, [id], { "id" => id }].each do |unknown|
      assert_refused(404, "unknown_session", sign(unknown, other))
    end
    assert_refused(404, "unknown_session", event("a" * 32, "shown", other))
    assert_refused(401, "no_token", event(id, "shown", nil))
    assert_empty counts
  end

  # --- signing

  def test_the_token_is_ours
    id, bearer = open_session(1)
    event(id, "shown", bearer)
    clock.advance(7)
    answer = sign(id, bearer, quantity: 2, total: "1600")
    found = claims(answer)
    run = services.db[:runs].first
    sent = JSON.parse(run[:todo])
    assert_equal ["demo-client", "ref-1", clock.now, sent["expires_at"], sent["idempotency_key"]],
                 found.values_at("iss", "sub", "iat", "exp", "jti")
    assert_equal JSON.parse(sent["changes"]), found["changes"]
    assert_equal [44_510_000_000_002, 2], found["changes"][0].values_at("variantId", "quantity")
    assert_equal({ "lines" => ["1600"] }, answer["expect"])
    assert_equal ["clicked", "progress", false, found["exp"]],
                 answer.values_at("state", "next", "buyerConsent", "expiresAt")
    assert_equal %w[shown clicked], counts
  end

  # The changes are the plan's, to the byte.
  def test_changes_are_signed_as_they_are
    id, bearer = open_session(2)
    payload = Base64.urlsafe_decode64(sign(id, bearer)["token"].split(".")[1]).force_encoding("UTF-8")
    assert_includes payload, "\"changes\":#{JSON.parse(services.db[:runs].get(:todo))["changes"]}"
  end

  def test_a_subscription_wants_consent
    id, bearer = open_session(3)
    answer = sign(id, bearer, sellingPlanId: "6930000002")
    assert_equal true, answer["buyerConsent"]
    assert_equal ["add_subscription", 6_930_000_002], claims(answer)["changes"][0].values_at("type", "sellingPlanId")
  end

  def test_what_the_browser_says_of_changes_and_prices_is_not_looked_at
    id, bearer = open_session(1)
    answer = sign(id, bearer, changes: [{ type: "add_variant", variantId: 1, quantity: 9 }], expect: { lines: ["1"] })
    assert_equal 44_510_000_000_002, claims(answer)["changes"][0]["variantId"]
    assert_equal({ "lines" => ["800"] }, answer["expect"])
  end

  # A lost answer loses no sale.
  def test_the_same_again_is_the_same_token
    id, bearer = open_session(1)
    first = sign(id, bearer)
    clock.advance(20)
    assert_equal first, sign(id, bearer)
    assert_equal 1, services.db[:runs].count
    assert_equal %w[shown clicked], counts
  end

  def test_something_else_afterwards_is_refused
    id, bearer = open_session(1)
    sign(id, bearer)
    answer = sign(id, bearer, quantity: 2)
    assert_refused(409, "not_open", answer)
    assert_equal %w[clicked progress], answer.values_at("state", "next")
  end

  def test_the_same_again_after_the_answer_is_refused
    id, bearer = open_session(1)
    sign(id, bearer)
    send_json("/changeset-result", { session: id, result: { status: "processed", errors: [] } }, token: bearer)
    assert_refused(409, "not_open", sign(id, bearer))
  end

  def test_the_same_again_after_its_end_is_refused
    id, bearer = open_session(1)
    answer = sign(id, bearer)
    clock.now = answer["expiresAt"]
    assert_refused(409, "not_open", sign(id, bearer))
  end

  def test_a_double_click_from_many_threads_is_one_run
    10.times do |turn|
      id, bearer = open_session(1, reference: "double-#{turn}")
      answers = Array.new(4) do
        Thread.new { Rack::MockRequest.new(app).post("/sign-changeset", **click(id, bearer)) }
      end.map(&:value)
      assert_equal [200] * 4, answers.map(&:status), answers.map(&:body).inspect
      assert_equal 1, answers.map(&:body).uniq.size
      assert_equal 1, services.db[:runs].where(session_id: id).count
    end
    assert_equal [10, 10], [counts.count("clicked"), counts.count("shown")]
  end

  def click(id, bearer)
    { input: JSON.generate(session: id, quantity: 1), "CONTENT_TYPE" => "application/json",
      "HTTP_AUTHORIZATION" => "Bearer #{bearer}" }
  end

  # --- what cannot be had any more

  def test_an_offer_that_changed
    { "price_changed" => [{ total: "799" }, "/acceptance/total"],
      "quantity_out_of_range" => [{ quantity: 6 }, "/acceptance/quantity"],
      "plan_not_offered" => [{ sellingPlanId: "6930000009" }, "/acceptance/selling_plan_id"] }
      .each_with_index do |(code, (wish, pointer)), index|
      id, bearer = open_session(1, reference: "changed-#{index}")
      answer = sign(id, bearer, **wish)
      assert_refused(409, code, answer)
      assert_equal [pointer, "failed", "thank_you"], answer.values_at("pointer", "state", "next")
      assert_equal %w[shown clicked], services.db[:events].where(session_id: id).order(:seq).select_map(:event)
      assert_refused(409, "not_open", sign(id, bearer)) # and it stays so
    end
    assert_equal 0, services.db[:runs].count
  end

  def test_a_catalogue_that_changed
    path = follow_a_catalogue
    id, bearer = open_session(1)
    replace(path) { |text| text.sub('"published"', '"draft"') }
    assert_refused(409, "offer_changed", sign(id, bearer))
    assert_equal :failed, services.sessions.find(id).session.state
  end

  def replace(path)
    File.write("#{path}.new", yield(File.read(path, encoding: "UTF-8")))
    File.rename("#{path}.new", path)
  end

  # A subscription goes on: what comes later was named by the page, too.
  def test_terms_that_changed
    path = follow_a_catalogue
    clock.now = Time.new(2026, 11, 19, 23, 59, 0, "+09:00").to_i
    id, = open_session(3)
    plan = "6930000002"
    get "/pages/#{id}/quote?plan=#{plan}"
    total = JSON.parse(last_response.body)["subtotal"]["amount"]
    terms = last_response.headers["Offer-Terms"]
    get "/pages/#{id}/quote?plan=#{plan}", {}, { "HTTP_ACCEPT" => "text/html" }
    assert_includes last_response.body, %(data-terms="#{terms}")
    clock.advance(120) # it is the same on another day
    get "/pages/#{id}/quote?plan=#{plan}"
    assert_equal terms, last_response.headers["Offer-Terms"]

    # The second charge comes to more, and the first to the same.
    replace(path) { |text| raise_later_price(text, plan) }
    answer = sign(id, token(input_data(3)), sellingPlanId: plan, total: total, terms: terms)
    assert_refused(409, "terms_changed", answer)
    assert_equal ["/terms", "failed"], answer.values_at("pointer", "state")
    assert_equal 0, services.db[:runs].count
  end

  def test_terms_that_stand
    id, bearer = open_session(3)
    get "/pages/#{id}/quote?plan=6930000002"
    sign(id, bearer, sellingPlanId: "6930000002", terms: last_response.headers["Offer-Terms"])
    assert_equal 200, status
    id, bearer = open_session(1)
    get "/pages/#{id}/quote?quantity=2"
    sign(id, bearer, quantity: 2, terms: last_response.headers["Offer-Terms"])
    assert_equal 200, status
  end

  def raise_later_price(text, plan)
    catalog = JSON.parse(text)
    found = catalog["selling_plans"].find { |one| one["id"].to_s == plan }
    found["pricing"] << { "after_cycle" => 1, "type" => "price", "value" => "9000" }
    JSON.generate(catalog)
  end

  # @return [String] where the catalogue is; the server looks at it each time
  def follow_a_catalogue
    File.join(folder, "catalog.json").tap do |path|
      FileUtils.cp(CATALOG, path)
      @config = ShopServer::Config.from_env(environment("SHOP_CATALOG" => path))
      services.catalogue.instance_variable_set(:@check_every, 0)
      services.catalogue.instance_variable_set(:@next_check, 0)
    end
  end

  def test_an_order_that_is_refused
    id, = open_session(1)
    data = input_data(1)
    data["initialPurchase"]["lineItems"] = []
    answer = sign(id, token(data))
    assert_refused(422, "bad_count", answer)
  end

  def test_an_order_that_changed
    id, bearer = open_session(1)
    data = input_data(1)
    data["initialPurchase"]["lineItems"][0]["quantity"] = 2
    event(id, "shown", bearer)
    assert_refused(409, "order_changed", sign(id, token(data)))
    assert_equal :shown, services.sessions.find(id).session.state
  end

  # Two offers that were made before either was seen.
  def test_a_purchase_has_one_click
    first, bearer = open_session(4, reference: "ref")
    clock.advance(5)
    second, newer = open_session(1, reference: "ref")
    event(second, "shown", newer)
    sign(second, newer)
    assert_refused(409, "order_changed", sign(first, bearer))
    assert_refused(409, "other_offer_accepted", sign(first, newer))
    assert_equal [:offered, 1], [services.sessions.find(first).session.state, services.db[:runs].count]
  end

  def test_wishes_of_wrong_types
    id, bearer = open_session(1)
    [["/quantity", { quantity: "1" }], ["/quantity", { quantity: nil }], ["/quantity", { quantity: 1.0 }],
     ["/sellingPlanId", { sellingPlanId: 5 }], ["/total", { total: 1.5 }], ["/total", { total: {} }],
     ["/terms", { terms: 5 }]].each do |at, wish|
      answer = sign(id, bearer, **wish)
      assert_refused(400, "wrong_type", answer)
      assert_equal at, answer["pointer"]
    end
    assert_equal :offered, services.sessions.find(id).session.state
    assert_equal 200, sign(id, bearer) && status
  end

  # --- what came of it

  def result(id, bearer, **said)
    send_json("/changeset-result", { session: id, **said }, token: bearer)
  end

  def test_results
    id, bearer = open_session(1)
    sign(id, bearer)
    answer = result(id, bearer, result: { status: "processed", errors: [], changesetApplicationsRemaining: 2 })
    assert_equal %w[processing progress], answer.values_at("state", "next")
    assert_equal "call", JSON.parse(services.db[:runs].get(:todo))["do"]
    assert_equal "processing", result(id, bearer, result: { status: "processed", errors: [] })["state"]
  end

  # The browser's word is no proof: a run that stops tells the session.
  def test_not_sent
    id, bearer = open_session(1)
    sign(id, bearer)
    assert_equal "clicked", result(id, bearer, notSent: "price_differs")["state"]
    assert_equal :stopped, services.runs.state(id)
    assert_equal [["charge", "price_differs", :not_charged]], services.runs.stops(id).map(&:to_a)
  end

  # The page has applied the changeset and heard nothing: the order is read at once.
  def test_a_page_that_heard_nothing
    id, bearer = open_session(1)
    sign(id, bearer)
    assert_equal %w[processing progress], result(id, bearer, notSent: "unknown").values_at("state", "next")
    assert_equal [:open, "find_order"], [services.runs.state(id), next_step]
    assert_refused(409, "not_open", sign(id, bearer))
  end

  # What the run calls first, in the seconds in which the plan would have the changeset sent again.
  def next_step
    3.times do
      clock.advance(2)
      call = services.runs.next_call
      return call.step if call
    end
  end

  # Another window is given the same changeset; its word that nothing was charged proves nothing then.
  def test_two_windows
    id, bearer = open_session(1)
    2.times { sign(id, bearer) }
    assert_equal "progress", result(id, bearer, notSent: "price_differs")["next"]
    assert_equal [:open, "find_order"], [services.runs.state(id), next_step]
  end

  def test_results_that_are_refused
    id, bearer = open_session(1)
    assert_refused(409, "not_accepted", result(id, bearer, result: { status: "processed" }))
    assert_equal :offered, services.sessions.find(id).session.state
    sign(id, bearer)
    [{}, { result: nil }, { result: [] }, { result: "processed" }, { notSent: "expired" }, { notSent: 5 },
     { result: {}, notSent: "declined" }].each do |said|
      assert_refused(400, "bad_result", result(id, bearer, **said))
    end
    raw = %({"session":"#{id}","result":{"a":1e999}})
    assert_refused(400, "bad_result", send_json("/changeset-result", raw, token: bearer))
    assert_equal :open, services.runs.state(id)
  end
end
