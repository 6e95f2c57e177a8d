# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "fileutils"
require "open3"
require "rbconfig"
require "tmpdir"

require_relative "support/helper"

# What the README shows is run, from top to bottom, as one program; and where it says `#=>`, that is
# what must come out.
class ReadmeTest < Minitest::Test
  include Support

  FOLDER = File.expand_path("..", __dir__)
  README = File.join(FOLDER, "README.md")

  CHECK = <<~'RUBY'
    $checked = 0
    def check(found, line, expected)
      $checked += 1
      abort "README.md:#{line}: #{found.inspect} instead of #{expected.inspect}" unless found == expected
    end
    END { puts "checked #{$checked}" }
  RUBY

  # The Ruby of the README, each line where it stands there.
  def code
    inside = false
    File.readlines(README, chomp: true, encoding: "UTF-8").map do |line|
      inside = line == "```ruby" if line.start_with?("```")
      inside && !line.start_with?("```") ? line : ""
    end
  end

  # `a #=> b` becomes check(a, line, b). A `#=>` on a line of its own is about the line before it.
  def program
    lines = code
    lines.each_index do |i|
      lines[i - 1] = "#{lines[i - 1]} #{lines[i]}" if lines[i].start_with?("#=>")
      lines[i] = "" if lines[i].start_with?("#=>")
    end
    lines.each_with_index.map do |line, i|
      line.sub(/\A(\s*)(.*\S)\s+#=> (.*)\z/) { "#{$1}check((#{$2}), #{i + 1}, (#{$3}))" }
    end.join("\n")
  end

  FILES = { "catalog.json" => "tea-store/catalog.json", "orders.ndjson" => "tea-store/orders.ndjson",
            "shop.json" => "shopify-store/catalog.json", "order-3.json" => "shopify-store/order-3.json",
            "accept-3.json" => "shopify-store/accept-3.json",
            "input-data.json" => "shopify-store/input-data.json" }.freeze

  def copy_files(folder)
    FILES.each { |name, file| FileUtils.cp(File.join(EXAMPLES, file), File.join(folder, name)) }
    orders = File.readlines(File.join(folder, "orders.ndjson"), encoding: "UTF-8")
    File.write(File.join(folder, "order.json"), orders.first)
  end

  def test_what_the_readme_shows
    Dir.mktmpdir do |folder|
      copy_files(folder)
      script = "# encoding: utf-8\n#{CHECK}\neval(DATA.read, binding, 'README.md', 1)\n__END__\n#{program}"
      File.write(File.join(folder, "readme.rb"), script)
      out, err, status = Open3.capture3(RbConfig.ruby, "-w", "-Eutf-8", "-I", File.join(FOLDER, "lib"), "readme.rb",
                                        chdir: folder)
      assert status.success?, err
      assert_empty err
      assert_includes out, "checked #{File.read(README, encoding: "UTF-8").scan("#=>").size}\n"
    end
  end

  def test_there_is_something_to_check
    assert_operator program.scan("check((").size, :>, 30
  end

  # Links lead somewhere.
  def test_links
    links = File.read(README, encoding: "UTF-8").scan(/\]\(([^)#]+)\)/).flatten
    refute_empty links
    links.each { |link| assert_path_exists File.expand_path(link, FOLDER) }
  end
end
