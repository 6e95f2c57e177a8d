# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "helper"
require_relative "../../../examples/ruby/shop_server/lib/fake_shop/server"
require_relative "../../../examples/ruby/shop_server/lib/shop_server/worker"

# A clock in a file, which several processes share.
class FileClock
  def initialize(path, now = 1_795_000_000)
    @path = path
    File.write(path, format("%012d", now))
  end

  def call
    Integer(File.read(@path), 10)
  end
  alias now call

  def advance(seconds)
    IO.write(@path, format("%012d", call + seconds), 0)
  end
end

# A fake shop that answers on a port of the loopback interface, and purchases in it.
module PlatformTests
  include ShopServerTests

  # What a test follows: the platform's order, the session, and what the page was given.
  Purchase = Struct.new(:order, :session_id, :changeset, :token, :consent, keyword_init: true) do
    def reference
      order[:reference]
    end
  end

  # Passes requests on, after it has told a test of each call of the Admin API. The test's answer is
  # :refuse if the call is not to be executed, or what else is to be done when it was, or nil.
  class Watch
    attr_reader :calls
    attr_accessor :watcher

    def initialize(app)
      @app = app
      @calls = []
      @watcher = ->(_number) {}
    end

    def call(env)
      return @app.call(env) unless env["PATH_INFO"].start_with?("/admin/")

      @calls << env["rack.input"].read[/\b(?:query|mutation) (\w+)/, 1]
      env["rack.input"].rewind
      wanted = @watcher.call(@calls.size)
      return [503, {}, []] if wanted == :refuse

      answer = @app.call(env)
      wanted&.call
      answer
    end
  end

  def setup
    super
    @clock = FileClock.new(File.join(folder, "clock"))
    @shop = FakeShop::Shop.new(config, clock: clock)
    app = FakeShop::App.of(@shop)
    app.set :late_seconds, 1
    @watch = Watch.new(app)
    @server = FakeShop::Server.new(@shop, port: 0, app: @watch)
    @serving = Thread.new { @server.run }
  end

  def teardown
    @server.stop
    @serving.join
    @shop.db.disconnect
    super
  end

  attr_reader :shop, :watch

  # @return [Array<String>] names of the operations that were called so far
  def calls
    watch.calls
  end

  def api(seconds: 5)
    ShopServer::AdminApi.new(url: "http://127.0.0.1:#{@server.port}", token: ADMIN_TOKEN, seconds: seconds)
  end

  def worker(seconds: 5)
    ShopServer::Worker.new(services, api: api(seconds: seconds))
  end

  def runs
    services.runs
  end

  # Has a buyer buy what sets off the offer of a pattern, see the offer and accept it.
  # @return [Purchase] its changeset is signed, and not applied
  def accept(pattern, quantity: 1)
    _, variant, plan, = PURCHASES.fetch(pattern)
    order = shop.orders.place([{ variant_id: variant, quantity: 1, plan_id: plan }.compact])
    row = open_session(order)
    changeset = nil
    services.sessions.take(row.id, :shown)
    services.sessions.take(row.id, :clicked) do |_, turn|
      changeset = runs.start(session_id: row.id, plan: plan_of(row, quantity)) if turn.effect?(:charge)
    end
    token = ShopServer::Token.new(config, clock: clock).sign(order[:reference], changeset, issued_at: clock.now)
    Purchase.new(order: order, session_id: row.id, changeset: changeset, token: token, consent: pattern == 3)
  end

  def open_session(order)
    payload = JSON.generate(FakeShop::Checkout.new(shop, clock: clock).input_data(order))
    document = Upsell.order_from_input_data(payload, ids: config.ids)
    offer = services.catalogue.current.decide_json(document).offer
    services.sessions.open(reference_id: order[:reference], order_json: document, scenario_id: offer.scenario_id,
                           seconds: nil)
  end

  def plan_of(row, quantity)
    acceptance = JSON.generate(scenario_id: row.scenario_id, quantity: quantity)
    services.catalogue.current.plan_json(row.order_json, acceptance, reference_id: row.reference_id,
                                                                     shop: config.shop_domain)
  end

  # The page compares, applies and tells, as hosts.md wants it.
  def apply(purchase)
    expected = JSON.parse(purchase.changeset.expect)["lines"].map { |line| Integer(line, 10) }
    assert_equal expected, calculated(purchase)
    answer = shop.changesets.apply(purchase.token, consent: purchase.consent)
    runs.answer(purchase.session_id, JSON.generate(answer))
    answer
  end

  # @return [Array<Integer>] what the platform would charge for each line
  def calculated(purchase)
    shop.changesets.calculate(purchase.token).fetch(:calculatedPurchase)[:updatedLineItems].map do |line|
      line[:totalPriceSet][:shopMoney][:amount].to_i
    end
  end

  # Lets time pass until a run has ended, and everything happen that is due.
  # @return [Symbol] its state
  def drive(purchase, worker: self.worker, webhooks: true)
    400.times do
      worker.work_once
      deliver_webhooks if webhooks
      state = runs.state(purchase.session_id)
      return state if state != :open

      clock.advance(1)
    end
    flunk "the run has not ended"
  end

  # Hands over what the platform sends; the app takes each event once.
  def deliver_webhooks
    shop.webhooks.due.each do |webhook|
      shop.db[:webhooks].where(id: webhook[:id]).update(sendings: Sequel[:sendings] - 1)
      services.webhooks.take_in(webhook[:topic], webhook[:event_id], webhook[:body])
    end
  end

  # Lets hours pass, in leaps: what is due in between is looked at late, which does no harm.
  def drive_long(purchase, leap: 120)
    500.times do
      worker.work_once
      state = runs.state(purchase.session_id)
      return state if state != :open

      clock.advance(leap)
    end
    flunk "the run has not ended"
  end

  def ledger(purchase)
    shop.ledger(purchase.reference)
  end

  # Sessions hear of their runs when the worker comes by once more.
  def session_state(purchase)
    worker.work_once
    services.sessions.find(purchase.session_id).session.state
  end

  def counted(purchase)
    services.sessions.events_since(0).select { |row| row[:session_id] == purchase.session_id }.map { |row| row[:event] }
  end

  # What holds after every run that was carried out, whatever happened on the way.
  def assert_carried_out(pattern, purchase)
    book = ledger(purchase)
    added = book[:lines].select { |line| line[:changeset_key] }
    assert_equal [true], added.map { |line| line[:paid] }, "added once, and paid"
    assert_equal 1, added.first[:current]
    assert_equal [added.first[:total]], book[:charges].drop(1).map { |one| one[:amount] }, "charged once"
    assert_equal 0, book[:outstanding]
    assert_refunded(pattern, book)
    assert_equal [pattern == 1 ? 2 : 1], lines_of_contracts(book), "added to the contract once" if pattern.odd?
  end

  def lines_of_contracts(book)
    book[:contracts].map { |one| one[:lines].size }
  end

  # Pattern 3 gives back what it replaces, once; the others give nothing back.
  def assert_refunded(pattern, book)
    first = book[:charges].first
    assert_equal pattern == 3 ? [first[:amount]] : [], book[:refunds]
    assert_equal pattern == 3 ? first[:amount] : 0, first[:refunded]
    assert_equal pattern == 3 ? 0 : 1, book[:lines].first[:current]
  end
end
