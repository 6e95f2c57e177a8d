# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "fileutils"
require "open3"
require "rbconfig"
require "tmpdir"

require_relative "support/helper"

# Loading: which library is taken, and what is said when none fits. Each case is a process of its own.
class LibraryTest < Minitest::Test
  LIB = File.expand_path("../lib", __dir__)
  LIBRARY = File.expand_path(ENV.fetch("UPSELL_LIBRARY"))
  SCRIPT = <<~'RUBY'
    begin
      require "upsell"
      puts "loaded", Upsell.library_path
    rescue Upsell::LibraryError => e
      puts "refused", e.message
    end
  RUBY

  def setup
    @folder = Dir.mktmpdir("upsell-library")
  end

  def teardown
    FileUtils.remove_entry(@folder)
  end

  # Loads the gem in a new process; returns what came of it, and what it said.
  def load_gem(library, lib: LIB, path: nil)
    env = { "UPSELL_LIBRARY" => library, "LD_LIBRARY_PATH" => path, "RUBYOPT" => nil, "RUBYLIB" => nil }
    out, err, status = Open3.capture3(env, RbConfig.ruby, "-I", lib, "-e", SCRIPT, chdir: @folder)
    assert status.success?, err
    assert_empty err
    out.split("\n", 2)
  end

  # A library with these functions.
  def build(name, source)
    file = File.join(@folder, name)
    _, err, status = Open3.capture3("cc", "-shared", "-fPIC", "-o", file, "-xc", "-", stdin_data: source)
    assert status.success?, err
    file
  end

  def version_functions(abi: 0, version: "0.1.0")
    "int upsell_abi_version(void) { return #{abi}; }\nconst char *upsell_version(void) { return \"#{version}\"; }\n"
  end

  # All functions but those above, as far as they are wanted. They say OUT_OF_RANGE: no currencies.
  def other_functions(&wanted)
    names = Upsell::Native::PROTOTYPES.keys.grep_v(/\Aupsell_(abi_)?version\z/).select(&wanted)
    names.map { |name| "long #{name}(void) { return 4; }\n" }.join
  end

  def assert_refused(library, *expected)
    word, message = load_gem(library)
    assert_equal "refused", word
    expected.each { |text| assert_includes message, text }
    message
  end

  # ---- which one ----

  def test_the_one_of_the_environment
    assert_equal ["loaded", "#{LIBRARY}\n"], load_gem(LIBRARY)
  end

  def test_a_relative_path_is_one_of_the_working_folder
    FileUtils.cp(LIBRARY, File.join(@folder, "own.so"))
    assert_equal ["loaded", "#{File.realpath(@folder)}/own.so\n"], load_gem("own.so")
  end

  def test_an_empty_variable_is_none
    word, message = load_gem("", lib: copy_of_gem, path: hidden)
    assert_equal "refused", word
    assert_includes message, "  - libupsell.so.0: "
  end

  def test_the_one_in_the_gem
    lib = copy_of_gem
    FileUtils.cp(LIBRARY, File.join(lib, "upsell", "libupsell.so.0"))
    assert_equal ["loaded", "#{lib}/upsell/libupsell.so.0\n"], load_gem(nil, lib: lib)
  end

  def test_the_one_in_the_build_folder_of_a_checkout
    lib = copy_of_gem("checkout/bindings/ruby/lib")
    FileUtils.mkdir_p(File.join(@folder, "checkout/include/upsell"))
    FileUtils.touch(File.join(@folder, "checkout/include/upsell/upsell.h"))
    FileUtils.mkdir_p(File.join(@folder, "checkout/build/lib"))
    FileUtils.cp(LIBRARY, File.join(@folder, "checkout/build/lib/libupsell.so.0"))
    assert_equal ["loaded", "#{File.realpath(@folder)}/checkout/build/lib/libupsell.so.0\n"], load_gem(nil, lib: lib)
  end

  def test_the_one_of_the_system
    FileUtils.cp(LIBRARY, File.join(@folder, "libupsell.so.0"))
    assert_equal %W[loaded libupsell.so.0\n], load_gem(nil, lib: copy_of_gem, path: @folder)
  end

  # A library may be installed on this machine: the loader meets the file in this folder before it.
  def hidden
    File.join(@folder, "hidden").tap do |folder|
      FileUtils.mkdir_p(folder)
      FileUtils.touch(File.join(folder, "libupsell.so.0"))
    end
  end

  def copy_of_gem(folder = "gem/lib")
    target = File.join(@folder, folder)
    FileUtils.mkdir_p(File.dirname(target))
    FileUtils.cp_r(LIB, target)
    FileUtils.rm_f(File.join(target, "upsell", "libupsell.so.0"))
    File.realpath(target)
  end

  # ---- when none fits ----

  def test_missing
    message = assert_refused(File.join(@folder, "none.so"), "#{@folder}/none.so: ", "No such file",
                             "ABI version 0", "Install libupsell", "set UPSELL_LIBRARY",
                             "meson setup build && ninja -C build")
    # With the variable, that one alone.
    assert_equal 1, message.scan(/^  - /).size
  end

  def test_every_place_is_named
    lib = copy_of_gem
    word, message = load_gem(nil, lib: lib, path: hidden)
    assert_equal "refused", word
    assert_includes message, "  - #{lib}/upsell/libupsell.so.0: "
    assert_includes message, "  - libupsell.so.0: "
    assert_equal 2, message.scan(/^  - /).size
  end

  def test_not_a_library
    file = File.join(@folder, "text.so")
    File.write(file, "not a library\n" * 100)
    assert_refused(file, "text.so: ", "invalid ELF header")
  end

  def test_another_library
    assert_refused(build("other.so", "int f(void) { return 0; }"), "it has no function upsell_abi_version")
  end

  def test_another_abi
    assert_refused(build("abi.so", version_functions(abi: 7)), "its ABI version is 7, but 0 is needed")
  end

  def test_other_versions
    ["0.0.9", "0.2.0", "1.0.0", "0.1", "x", ""].each_with_index do |version, i|
      assert_refused(build("v#{i}.so", version_functions(version: version)),
                     "its version is #{version.inspect}, but 0.1, from 0.1.0 on, is needed")
    end
  end

  def test_a_missing_function
    source = version_functions(version: "0.1.12") + other_functions { |name| name != :upsell_batch_decide }
    assert_refused(build("part.so", source), "it has no function upsell_batch_decide")
  end

  def test_a_newer_library_of_the_same_series
    source = version_functions(version: "0.1.3") + other_functions { true }
    assert_equal "loaded", load_gem(build("newer.so", source)).first
  end

  def test_a_dependency_that_is_missing
    build("libdep.so", "int upsell_dep(void) { return 0; }")
    file = File.join(@folder, "needs.so")
    source = "int upsell_dep(void);\nint upsell_abi_version(void) { return upsell_dep(); }"
    _, err, status = Open3.capture3("cc", "-shared", "-fPIC", "-o", file, "-xc", "-", "-L#{@folder}", "-ldep",
                                    stdin_data: source)
    assert status.success?, err
    assert_refused(file, "libdep.so: cannot open shared object file")
  end

  # ---- what loading does not do ----

  def test_versions
    assert_match(/\A\d+\.\d+\.\d+\z/, Upsell.library_version)
    assert_equal Upsell::VERSION, Upsell.library_version
    assert_equal LIBRARY, Upsell.library_path
  end

  # No programs are run, and nothing is printed: only ENV, files and dlopen.
  def test_the_sources_run_no_program_and_print_nothing
    Dir.glob(File.join(LIB, "**/*.rb")).each do |file|
      code = File.read(file, encoding: "UTF-8").gsub(/^\s*#.*/, "")
      refute_match(/`|\bsystem\b|\bspawn\b|%x|IO\.popen|\bputs\b|\$std(out|err)|\bwarn\b|\bp /, code, file)
    end
  end
end
