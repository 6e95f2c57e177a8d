# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "minitest/mock"
require "open3"
require "rbconfig"

require_relative "support/samples"

# Threads, processes and the garbage collector: nothing is freed under anybody, and nothing leaks.
class SafetyTest < Minitest::Test
  include Support

  STORE = File.read(File.join(EXAMPLES, "tea-store/catalog.json"), encoding: "UTF-8").freeze
  ORDERS = File.read(File.join(EXAMPLES, "tea-store/orders.ndjson"), encoding: "UTF-8").freeze
  LONG = (ORDERS * 30).freeze # decided without Ruby's lock
  ORDER = '{"format":"upsell.order/1","id":"o1","currency":"JPY",' \
          '"lines":[{"id":"l1","product_id":"tea","variant_id":"100g","quantity":1}]}'

  def threads(count = 8)
    Array.new(count) { |i| Thread.new { yield i } }.map(&:value)
  end

  # Resident memory in KiB.
  def resident
    Integer(File.read("/proc/self/status")[/VmRSS:\s+(\d+)/, 1])
  end

  # Growth of memory over many rounds, after a first time that fills what only ever fills.
  def growth(rounds)
    (rounds / 4).times { yield }
    GC.start
    before = resident
    rounds.times { yield }
    GC.start
    resident - before
  end

  # ---- threads ----

  def test_threads_share_a_catalogue
    catalog = Upsell::Catalog.from_json(STORE)
    lines = ORDERS.lines
    expected = lines.map { |line| Upsell::Catalog.from_json(STORE).decide_json(line) }
    found = threads do |i|
      case i % 3
      when 0 then Array.new(20) { lines.map { |line| decide_between_pages(catalog, line) } }
      when 1 then Array.new(10) { catalog.decide_lines(LONG).map(&:decision).first(lines.size) }
      else Array.new(20) { catalog.decide_lines(ORDERS).map(&:decision) }
      end
    end
    assert_equal [expected], found.flatten(1).uniq
  end

  def decide_between_pages(catalog, line)
    page = catalog.page_json(line)
    decision = catalog.decide_json(line)
    again = catalog.page_json(line)
    assert_equal [page, decision.offer&.scenario_id], [again, again && JSON.parse(again)["scenario_id"]]
    decision
  end

  # The first to ask for them may be several at once.
  def test_threads_ask_for_scenarios_and_previews
    ids = Samples.catalog.scenarios.map(&:id)
    10.times do
      catalog = Samples.catalog
      found = threads { [catalog.scenarios.map(&:id), catalog.preview("S1"), catalog.preview_page("S1")] }
      assert_equal [[ids, Samples.catalog.preview("S1"), Samples.catalog.preview_page("S1")]], found.uniq
    end
  end

  # Closing in the middle: what was begun ends well, what comes later is refused.
  def test_close_while_threads_decide
    order = Samples.order
    expected = Samples.decision
    2.times do
      catalog = Samples.catalog
      started = Queue.new
      deciding = Array.new(7) { |i| Thread.new { decide_until_closed(catalog, order, started, i) } }
      7.times { started.pop }
      catalog.close
      deciding.each { |thread| assert_equal [expected], thread.value.uniq }
    end
  end

  def decide_until_closed(catalog, order, started, number)
    many = Array.new(400, order)
    found = [catalog.decide(order)]
    started << true
    loop { found << (number.even? ? catalog.decide_many(many)[number] : catalog.decide(order)) }
  rescue Upsell::ClosedError
    found
  end

  # Yields while another thread is in a long call, which goes on after the block.
  # @yieldparam batch [Upsell::Native::BatchPointer] what it writes to
  # @return what that thread gives
  def during_a_long_call(catalog)
    inside, go_on = Queue.new, Queue.new
    call = Upsell::Native.method(:batch_decide_blocking)
    waiting = lambda do |*given|
      inside << given.first
      go_on.pop
      call.call(*given)
    end
    Upsell::Native.stub(:batch_decide_blocking, waiting) do
      deciding = Thread.new { catalog.decide_lines([LONG]).count }
      begin
        yield inside.pop
      ensure
        go_on << true
      end
      deciding.value
    end
  end

  # The catalogue that a call is in is freed when the call has ended, and not before; and the call
  # ends well.
  def test_close_during_a_long_call
    freed = []
    free = Upsell::Native.method(:upsell_catalog_free)
    Upsell::Native.stub(:upsell_catalog_free, ->(pointer) { free.call(pointer).tap { freed << pointer.address } }) do
      catalog = Upsell::Catalog.from_json(STORE)
      address = catalog.instance_variable_get(:@handle).pointer.address
      count = during_a_long_call(catalog) do
        catalog.close
        refute_includes freed, address
      end
      assert_equal 41 * 30, count
      assert_includes freed, address
    end
  end

  # The lock is given up: another thread runs while C decides.
  def test_others_run_during_a_long_call
    catalog = Upsell::Catalog.from_json(STORE)
    text = (ORDERS * 2_000).freeze # takes a tenth of a second
    ticks = 0
    ticker = Thread.new { loop { ticks += 1; sleep(0.001) } }
    handle = catalog.instance_variable_get(:@handle)
    handle.use do |batch|
      ticks = 0
      batch.decide(handle.pointer, Upsell::Native::ORDERS_LINES, text, 0)
      assert_operator ticks, :>, 5
    end
  ensure
    ticker.kill
  end

  def test_a_thread_that_is_killed
    catalog = Upsell::Catalog.from_json(STORE)
    50.times do
      thread = Thread.new { loop { catalog.decide_lines(LONG) { nil } } }
      sleep(0.002)
      thread.kill.join
    end
    assert_equal 41, catalog.decide_lines(ORDERS).count
    idle = catalog.instance_variable_get(:@handle).instance_variable_get(:@idle)
    assert idle.all? { |batch| batch.instance_variable_get(:@pointer).autorelease? }
    catalog.close
    assert_raises(Upsell::ClosedError) { catalog.decide(Samples.order) }
  end

  def test_threads_share_a_runner
    store = File.join(EXAMPLES, "shopify-store")
    files = %w[order-3.json accept-3.json].map { |name| File.read(File.join(store, name)) }
    plan = Upsell::Catalog.from_file(File.join(store, "catalog.json")).plan_json(*files)
    runner = Upsell::Runner.new(plan)
    journals = threads do |i|
      Array.new(200) { runner.step(nil, Upsell::Event::Start.new(run_id: "run-0000#{i}", now: i)).journal }.uniq
    end
    assert_equal 8, journals.flatten.uniq.size
  end

  # Frozen values go to other Ractors as they are. In a process of its own, since with Ractors Ruby
  # shows other tests less.
  def test_values_in_a_ractor
    script = <<~'RUBY'
      require_relative "support/samples"
      decision = Samples.decision
      puts Ractor.new(decision) { |given| given.offer.total_offer_page }.take
    RUBY
    assert_equal "720", run_ruby("-W0", "-e", script, chdir: __dir__).lines.first.chomp
  end

  # Runs Ruby; returns what it printed.
  def run_ruby(*words, **options)
    out, err, status = Open3.capture3(RbConfig.ruby, "-I", File.expand_path("../lib", __dir__), *words, **options)
    assert status.success?, err
    assert_empty err
    out
  end

  # ---- fork ----

  # The child's exit status says whether all went well there.
  def assert_fork
    pid = fork do
      status = begin
        yield ? 0 : 1
      rescue Exception => e
        warn e.full_message
        2
      end
      GC.start
      exit!(status)
    end
    _, status = Process.wait2(pid)
    assert_equal 0, status.exitstatus, status.inspect
  end

  def test_fork
    catalog = Upsell::Catalog.from_json(STORE)
    expected = catalog.decide_lines(ORDERS).map(&:decision)
    3.times do
      assert_fork do
        found = catalog.decide_lines(ORDERS).map(&:decision)
        catalog.close
        found == expected
      end
      assert_equal expected, catalog.decide_lines(ORDERS).map(&:decision)
    end
    catalog.close
    assert_fork { catalog.closed? }
  end

  # A child that ends in the usual way runs all finalizers.
  def test_fork_that_exits
    catalog = Upsell::Catalog.from_json(STORE)
    pid = fork { catalog.decide_lines(ORDERS).to_a }
    assert_predicate Process.wait2(pid).last, :success?
    assert_equal 41, catalog.decide_lines(ORDERS).count
  end

  # The other threads are gone in the child, one of them in the middle of a call of C.
  def test_fork_while_another_thread_decides
    catalog = Upsell::Catalog.from_json(STORE)
    busy = Thread.new { loop { catalog.decide_lines(LONG) { nil } } }
    4.times do
      assert_fork do
        ok = catalog.decide_lines(ORDERS).count == 41
        catalog.close
        3.times { GC.start }
        ok
      end
    end
    assert_predicate busy, :alive?
  ensure
    busy.kill.join
  end

  # A batch that may be half written, since its thread is not there, is not freed in the child.
  def test_fork_in_the_middle_of_a_call
    catalog = Upsell::Catalog.from_json(STORE)
    busy = nil
    count = during_a_long_call(catalog) do |batch|
      busy = batch
      refute_predicate batch, :autorelease?
      assert_fork { !freed_batches { catalog.close }.include?(batch.address) }
    end
    assert_equal [41 * 30, true], [count, busy.autorelease?]
  end

  # Addresses of the batches that are freed in and after the block.
  def freed_batches
    freed = []
    free = Upsell::Native.method(:upsell_batch_free)
    Upsell::Native.stub(:upsell_batch_free, ->(pointer) { free.call(pointer).tap { freed << pointer.address } }) do
      yield
      3.times { GC.start }
    end
    freed
  end

  # ---- the garbage collector ----

  def test_under_stress
    assert_includes run_ruby(File.join(__dir__, "support/stress_run.rb")), "stress run: all done"
  end

  # Objects that nobody has closed are freed when they are collected.
  def test_no_leak_of_what_is_dropped
    grown = growth(2000) do
      catalog = Upsell::Catalog.from_json(STORE)
      catalog.decide_json(ORDERS.lines.first)
      GC.start if rand(50).zero?
    end
    assert_operator grown, :<, 30_000, "2000 catalogues are 72 MB"
  end

  # Closing frees at once: no collection is needed in between.
  def test_no_leak_of_what_is_closed
    GC.start
    GC.disable
    grown = growth_of_closed
    assert_operator grown, :<, 40_000, "100 catalogues are 200 MB"
  ensure
    GC.enable
  end

  def growth_of_closed
    text = big_catalog
    10.times { Upsell::Catalog.from_json(text).close }
    before = resident
    100.times { Upsell::Catalog.from_json(text).close }
    resident - before
  end

  # 2 MB of C's memory, and little of Ruby's.
  def big_catalog
    products = Array.new(5_000) do |i|
      { id: "p#{i}", title: "x" * 100, variants: [{ id: "v", title: "", price: 1, available: nil }] }
    end
    JSON.generate(JSON.parse(Support::ANY_CATALOG).merge("products" => products)).freeze
  end

  def test_no_leak_of_errors_and_results
    catalog = Samples.catalog
    orders = [Samples.order] * 100
    grown = growth(400) do
      catalog.decide_many(orders).to_a
      outcome { catalog.decide_json("{}") }
      outcome { Upsell::Catalog.from_json("{") }
      Upsell.check("{}")
      outcome { Upsell::Runner.new("{}") }
    end
    assert_operator grown, :<, 20_000
  end

  # How often C is told to free something in the block.
  def frees(function)
    count = 0
    free = Upsell::Native.method(function)
    Upsell::Native.stub(function, ->(pointer) { free.call(pointer).tap { count += 1 } }) { yield }
    count
  end

  # Pages and reports are copied, and C's are freed at once: no collection is needed.
  def test_no_leak_of_pages_and_reports
    catalog = Samples.catalog
    tally = Upsell::Tally.new.add("s", "S1", :shown)
    uses = [-> { catalog.page_json(ORDER) }, -> { catalog.page(ORDER) }, -> { catalog.preview_page("S1") },
            -> { catalog.preview_page_json("S1") }, -> { tally.report }, -> { tally.csv(catalog: catalog) }]
    GC.disable
    uses.each { |use| assert_equal 1, frees(:upsell_text_free, &use) }
  ensure
    GC.enable
  end

  def test_no_leak_of_tallies
    GC.disable
    assert_equal 1, frees(:upsell_tally_free) { Upsell::Tally.new.close }
    GC.enable
    freed = frees(:upsell_tally_free) do
      100.times { Upsell::Tally.new.add("s", "S1", :shown) }
      GC.start
    end
    assert_operator freed, :>=, 90, "a few may still stand on the stack"
  ensure
    GC.enable
  end

  # ---- the end of a process ----

  # Whatever is still open when a process ends, it ends quietly.
  def test_exit_with_all_open
    script = <<~'RUBY'
      require "upsell"
      CATALOG = Upsell::Catalog.from_file(ARGV[0])
      $tally = Upsell::Tally.new.add("s", "S1", :shown)
      $runner = Upsell::Runner.new(Upsell::Catalog.from_file(ARGV[1]).plan_json(File.read(ARGV[2]), File.read(ARGV[3])))
      $enumerator = CATALOG.decide_lines(File.read(ARGV[4]))
      puts $enumerator.next.decision.outcome
      Thread.new { loop { CATALOG.decide_lines(File.read(ARGV[4]) * 20) { nil } } }
      at_exit { CATALOG.decide_lines(File.read(ARGV[4])).count }
      sleep 0.05
    RUBY
    files = %w[tea-store/catalog.json shopify-store/catalog.json shopify-store/order-1.json shopify-store/accept-1.json
               tea-store/orders.ndjson].map { |name| File.join(EXAMPLES, name) }
    assert_equal "offer\n", run_ruby("-e", script, *files)
  end
end
