# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/helper"

# The catalogue follows its file, and a bad file changes nothing.
class CatalogueTest < Minitest::Test
  include ShopServerTests

  def path
    @path ||= File.join(folder, "catalog.json").tap { |path| FileUtils.cp(CATALOG, path) }
  end

  def catalogue
    @catalogue ||= ShopServer::Catalogue.new(path, log: log, check_every: 0)
  end

  def replace
    text = yield(File.read(path, encoding: "UTF-8"))
    File.write("#{path}.new", text)
    File.rename("#{path}.new", path)
  end

  def test_it_follows_the_file
    assert_equal 4, catalogue.current.info.published
    same = catalogue.current
    assert_same same, catalogue.current
    replace { |text| text.sub('"published"', '"draft"') }
    assert_equal 3, catalogue.current.info.published
    assert_equal ["catalogue_read", 3], log_lines.last.values_at("event", "count")
  end

  def test_a_bad_file_changes_nothing
    good = catalogue.current
    ["{", '{"format":"upsell.catalog/1"}', ""].each do |text|
      replace { text }
      lines = log_lines.size
      3.times { assert_same good, catalogue.current }
      assert_operator log_lines.size, :>, lines
      assert_equal(["catalogue_bad"], log_lines.drop(lines).map { |line| line["event"] }.uniq)
      assert_equal log_lines.drop(lines).uniq { |line| line.values_at("code", "pointer") }.size, log_lines.size - lines
    end
    File.delete(path)
    assert_same good, catalogue.current
    assert_equal ["catalogue_unreadable", "Errno::ENOENT"], log_lines.last.values_at("event", "kind")
    FileUtils.cp(CATALOG, path)
    refute_same good, catalogue.current
  end

  def test_without_a_good_one_there_is_no_start
    replace { |text| text.sub("upsell.catalog/1", "upsell.catalog/9") }
    error = assert_raises(ShopServer::Catalogue::Bad) { catalogue }
    assert_match(%r{catalog\.json: /format: unknown_format: }, error.message)
    File.delete(path)
    assert_raises(Errno::ENOENT) { catalogue }
  end
end
