# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "rexml/document"
require_relative "support/requests"

# The merchant's pages, without a browser.
class MerchantPagesTest < Minitest::Test
  include Requests

  ROUTES = ShopServer::MerchantPages.routes.flat_map { |verb, found| found.map { |route| [verb, route[0].to_s] } }
                                    .reject { |verb, _| verb == "HEAD" }.freeze

  def test_every_route_wants_the_password
    assert_equal 9, ROUTES.size
    ROUTES.each do |verb, pattern|
      path = pattern.sub(":scenario", "S1-hojicha-joins")
      [nil, ["merchant", "wrong"], ["wrong", PASSWORD], ["", ""]].each do |user|
        user ? basic_authorize(*user) : header("Authorization", nil)
        request(path, method: verb, "CONTENT_TYPE" => "application/x-www-form-urlencoded")
        assert_equal 401, status, "#{verb} #{path} #{user}"
        assert_match(/\ABasic /, last_response.headers["WWW-Authenticate"])
      end
      header "Authorization", "Bearer x"
      request(path, method: verb, "CONTENT_TYPE" => "application/x-www-form-urlencoded")
      assert_equal 401, status
    end
  end

  def test_without_a_path_a_person_comes_to_the_list
    login
    get "/"
    assert_equal [303, "#{config.public_url}/scenarios"], [status, last_response.headers["Location"]]
  end

  def test_counts_rates_and_csv
    count("a", "shown")
    count("b", "shown", "clicked")
    count("c", "shown", "clicked", "ordered")
    login
    get "/scenarios"
    row = last_response.body[%r{S1-hojicha-joins.*?</tr>}m]
    assert_equal %w[10 3 2 1 66.67% 50.00% 33.33%], row.scan(%r{<td class="number">([^<]*)</td>}).flatten
    get "/scenarios.csv"
    assert_equal "text/csv", last_response.media_type
    assert_includes last_response.body, "S1-hojicha-joins,煎茶の定期便にほうじ茶を追加,公開,10,3,2,1,66.67,50.00,33.33\r\n"
    refute last_response.body.b.start_with?("\xEF\xBB\xBF".b)
    get "/scenarios.csv?bom=1&scenario=S4-karinto"
    assert last_response.body.b.start_with?("\xEF\xBB\xBF".b)
    assert_equal 2, last_response.body.lines.size
    ["nobody", "x" * 300].each do |id|
      get "/scenarios.csv", scenario: id
      assert_equal 404, status
    end
  end

  def test_counting_goes_on_where_it_was_and_begins_anew_after_a_restart
    tally = ShopServer::EventTally.new { services.sessions }
    count("a", "shown")
    assert_equal [1, 0, 0], counted(tally)
    count("a", "clicked")
    count("b", "shown")
    assert_equal [2, 1, 0], counted(tally)
    assert_equal [2, 1, 0], counted(tally)
    assert_equal [2, 1, 0], counted(ShopServer::EventTally.new { services.sessions })
  end

  def test_counting_of_many_threads
    tally = ShopServer::EventTally.new { services.sessions }
    200.times { |number| count("s-#{number}", "shown") }
    found = Array.new(8) { Thread.new { counted(tally) } }.map(&:value)
    assert_equal [[200, 0, 0]], found.uniq
  end

  def test_chart
    count("a", "shown")
    login
    get "/scenarios/chart.svg"
    assert_equal "image/svg+xml", last_response.media_type
    chart = REXML::Document.new(last_response.body)
    texts = REXML::XPath.match(chart, "//*[local-name()='text']").map { |text| text.text.strip }
    assert_includes texts, "煎茶の定期便にほうじ茶を追加"
    assert_includes texts, "注文成功数"
  end

  def test_chart_of_any_counts
    strange = { "scenario_id" => "<&>", "name" => "", "shown" => 0, "clicked" => 0, "ordered" => 0 }
    large = { "scenario_id" => "1", "name" => "名" * 99, "shown" => 10**12, "clicked" => 7, "ordered" => 0 }
    [[], [strange], [large] * 50].each do |scenarios|
      REXML::Document.new(ShopServer::ScenarioChart.svg(scenarios))
    end
    { 0 => 1, 10 => 1, 11 => 2, 99 => 10, 101 => 20, 1001 => 200 }.each do |most, division|
      assert_equal division, ShopServer::ScenarioChart.division([{ "shown" => most }]), most
    end
  end

  def test_every_reason_has_a_sentence_of_its_own
    assert_equal Upsell::Reason.names.sort, ShopServer::Verdicts::SENTENCES.keys.sort
    assert_equal ShopServer::Verdicts::SENTENCES.size, ShopServer::Verdicts::SENTENCES.values.uniq.size
  end

  def test_explains_an_order_document
    explain(order(product: 8_240_000_000_001, variant: 44_510_000_000_001, plan: 6_930_000_001))
    assert_equal 200, status
    assert_equal %w[S1-hojicha-joins S2-caddy-once S3-sencha-switch S4-karinto].zip(%w[表示 対象外 対象外 対象外]), verdicts
  end

  def test_explains_input_data
    explain(input_data(4))
    assert_equal %w[S4-karinto 表示], verdicts.last
  end

  def test_explains_why_there_is_nothing
    explain(order(product: 8_240_000_000_001, variant: 44_510_000_000_001).merge(has_shipping_address: false))
    assert_includes last_response.body, ShopServer::Verdicts.sentence(:all_rejected)
    assert_includes last_response.body, ShopServer::Verdicts.sentence(:no_shipping_address)
    explain(order(product: 1, variant: 1))
    assert_includes last_response.body, ShopServer::Verdicts.sentence(:no_candidate)
    explain(order(product: 1, variant: 1).merge(currency: "USD"))
    assert_equal %w[対象外], verdicts.map(&:last).uniq
    assert_operator last_response.body.scan(ShopServer::Verdicts.sentence(:currency_mismatch)).size, :==, 5
  end

  def test_orders_that_cannot_be_read
    ["", "{", "[]", "{}", "null", '{"lineItems":1}', "<script>alert(1)</script>", "[" * 5000, "\xff",
     "\0"].each do |text|
      login
      post "/scenarios/explain", order: text
      assert_equal 422, status, text[0, 40]
      assert_includes last_response.body, "注文を読み取れませんでした。"
      refute_includes last_response.body, "<script>alert"
    end
  end

  def test_preview
    login
    get "/preview/S3-sencha-switch"
    assert_equal 200, status
    assert_includes last_response.body, 'data-mode="preview"'
    get "/preview/S3-sencha-switch/quote?plan=6930000002"
    assert_equal "760", JSON.parse(last_response.body)["subtotal"]["amount"]
    get "/preview/S3-sencha-switch/quote?plan=1"
    assert_equal 422, status
    %w[/preview/nobody /preview/nobody/thank-you /preview/nobody/quote].each do |path|
      get path
      assert_equal 404, status, path
    end
    get "/preview/#{"x" * 300}"
    assert_equal 404, status
  end

  private

  def login
    basic_authorize "merchant", PASSWORD
  end

  # What a session with these events leaves in the table.
  def count(reference, *events)
    row = services.sessions.open(reference_id: reference, order_json: "{}", scenario_id: "S1-hojicha-joins",
                                 seconds: 300)
    events.each { |event| services.sessions.take(row.id, event.to_sym) }
  end

  def counted(tally)
    found = tally.now { |counts| counts.counts_of("S1-hojicha-joins") }
    [found.shown, found.clicked, found.ordered]
  end

  def order(product:, variant:, plan: nil)
    { format: "upsell.order/1", id: "1", currency: "JPY",
      lines: [{ id: "1", product_id: product, variant_id: variant, quantity: 1, selling_plan_id: plan }] }
  end

  def explain(document)
    login
    post "/scenarios/explain", order: JSON.generate(document)
  end

  def verdicts
    last_response.body.scan(%r{<code>([^<]+)</code>.*?<span class="state[^>]*>([^<]+)</span>}m)
  end
end
