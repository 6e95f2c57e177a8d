# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "fileutils"
require "open3"
require "rubygems/package"
require "tmpdir"

require_relative "support/helper"

# Both gems, made from a copy of the checkout in a temporary folder and installed in gem homes of
# their own, where nothing else is; without a network.
module Package
  RUBY_FOLDER = File.expand_path("..", __dir__)
  CHECKOUT = Support::ROOT
  CORE = %w[LICENSE meson.build meson_options.txt include lib].freeze
  BINDING = %w[lib sig README.md Rakefile upsell.gemspec].freeze
  LIBRARY = "libupsell.so.0"

  # What an engineer would do first: the tea store's first order, as JSON and as an object.
  DECIDE = <<~'RUBY'
    require "json"
    require "upsell"

    store = ARGV.fetch(0)
    line = Upsell::OrderLine.new(id: "1", product_id: "gid://shopify/Product/8401000000101", quantity: 1,
                                 variant_id: "gid://shopify/ProductVariant/45120000010102",
                                 selling_plan_id: "gid://shopify/SellingPlan/6901000001")
    order = Upsell::Order.new(id: "1", currency: "JPY", lines: [line])
    catalog = Upsell::Catalog.from_file("#{store}/catalog.json")
    text = File.open("#{store}/orders.ndjson", encoding: "UTF-8", &:readline)
    offers = [catalog.decide_json(text).offer, catalog.decide(order).offer]
    puts JSON.generate("library" => Upsell.library_path, "loaded" => $LOADED_FEATURES.grep(%r{/upsell\.rb\z}),
                       "version" => Upsell::VERSION,
                       "offers" => offers.map { |offer| [offer.scenario_id, offer.total_checkout] })
  RUBY
  OFFERS = [["S01-sencha-hojicha", 800]].cycle.first(2).freeze

  class << self
    # The folder with the two gems; made once.
    def built
      @built ||= build
    end

    # A gem home in which the gem is installed; made once for each gem.
    def home_of(gem)
      @homes ||= {}
      @homes[gem] ||= File.join(root, "home-#{@homes.size}").tap do |home|
        run("gem", "install", "--local", "--ignore-dependencies", "--no-document", gem, "GEM_HOME" => home)
      end
    end

    # What the program above says, run in a folder where nothing of the project is.
    def decide(*options, **variables)
      JSON.parse(run(RbConfig.ruby, *options, "-e", DECIDE, File.join(CHECKOUT, "examples/tea-store"), **variables))
    end

    # Runs a program without the settings of this test run; returns its standard output.
    def run(*words, folder: root, **variables)
      unset = ENV.keys.grep(/\A(UPSELL_|RUBY|GEM_|BUNDLE)/).to_h { |name| [name, nil] }
      out, status = Open3.capture2e(unset.merge(variables.transform_keys(&:to_s)), *words, chdir: folder)
      raise "#{words.join(" ")} gave #{status.exitstatus}:\n#{out}" unless status.success?

      out
    end

    def copy_checkout(target)
      FileUtils.mkdir_p("#{target}/bindings/ruby")
      CORE.each { |part| FileUtils.cp_r("#{CHECKOUT}/#{part}", target) }
      BINDING.each { |part| FileUtils.cp_r("#{RUBY_FOLDER}/#{part}", "#{target}/bindings/ruby") }
      "#{target}/bindings/ruby"
    end

    def root
      @root ||= Dir.mktmpdir("upsell-gems-").tap { |root| Minitest.after_run { FileUtils.rm_rf(root) } }
    end

    private

    def build
      folder = copy_checkout("#{root}/checkout")
      # Without json-c and what else pkg-config knows: the library needs none of it.
      run("rake", "gem", "gem:platform", folder: folder, "PKG_CONFIG_LIBDIR" => "#{root}/none")
      FileUtils.mv("#{folder}/pkg", "#{root}/pkg")
      FileUtils.rm_rf("#{root}/checkout")
      "#{root}/pkg"
    end
  end
end

