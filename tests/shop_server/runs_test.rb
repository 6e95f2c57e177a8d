# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/platform"

# Runs from an accepted offer to their end, and what may go wrong on the way.
class RunsTest < Minitest::Test
  include PlatformTests

  PAID_NOW = { 1 => 800, 2 => 1500, 3 => 720, 4 => 321 }.freeze

  PAID_NOW.each do |pattern, yen|
    define_method("test_pattern_#{pattern}_is_carried_out") do
      purchase = accept(pattern)
      assert_equal "processed", apply(purchase)[:status]
      assert_equal :completed, drive(purchase)
      assert_carried_out(pattern, purchase)
      assert_equal yen, ledger(purchase)[:charges].last[:amount]
      assert_equal :ordered, session_state(purchase)
      assert_equal %w[shown clicked ordered], counted(purchase)
      assert_empty runs.stops(purchase.session_id)
    end
  end

  def test_quantities_are_charged_and_delivered
    purchase = accept(1, quantity: 3)
    apply(purchase)
    assert_equal :completed, drive(purchase)
    book = ledger(purchase)
    assert_equal [3, 2400], book[:lines].last.values_at(:current, :total)
    assert_equal [3, 900], book[:contracts].first[:lines].last.values_at(:quantity, :price)
  end

  def test_the_session_hears_of_the_sale_before_the_contract_is_there
    shop.faults.set("late_contract" => 1)
    purchase = accept(1)
    apply(purchase)
    5.times { worker.work_once }
    assert_equal :open, runs.state(purchase.session_id)
    assert_equal :ordered, session_state(purchase)
  end

  # A lost answer may belong to any call: each is lost once, and once its request.
  { "lose_answer" => 0, "lose_call" => 0, "server_error" => 0, "throttle" => 0 }.each_key do |fault|
    [1, 2, 3, 4].each do |pattern|
      define_method("test_pattern_#{pattern}_survives_#{fault}_at_any_call") do
        purchase = accept(pattern)
        apply(purchase)
        seen = Hash.new(0)
        watch.watcher = lambda do |_|
          # The first time that an operation is called, it goes wrong.
          shop.faults.set(fault => 1) if (seen[calls.last] += 1) == 1
          nil
        end
        assert_equal :completed, drive(purchase)
        assert_operator seen.values.sum, :>=, 2 * seen.size
        assert_carried_out(pattern, purchase)
      end
    end
  end

  def test_an_answer_that_comes_too_late_is_none
    purchase = accept(3)
    apply(purchase)
    slow = worker(seconds: 0.3)
    watch.watcher = ->(_) { shop.faults.set("late_answer" => 1) if calls.count("UpsellRefund") == 1 }
    assert_equal :completed, drive(purchase, worker: slow)
    assert_equal 2, calls.count("UpsellRefund")
    assert_carried_out(3, purchase)
  end

  def test_a_contract_that_was_changed_in_between
    shop.faults.set("stale_draft" => 2)
    purchase = accept(1)
    apply(purchase)
    assert_equal :completed, drive(purchase)
    assert_equal 3, calls.count("UpsellCommitDraft")
    assert_carried_out(1, purchase)
  end

  def test_a_webhook_wakes_a_run_and_doubles_do_nothing
    shop.faults.set("repeat_webhook" => 1)
    purchase = accept(1)
    apply(purchase)
    start = clock.now
    assert_equal :completed, drive(purchase)
    assert_operator clock.now - start, :<, 12, "without the webhook, the next look would be after 15 seconds"
    assert_carried_out(1, purchase)
  end

  def test_the_worker_hands_webhooks_on
    services.webhooks.take_in("subscription_contracts/create", "e", "{}")
    busy = worker
    working = Thread.new { busy.run }
    sleep 0.05 until services.db[:webhooks].where(body: nil).count == 1 || !working.alive?
    assert_equal 1, services.db[:webhooks].where(body: nil).count
  ensure
    busy.stop
    working.join
  end

  def test_without_webhooks_it_only_takes_longer
    shop.faults.set("lose_webhook" => 1)
    purchase = accept(1)
    apply(purchase)
    assert_equal :completed, drive(purchase)
    assert_carried_out(1, purchase)
  end

  def test_a_late_contract
    [1, 3].each do |pattern|
      shop.faults.set("late_contract" => 1)
      purchase = accept(pattern)
      apply(purchase)
      assert_equal :completed, drive(purchase)
      assert_carried_out(pattern, purchase)
    end
  end

  def test_a_webhook_of_another_order_and_garbage_do_nothing
    shop.faults.set("late_contract" => 1)
    purchase = accept(1)
    apply(purchase)
    3.times { worker.work_once }
    before = services.db[:runs].select_map(%i[journal due_at])
    topic = "subscription_contracts/create"
    assert_equal 1, runs.webhook(topic, %({"admin_graphql_api_origin_order_id":"gid://shopify/Order/1"}))
    assert_equal 1, runs.webhook(topic, "\xFF{")
    assert_equal 0, runs.webhook("orders/create", "{}")
    assert_equal before, services.db[:runs].select_map(%i[journal due_at])
  end

  def test_an_order_without_a_contract_is_for_a_person
    shop.faults.set("no_contract" => 1)
    purchase = accept(3)
    apply(purchase)
    assert_equal :stopped, drive_long(purchase)
    assert_equal [:paid_contract_unknown], runs.stops(purchase.session_id).map(&:state)
    assert_equal :ordered, session_state(purchase)
    assert_empty ledger(purchase)[:refunds]
    assert_equal ["paid_contract_unknown"], errors("run_stopped").map { |line| line["state"] }
  end

  def test_a_charge_that_fails_is_taken_off_again
    [1, 2, 3, 4].each do |pattern|
      shop.faults.set("charge_fails" => 1)
      purchase = accept(pattern)
      assert_equal "partially_processed", apply(purchase)[:status]
      assert_equal :stopped, drive_long(purchase)
      book = ledger(purchase)
      assert_equal [0, false], book[:lines].last.values_at(:current, :paid), "pattern #{pattern}"
      assert_equal [1, 0, [0]], [book[:charges].size, book[:outstanding], book[:refunds]]
      assert_equal :unpaid_line_removed, runs.stops(purchase.session_id).last.state
      assert_equal :failed, session_state(purchase)
      assert_equal %w[shown clicked], counted(purchase)
    end
    assert_empty errors("run_stopped"), "nobody has to do anything"
  end

  def test_a_contract_that_is_refused_by_name_gives_the_money_back
    shop.faults.set("refuse_contract" => 1)
    purchase = accept(3)
    apply(purchase)
    assert_equal :stopped, drive_long(purchase)
    book = ledger(purchase)
    assert_equal [720], book[:refunds]
    assert_equal [1, 0], book[:lines].map { |line| line[:current] }
    assert_equal 0, book[:outstanding]
    assert_equal :failed, session_state(purchase)
  end

  def test_a_refused_changeset_charges_nothing
    shop.faults.set("refuse_changeset" => 1)
    purchase = accept(2)
    apply(purchase)
    assert_equal :stopped, runs.state(purchase.session_id), "nothing is left to be done"
    assert_empty calls
    assert_equal :failed, session_state(purchase)
    assert_equal [:not_charged], runs.stops(purchase.session_id).map(&:state)
  end

  def test_a_server_error_is_looked_into
    shop.faults.set("changeset_error" => 1)
    purchase = accept(4)
    assert_equal "unprocessed", apply(purchase)[:status]
    assert_equal :completed, drive(purchase)
    assert_carried_out(4, purchase)
  end

  def test_a_page_that_applies_and_is_silent
    purchase = accept(4)
    shop.changesets.apply(purchase.token, consent: false)
    assert_equal :completed, drive_long(purchase)
    assert_carried_out(4, purchase)
    assert_equal :ordered, session_state(purchase)
  end

  # Two windows of one buyer: one applies, the other one cannot calculate, or is refused.
  def test_what_one_page_did_not_do_another_one_may_have_done
    denials = [->(id) { runs.not_sent(id, "price_differs") }, ->(id) { runs.not_sent(id, "declined") },
               ->(id) { runs.answer(id, %({"status":"unprocessed","errors":[{"code":"order_released_error"}]})) }]
    denials.each do |deny|
      purchase = accept(3)
      assert_equal purchase.changeset, runs.changeset(purchase.session_id) # the second page has it
      shop.changesets.apply(purchase.token, consent: true)
      deny.call(purchase.session_id)
      assert_equal :completed, drive(purchase)
      assert_carried_out(3, purchase)
    end
  end

  # The same words are taken at their worth where one page alone had the changeset.
  def test_a_page_that_was_alone_is_believed
    purchase = accept(2)
    runs.answer(purchase.session_id, %({"status":"unprocessed","errors":[{"code":"order_released_error"}]}))
    assert_equal :stopped, runs.state(purchase.session_id)
    assert_empty calls
  end

  def test_a_call_that_would_begin_too_late_is_not_made
    purchase = accept(4)
    apply(purchase)
    clock = self.clock
    heard = []
    # The machine sleeps behind the first one.
    runs.define_singleton_method(:next_call) { super().tap { clock.advance(5) if heard.empty? } }
    runs.define_singleton_method(:called) { |call, response| super(call, response).tap { heard << [call.step, response] } }
    worker.work_once
    assert_equal [["find_order", :not_sent], "find_order"], [heard[0], heard[1][0]]
    assert_equal 1, calls.count("UpsellFindOrder")
    assert_equal :completed, drive(purchase)
    assert_carried_out(4, purchase)
  end

  def test_one_session_that_is_refused_keeps_no_other_from_hearing
    bad, good = Array.new(2) { accept(2) }
    services.db[:sessions].where(id: bad.session_id).update(session_json: "{}")
    [bad, good].each { |purchase| runs.not_sent(purchase.session_id, "declined") }
    assert_equal :failed, session_state(good)
    assert_equal [bad.session_id[0, 8]], errors("session_refused").map { |line| line["session"] }.uniq
  end

  def test_what_no_round_survives_ends_the_process
    apply(accept(4))
    broken = Object.new
    def broken.post(_call) = raise(NoMemoryError)

    assert_raises(NoMemoryError) { Timeout.timeout(10) { quietly { ShopServer::Worker.new(services, api: broken).run } } }
  end

  def test_a_page_that_does_not_know
    purchase = accept(4)
    shop.changesets.apply(purchase.token, consent: false)
    runs.no_answer(purchase.session_id)
    assert_equal :completed, drive(purchase)
    assert_carried_out(4, purchase)
  end

  def test_a_page_that_never_comes_back_is_not_charged_in_the_end
    [1, 2, 3, 4].each do |pattern|
      purchase = accept(pattern)
      start = clock.now
      assert_equal :stopped, drive_long(purchase)
      assert_operator clock.now - start, :>, 4500
      assert_equal [:not_charged], runs.stops(purchase.session_id).map(&:state)
      assert_equal [1, 1], [ledger(purchase)[:lines].size, ledger(purchase)[:charges].size]
      assert_equal :failed, session_state(purchase)
    end
  end

  def test_a_page_that_declines_or_sees_another_price
    %w[declined price_differs].each do |reason|
      purchase = accept(2)
      runs.not_sent(purchase.session_id, reason)
      assert_equal :stopped, runs.state(purchase.session_id)
      assert_equal [["charge", reason, :not_charged]], runs.stops(purchase.session_id).map(&:to_a)
      assert_equal :failed, session_state(purchase)
    end
    assert_empty calls
  end

  def test_a_reason_that_nobody_knows_counts_as_none
    purchase = accept(2)
    runs.not_sent(purchase.session_id, "changeset_already_applied")
    assert_equal %w[not_sent], runs.stops(purchase.session_id).map(&:result)
  end

  def test_the_same_changeset_is_handed_out_until_it_is_answered_or_expired
    purchase = accept(2)
    assert_equal purchase.changeset, runs.changeset(purchase.session_id)
    clock.advance(purchase.changeset.expires_at - clock.now - 1)
    assert_equal purchase.changeset, runs.changeset(purchase.session_id)
    clock.advance(1)
    assert_nil runs.changeset(purchase.session_id)

    answered = accept(2)
    apply(answered)
    assert_nil runs.changeset(answered.session_id)
    assert_nil runs.changeset("nobody")
  end

  def test_an_answer_that_comes_twice_or_after_the_end_does_nothing
    purchase = accept(2)
    answer = JSON.generate(apply(purchase))
    before = services.db[:runs].select_map(%i[journal revision todo begun])
    runs.answer(purchase.session_id, answer)
    runs.not_sent(purchase.session_id, "declined")
    assert_equal before, services.db[:runs].select_map(%i[journal revision todo begun])
    drive(purchase)
    runs.not_sent(purchase.session_id, "declined")
    runs.answer("nobody", answer)
    assert_equal :completed, runs.state(purchase.session_id)
    assert_nil runs.state("nobody")
    assert_empty runs.stops("nobody")
  end

  def test_a_session_and_a_plan_have_one_run
    purchase = accept(2)
    row = services.sessions.find(purchase.session_id)
    assert_raises(Sequel::UniqueConstraintViolation) do
      runs.start(session_id: row.id, plan: plan_of(row, 1))
    end
    assert_equal 1, services.db[:runs].count
  end

  def test_a_start_that_is_undone_leaves_nothing
    order = shop.orders.place([{ variant_id: PURCHASES[4][1], quantity: 1 }])
    row = open_session(order)
    services.db.transaction(mode: :immediate) do
      runs.start(session_id: row.id, plan: plan_of(row, 1))
      raise Sequel::Rollback
    end
    assert_nil runs.state(row.id)
  end

  def test_a_run_whose_end_is_unknown_is_logged_as_an_error_and_stays_a_click
    purchase = accept(4)
    apply(purchase)
    # Somebody takes the item off by hand before the run has seen it: what was paid cannot be told.
    line = shop.orders.lines(purchase.order[:id]).last
    shop.refunds.make(purchase.order[:id], key: "by hand", items: [{ line_id: line[:id], quantity: 1 }], payments: [])
    assert_equal :stopped, drive_long(purchase)
    assert_equal [:unknown], runs.stops(purchase.session_id).map(&:state)
    assert_includes %i[clicked processing], session_state(purchase)
    assert_equal %w[shown clicked], counted(purchase)
    told = errors("run_stopped")
    assert_equal [["judge_absence", "ok", "unknown"]], told.map { |line| line.values_at("step", "result", "state") }
  end

  def test_a_journal_that_the_library_refuses_holds_up_no_other_run
    bad = accept(2)
    apply(bad)
    services.db[:runs].where(session_id: bad.session_id).update(plan: "{}", begun: true)
    good = accept(4)
    apply(good)
    assert_equal :completed, drive(good)
    assert_equal :open, runs.state(bad.session_id)
    assert_equal ["missing_key"], errors("run_refused").map { |line| line["code"] }.uniq
  end

  def test_a_call_is_given_to_one_alone_until_it_is_given_up
    apply(accept(4))
    call = runs.next_call
    assert_equal "find_order", call.step
    clock.advance(19)
    assert_nil runs.next_call, "somebody is making it"
    clock.advance(1)
    runs.next_call # nobody answered: this one is looked at again
    before = services.db[:runs].get(:journal)
    runs.called(call, ShopServer::AdminApi::Response.new(status: 200, body: "{}"))
    assert_equal before, services.db[:runs].get(:journal), "the word of one that was given up does not count"
  end

  def test_a_call_is_stored_before_it_is_made
    purchase = accept(4)
    apply(purchase)
    watch.watcher = lambda do |_|
      stored = JSON.parse(services.db[:runs].get(:journal))
      assert_includes stored["steps"].values.map { |step| step["status"] }, "sent"
      nil
    end
    drive(purchase)
    refute_empty calls
  end

  def test_two_workers_at_once
    purchases = [1, 2, 3, 4, 1, 3].map { |pattern| [pattern, accept(pattern)] }
    purchases.each { |_, purchase| apply(purchase) }
    workers = Array.new(2) do
      other = ShopServer::Services.build(config, log: log, clock: clock)
      Thread.new do
        driver = ShopServer::Worker.new(other, api: api)
        until other.db[:runs].where(state: "open").empty?
          driver.work_once
          sleep 0.01
        end
        driver.work_once
        other.close
      end
    end
    until workers.none?(&:alive?)
      clock.advance(1)
      sleep 0.02
    end
    workers.each(&:join)
    purchases.each do |pattern, purchase|
      assert_equal :completed, runs.state(purchase.session_id)
      assert_carried_out(pattern, purchase)
    end
  end

  def test_the_log_tells_no_secret_and_nothing_of_the_buyer
    shop.faults.set("charge_fails" => 1)
    purchase = accept(3)
    apply(purchase)
    drive_long(purchase)
    text = @log_text.string
    refute_empty text
    [SECRET, ADMIN_TOKEN, CUSTOMER.to_s, purchase.reference, purchase.token, purchase.session_id].each do |planted|
      refute_includes text, planted
    end
  end

  private

  # Without what Ruby says of a thread that ends by an error.
  def quietly
    before = Thread.report_on_exception
    Thread.report_on_exception = false
    yield
  ensure
    Thread.report_on_exception = before
  end

  # @return [Array<Hash>] lines of the log that a person must see
  def errors(event)
    log_lines.select { |line| line["level"] == "error" && line["event"] == event }
  end
end
