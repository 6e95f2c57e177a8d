# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "stringio"
require "tempfile"
require "zlib"

require_relative "support/samples"

# Streams of orders (CLI-4).
class LinesTest < Minitest::Test
  include Support

  def setup
    @catalog = Samples.catalog
  end

  def text(id, product = "tea")
    JSON.generate("format" => "upsell.order/1", "id" => id, "currency" => "JPY",
                  "lines" => [{ "id" => "l1", "product_id" => product, "variant_id" => "100g", "quantity" => 1 }])
  end

  # What came of each line: its number, and the order's id or the error's code and pointer.
  def found(source, **options)
    @catalog.decide_lines(source, **options).map do |result|
      assert_equal result.error.nil?, !result.decision.nil?
      [result.line, result.decision&.order_id || [result.error.code, result.error.pointer]]
    end
  end

  def stream
    "#{text("a")}\n\n \t\r\n{}\n#{text("b")}\r\n[1]\n#{text("c").sub("JPY", "XXX")}\n#{text("ü")}"
  end

  def expected
    [[1, "a"], [4, [:missing_key, "/format"]], [5, "b"], [6, [:wrong_type, ""]], [7, [:unknown_currency, "/currency"]],
     [8, "ü"]]
  end

  def test_sources
    Tempfile.create("orders") do |file|
      file.write(stream)
      file.flush
      File.open(file.path, "rb") { |io| assert_equal expected, found(io) }
      File.open(file.path, "r:UTF-8") { |io| assert_equal expected, found(io) }
    end
    assert_equal expected, found(stream)
    assert_equal expected, found(stream.b)
    assert_equal expected, found(StringIO.new(stream))
    assert_equal expected, found(stream.each_char.to_a)
    assert_equal expected, found(stream.each_line)
    assert_equal expected, found(Zlib::GzipReader.new(StringIO.new(Zlib.gzip(stream))))
  end

  # Wherever the pieces end.
  def test_pieces
    bytes = stream.b
    (1..bytes.size).step(7) do |at|
      assert_equal expected, found([bytes.byteslice(0, at), "", bytes.byteslice(at, bytes.size)])
    end
  end

  def test_empty_streams
    ["", "\n", "\n\n \n", "\r\n"].each { |source| assert_empty found(source) }
    assert_empty found([])
    assert_empty found(StringIO.new(""))
  end

  def test_with_a_block
    results = []
    assert_nil(@catalog.decide_lines(stream) { |result| results << result })
    assert_equal 6, results.size
    assert results.all? { |result| result.frozen? && result.is_a?(Upsell::LineResult) }
  end

  def test_an_enumerator_reads_as_it_goes
    endless = Enumerator.new { |to| loop { to << "#{text("x")}\n" } }
    results = @catalog.decide_lines(endless)
    assert_equal [1, 2, 3], results.lazy.map(&:line).first(3)
    assert_equal 1, results.next.line
    assert_equal 2, results.next.line
  end

  # Who writes a line and waits for its answer is not kept waiting.
  def test_a_pipe_is_answered_line_by_line
    reader, writer = IO.pipe
    results = Queue.new
    thread = Thread.new { @catalog.decide_lines(reader) { |result| results << result.decision.order_id } }
    %w[a b].each do |id|
      writer.write("#{text(id)}\n")
      assert_equal id, results.pop
    end
    writer.close
    thread.join
    assert_empty results
  ensure
    [reader, writer].each(&:close)
  end

  def test_more_than_one_block
    count = (3 * Upsell::LineBlocks::CHUNK / text("00000").bytesize) + 1
    source = Array.new(count) { |i| text(format("%05d", i)) }.join("\n")
    results = @catalog.decide_lines(source).to_a
    assert_equal (1..count).to_a, results.map(&:line)
    assert_equal count, results.map { |result| result.decision.order_id }.uniq.size
  end

  LIMIT = Upsell::Native::LINE_MAX_BYTES

  # White space fills the line up.
  def padded(id, size)
    line = text(id)
    "#{line}#{" " * (size - line.bytesize)}"
  end

  def test_a_line_at_the_limit
    assert_equal [[1, "a"], [2, "b"]], found("#{padded("a", LIMIT)}\n#{text("b")}")
  end

  def test_a_line_that_is_too_long
    long = padded("long", LIMIT + 1)
    error = [:line_too_long, ""]
    [["#{text("a")}\n#{long}\n#{text("b")}\n", [[1, "a"], [2, error], [3, "b"]]],
     ["#{long}\n\n#{text("b")}", [[1, error], [3, "b"]]],
     ["\n#{long}", [[2, error]]],
     ["#{"x" * (2 * LIMIT)}\n#{"y" * (LIMIT + 5)}\n#{text("b")}",
      [[1, error], [2, error], [3, "b"]]]].each do |source, expected|
      assert_equal expected, found(source)
      assert_equal expected, found([source]), "in one piece, which goes to C whole"
      assert_equal expected, found(StringIO.new(source))
    end
  end

  def test_what_is_said_of_a_line_that_is_too_long
    result = @catalog.decide_lines(["x" * (LIMIT + 1)]).first
    assert_equal "A line of at most 16777216 bytes was expected; write one order per line.", result.error.detail
    other = @catalog.decide_lines(["#{"x" * (LIMIT + 1)}\n"]).first
    assert_equal result.error.detail, other.error.detail
  end

  # However long the stream is, only a block of it is held.
  def test_memory_is_bounded
    line = "#{padded("a", 100_000)}\n"
    pieces = Enumerator.new { |to| 600.times { to << line } }
    assert_equal 600, @catalog.decide_lines(pieces).count
    before = resident
    pieces = Enumerator.new { |to| 2_000.times { to << line } } # 200 MB
    assert_equal 2_000, @catalog.decide_lines(pieces).count
    assert_operator resident - before, :<, 100_000
  end

  def resident
    Integer(File.read("/proc/self/status")[/VmRSS:\s+(\d+)/, 1])
  end

  def test_sources_that_are_none
    [nil, 1, Object.new].each { |source| assert_upsell_error(:wrong_type, "") { found(source) } }
    assert_upsell_error(:wrong_type, "/1") { found(["{}\n", 1]) }
    assert_upsell_error(:json_encoding, "") { found(text("茶").encode("Shift_JIS")) }
    assert_upsell_error(:wrong_type, "/explain") { @catalog.decide_lines("", explain: 1) }
  end

  # What the caller's block or stream raises passes through, and all is in order after it.
  def test_errors_of_the_caller
    assert_raises(EOFError) { @catalog.decide_lines(StringIO.new(stream)) { raise EOFError } }
    broken = StringIO.new("")
    def broken.readpartial(_size) = raise(IOError, "gone")
    assert_raises(IOError) { found(broken) }
    assert_equal expected, found(stream)
  end

  def test_close_within_the_block
    count = (2 * Upsell::LineBlocks::CHUNK / text("a").bytesize) + 1
    seen = 0
    assert_raises(Upsell::ClosedError) do
      @catalog.decide_lines("#{text("a")}\n" * count) do
        seen += 1
        @catalog.close
      end
    end
    assert_operator seen, :>, 0
  end
end
