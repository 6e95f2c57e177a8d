# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/vectors"

Dir.glob("vectors_*_test.rb", base: __dir__).sort.each { |name| require_relative name }

class VectorsTest < Minitest::Test
  # Files that no test class has claimed would pass unseen.
  def test_every_file_of_vectors_is_run
    files = Dir.glob("*.json", base: Vectors::FOLDER).map { |name| File.basename(name, ".json") }
    assert_equal files.sort, Vectors::CLAIMED.sort
  end

  def test_every_case_is_a_test
    cases = Vectors::CLAIMED.sum { |function| Vectors.read(function).size }
    tests = ObjectSpace.each_object(Class).select { |test| test < Minitest::Test && test.include?(Vectors) }
    assert_equal cases, tests.sum { |test| test.instance_methods(false).grep(/\Atest_\w+#/).size }
  end

  # The runner itself: a case fails where it must.
  def test_a_key_that_nobody_asks_for_is_seen
    vector = Vectors::Case.new({ "a" => 1, "b" => 2 }, "name")
    vector["a"]
    assert_equal ["b"], vector.unknown_keys
  end

  def test_sources
    source = ->(given) { Vectors::Case.new(given, "name").source }
    assert_equal "\xFF\x00".b, source.call("hex" => "ff00")
    assert_equal "[a0,a1]", source.call("repeat" => { "before" => "[", "item" => "a#", "times" => 2, "after" => "]" })
    assert_equal '{"a":[1]}', source.call("document" => { "a" => [1] })
  end
end