class PackageTest < Minitest::Test
  def source_gem
    "#{Package.built}/upsell-#{Upsell::VERSION}.gem"
  end

  def platform_gem
    "#{Package.built}/upsell-#{Upsell::VERSION}-#{Gem::Platform.local}.gem"
  end

  def specification(gem)
    Gem::Package.new(gem).spec
  end

  # The files of the binding that a gem must have.
  def wanted
    sources = Dir.glob("{lib/**/*.rb,sig/**/*.{rbs,yaml}}", base: Package::RUBY_FOLDER)
    assert_operator sources.grep(/\.rb\z/).size, :>, 10
    assert_operator sources.grep(/\.rbs\z/).size, :>, 0
    assert_includes sources, "sig/manifest.yaml" # names the libraries that the signatures need
    sources + %w[LICENSE README.md]
  end

  def test_two_gems
    assert_equal [source_gem, platform_gem].sort, Dir["#{Package.built}/*"].sort
  end

  def test_one_version_everywhere
    header = File.read("#{Package::CHECKOUT}/include/upsell/version.h")
    parts = %w[MAJOR MINOR PATCH].map { |part| header[/^#define UPSELL_VERSION_#{part} (\d+)$/, 1] }
    assert_equal parts.join("."), Upsell::VERSION
    [source_gem, platform_gem].each { |gem| assert_equal Upsell::VERSION, specification(gem).version.to_s }
  end

  def test_contents
    assert_equal wanted.sort, Gem::Package.new(source_gem).contents.sort
    assert_equal [*wanted, "lib/upsell/#{Package::LIBRARY}"].sort, Gem::Package.new(platform_gem).contents.sort
  end

  def test_specifications
    assert_equal [Gem::Platform::RUBY, Gem::Platform.local],
                 [source_gem, platform_gem].map { |gem| specification(gem).platform }
    [source_gem, platform_gem].each do |gem|
      spec = specification(gem)
      assert_equal [["ffi", "~> 1.15"]], spec.dependencies.map { |one| [one.name, one.requirement.to_s] }
      assert_equal [">= 3.0", ["MIT"]], [spec.required_ruby_version.to_s, spec.licenses]
    end
  end

  def test_platform_gem_decides_without_any_setting
    home = Package.home_of(platform_gem)
    answer = Package.decide("GEM_HOME" => home)
    folder = "#{home}/gems/upsell-#{Upsell::VERSION}-#{Gem::Platform.local}"
    assert_equal({ "library" => "#{folder}/lib/upsell/#{Package::LIBRARY}", "loaded" => ["#{folder}/lib/upsell.rb"],
                   "version" => Upsell::VERSION, "offers" => Package::OFFERS }, answer)
  end

  # It needs the C library alone, and names neither the folder nor the file it was built from.
  def test_library_of_the_platform_gem_is_whole_and_clean
    library = "#{Package.home_of(platform_gem)}/gems/upsell-#{Upsell::VERSION}-#{Gem::Platform.local}/" \
              "lib/upsell/#{Package::LIBRARY}"
    assert File.file?(library) && !File.symlink?(library)
    dynamic = Package.run("readelf", "-Wd", library)
    assert_equal ["libc.so.6"], dynamic.scan(/\(NEEDED\).*\[(.*)\]/).flatten
    refute_match(/\(R(UN)?PATH\)/, dynamic)
    refute_match(/\.symtab/, Package.run("readelf", "-WS", library))
    [Package.root, Package::CHECKOUT, "/tmp/"].each { |place| refute_includes File.binread(library), place.b }
  end

  def test_source_gem_uses_the_library_of_the_system
    folder = "#{Package.root}/system"
    FileUtils.mkdir_p(folder)
    FileUtils.cp(ENV.fetch("UPSELL_LIBRARY"), "#{folder}/#{Package::LIBRARY}")
    answer = Package.decide("GEM_HOME" => Package.home_of(source_gem), "LD_LIBRARY_PATH" => folder)
    assert_equal [Package::LIBRARY, Package::OFFERS], answer.values_at("library", "offers")
  end

  def test_checkout_finds_its_build_folder
    binding = Package.copy_checkout("#{Package.root}/built")
    FileUtils.mkdir_p("#{Package.root}/built/build/lib")
    library = "#{Package.root}/built/build/lib/#{Package::LIBRARY}"
    FileUtils.cp(ENV.fetch("UPSELL_LIBRARY"), library)
    answer = Package.decide("-I#{binding}/lib")
    assert_equal [library, Package::OFFERS], answer.values_at("library", "offers")
  end
end
