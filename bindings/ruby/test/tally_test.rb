# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/samples"

# Tallies from the outside. What they count is in the vectors.
class TallyTest < Minitest::Test
  include Support

  def tally(*events)
    events.each_with_object(Upsell::Tally.new) { |event, tally| tally.add(*event) }
  end

  def counts(tally)
    tally.counts.map { |one| one.to_h.values }
  end

  def event(**changes)
    JSON.generate({ format: "upsell.event/1", session_id: "s", scenario_id: "S1", event: "clicked" }.merge(changes))
  end

  # ---- counting ----

  def test_add
    tally = Upsell::Tally.new
    assert_same tally, tally.add("s1", "A", :shown)
    tally.add("s1", "A", :clicked).add("s1", "A", :clicked).add("s2", "A", :ordered).add("s1", "お茶", :shown)
    assert_equal [["A", 2, 2, 1], ["お茶", 1, 0, 0]], counts(tally)
    assert_equal Upsell::Counts.new(scenario_id: "A", shown: 2, clicked: 2, ordered: 1), tally.counts_of("A")
    assert Ractor.shareable?(tally.counts_of("A"))
  end

  def test_counts_of
    tally = tally(%w[s A] + [:shown])
    assert_equal ["none", 0, 0, 0], tally.counts_of("none").to_h.values
    tally.add("s", "B", :ordered).add("t", "A", :clicked)
    assert_equal [["B", 1, 1, 1], ["A", 2, 1, 0]], %w[B A].map { |id| tally.counts_of(id).to_h.values }
    assert_equal Encoding::UTF_8, tally.counts_of("A").scenario_id.encoding
    assert_upsell_error(:bad_id, "/scenario_id") { tally.counts_of("") }
    assert_upsell_error(:wrong_type, "/scenario_id") { tally.counts_of(:A) }
    assert_empty Upsell::Tally.new.counts
  end

  def test_add_json
    tally = Upsell::Tally.new
    assert_same tally, tally.add_json(event)
    [event.b, "#{event}\n", event(event: "left"), event(at: 1)].each { |text| tally.add_json(text) }
    assert_equal [["S1", 1, 1, 0]], counts(tally)
  end

  def test_events_of_garbage
    tally = Upsell::Tally.new
    [nil, 1, "shown", :left, :paid].each do |event|
      assert_upsell_error(:bad_value, "/event") { tally.add("s", "A", event) }
    end
    assert_upsell_error(:bad_id, "/session_id") { tally.add("", "A", :shown) }
    assert_upsell_error(:bad_id, "/scenario_id") { tally.add("s", "A" * 256, :shown) }
    assert_upsell_error(:wrong_type, "/session_id") { tally.add(1, "A", :shown) }
    [nil, {}, :x].each { |text| assert_upsell_error(:wrong_type, "") { tally.add_json(text) } }
    assert_upsell_error(:json_syntax, "") { tally.add_json("x") }
    assert_upsell_error(:json_encoding, "") { tally.add_json(event.encode("UTF-16BE")) }
    assert_upsell_error(:missing_key, "/format") { tally.add_json("{}") }
    assert_upsell_error(:bad_value, "/event") { tally.add_json(event(event: "paid")) }
    assert_empty tally.counts
  end

  # ---- merging ----

  def test_merge
    one = tally(["s1", "A", :clicked], ["s2", "A", :shown])
    other = tally(["s2", "A", :ordered], ["s3", "B", :shown])
    assert_same one, one.merge(other)
    assert_equal [["A", 2, 2, 1], ["B", 1, 0, 0]], counts(one)
    assert_equal [["A", 1, 1, 1], ["B", 1, 0, 0]], counts(other)
    assert_equal counts(one), counts(one.merge(one).merge(other).merge(Upsell::Tally.new))
    assert_upsell_error(:wrong_type, "") { one.merge({}) }
    assert_upsell_error(:wrong_type, "") { one.merge(nil) }
  end

  # ---- reports ----

  def test_report
    report = JSON.parse(tally(["s", "S1", :clicked]).report)
    assert_equal "upsell.report/1", report["format"]
    assert_equal ["S1", nil, 1, 1, 0],
                 report["scenarios"][0].values_at("scenario_id", "name", "shown", "clicked", "ordered")
  end

  def test_report_with_a_catalogue
    text = tally(["s", "other", :shown]).report(catalog: Samples.catalog)
    assert_equal [Encoding::UTF_8, true], [text.encoding, text.frozen?]
    scenarios = JSON.parse(text)["scenarios"]
    assert_equal [["S1", "茶", "published", 1, 0], ["other", nil, nil, nil, 1]],
                 scenarios.map { |one| one.values_at("scenario_id", "name", "status", "priority", "shown") }
  end

  def test_report_of_one_scenario
    tally = tally(["s", "A", :shown], ["s", "B", :shown])
    assert_equal ["B"], JSON.parse(tally.report(scenario_id: "B"))["scenarios"].map { |one| one["scenario_id"] }
    [-> { tally.report(scenario_id: "C") }, -> { tally.csv(scenario_id: "C") },
     -> { tally.report(scenario_id: "") }].each { |use| assert_upsell_error(:unknown_id, "/scenario_id", &use) }
    assert_equal 1, JSON.parse(tally.report(scenario_id: "S1", catalog: Samples.catalog))["scenarios"].size
  end

  def test_csv
    tally = tally(["s", "=A", :shown])
    lines = tally.csv.split("\r\n", -1)
    assert_equal ["シナリオID", "'=A", ""], [lines[0].split(",").first, lines[1].split(",").first, lines[2]]
    assert_equal "scenario_id", tally.csv(locale: :en).split(",").first
    assert_equal "\uFEFF#{tally.csv}", tally.csv(byte_order_mark: true)
    assert_includes tally.csv(catalog: Samples.catalog), "公開"
    assert_equal Encoding::UTF_8, tally.csv.encoding
  end

  def test_options_of_garbage
    tally = Upsell::Tally.new
    assert_upsell_error(:bad_value, "/locale") { tally.csv(locale: :fr) }
    assert_upsell_error(:bad_value, "/locale") { tally.csv(locale: nil) }
    assert_upsell_error(:wrong_type, "/byte_order_mark") { tally.csv(byte_order_mark: 1) }
    assert_upsell_error(:wrong_type, "/catalog") { tally.report(catalog: "{}") }
    assert_upsell_error(:wrong_type, "/scenario_id") { tally.report(scenario_id: 1) }
    assert_upsell_error(:bad_text, "/scenario_id") { tally.report(scenario_id: "\xFF") }
    assert_raises(ArgumentError) { tally.report(locale: :ja) }
  end

  # ---- closing ----

  def test_use_after_close
    tally = tally(["s", "A", :shown])
    other = Upsell::Tally.new
    refute_predicate tally, :closed?
    2.times { assert_nil tally.close }
    uses = [-> { tally.add("s", "A", :shown) }, -> { tally.add_json(event) }, -> { tally.counts },
            -> { tally.counts_of("A") }, -> { tally.report }, -> { tally.csv }, -> { tally.merge(other) },
            -> { other.merge(tally) }]
    uses.each { |use| assert_match(/This tally is closed/, assert_raises(Upsell::ClosedError, &use).message) }
    assert_equal [true, "#<Upsell::Tally closed>", "#<Upsell::Tally>"], [tally.closed?, tally.inspect, other.inspect]
    assert_empty other.counts
  end

  def test_report_with_a_closed_catalogue
    catalog = Samples.catalog
    catalog.close
    error = assert_raises(Upsell::ClosedError) { Upsell::Tally.new.report(catalog: catalog) }
    assert_match(/This catalogue is closed/, error.message)
  end

  # ---- threads and processes ----

  def test_threads_share_a_tally
    tally = Upsell::Tally.new
    threads = Array.new(8) do |number|
      Thread.new do
        500.times { |i| tally.add("s#{i}", "S#{(number + i) % 4}", :clicked) && tally.counts_of("S#{i % 4}") }
      end
    end
    threads.each(&:join)
    assert_equal %w[S0 S1 S2 S3].map { |id| [id, 500, 500, 0] }, counts(tally).sort
  end

  # Each merges into the other: nobody waits for ever.
  def test_threads_merge_both_ways
    one, other = tally(["s1", "A", :shown]), tally(["s2", "A", :shown])
    threads = [[one, other], [other, one]].map { |a, b| Thread.new { 500.times { a.merge(b) } } }
    threads.each { |thread| assert thread.join(30) }
    assert_equal [[["A", 2, 0, 0]]] * 2, [counts(one), counts(other)]
  end

  def test_close_while_threads_count
    tally = Upsell::Tally.new
    started = Queue.new
    threads = Array.new(4) do |number|
      Thread.new do
        started << true
        (0..).each { |i| tally.add("#{number}-#{i}", "A", :shown) }
      rescue Upsell::ClosedError
        :closed
      end
    end
    4.times { started.pop }
    tally.close
    assert_equal [:closed] * 4, threads.map(&:value)
  end

  def test_fork
    tally = tally(["s", "A", :shown])
    pid = fork do
      tally.add("t", "A", :ordered)
      exit!(counts(tally) == [["A", 2, 1, 1]] ? 0 : 1)
    end
    assert_predicate Process.wait2(pid).last, :success?
    assert_equal [["A", 1, 0, 0]], counts(tally)
  end
end
