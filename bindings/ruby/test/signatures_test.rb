# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "open3"
require "rbconfig"
require "rbs"
require "tmpdir"
require "yaml"
require "yard"

require_relative "support/helper"

# The signatures in sig/ are valid, complete, and true; and everything public is documented.
class SignaturesTest < Minitest::Test
  FOLDER = File.expand_path("..", __dir__)
  SIG = File.join(FOLDER, "sig")

  # What every value has, through Value and Result.
  INHERITED = %i[initialize new marshal_dump marshal_load].freeze

  # Libraries that the signatures refer to (sig/manifest.yaml).
  LIBRARIES = ["date"].freeze
  OPTIONS = LIBRARIES.flat_map { |name| ["-r", name] }.freeze

  def loader
    loader = RBS::EnvironmentLoader.new
    LIBRARIES.each { |name| loader.add(library: name, version: nil) }
    loader.add(path: Pathname(SIG))
    loader
  end

  def environment
    RBS::Environment.from_loader(loader).resolve_type_names
  end

  def declared
    @declared ||= environment.class_decls.select { |name, _| name.to_s.start_with?("::Upsell") }
  end

  def constants_declared
    environment.constant_decls.keys.map { |name| name.to_s.delete_prefix("::") }.grep(/\AUpsell/)
  end

  # What the documentation of the sources has, without what is private.
  def documented
    @documented ||= begin
      YARD::Registry.clear
      YARD.parse(File.join(FOLDER, "lib/**/*.rb"), [], YARD::Logger::ERROR)
      YARD::Registry.all(:module, :class, :method, :constant).reject { |object| hidden?(object) }
    end
  end

  def hidden?(object)
    return false if object.root? || object.path.empty?
    return true if object.visibility != :public || object.has_tag?(:api)

    private_constant?(object) || hidden?(object.namespace)
  end

  def private_constant?(object)
    return false if object.is_a?(YARD::CodeObjects::MethodObject)

    Object.const_get(object.path)
    false
  rescue NameError
    true
  end

  # ---- validity ----

  def test_valid
    builder = RBS::DefinitionBuilder.new(env: environment)
    declared.each_key do |name|
      [builder.build_instance(name), builder.build_singleton(name)].each do |definition|
        definition.each_type { |type| assert type.to_s }
      end
    end
    refute_empty declared
  end

  def test_the_program_says_so_too
    folders = ENV.fetch("PATH").split(":")
    command = %w[rbs rbs3.1].find { |name| folders.any? { |folder| File.executable?(File.join(folder, name)) } }
    refute_nil command, "rbs is needed"
    out, status = Open3.capture2e(command, *OPTIONS, "-I", SIG, "validate", "--silent")
    assert status.success?, out
  end

  def test_libraries_that_are_needed
    assert_equal({ "dependencies" => LIBRARIES.map { |name| { "name" => name } } },
                 YAML.safe_load(File.read(File.join(SIG, "manifest.yaml"))))
  end

  # ---- completeness, both ways ----

  def test_classes
    names = documented.grep(YARD::CodeObjects::NamespaceObject).map(&:path).reject(&:empty?)
    assert_equal names.sort, declared.keys.map { |name| name.to_s.delete_prefix("::") }.sort
  end

  def test_constants
    assert_equal documented.grep(YARD::CodeObjects::ConstantObject).map(&:path).sort, constants_declared.sort
  end

  def members_of(name)
    declared.fetch(name).decls.flat_map { |entry| entry.decl.members }.flat_map do |member|
      case member
      when RBS::AST::Members::MethodDefinition then [[member.kind, member.name]]
      when RBS::AST::Members::AttrReader then [[:instance, member.name]]
      else []
      end
    end
  end

  def methods_of(namespace)
    methods = documented.grep(YARD::CodeObjects::MethodObject).select { |method| method.namespace.path == namespace }
    methods.map { |method| [method.scope == :class ? :singleton : :instance, method.name] }
  end

  def test_methods
    declared.each_key do |name|
      path = name.to_s.delete_prefix("::")
      expected = methods_of(path).reject { |_, method| INHERITED.include?(method) }
      found = members_of(name).reject { |_, method| INHERITED.include?(method) }
      assert_equal expected.uniq.sort, found.uniq.sort, path
    end
  end

  # A method that is declared is there, and takes as many arguments.
  def test_methods_exist
    declared.each_key do |name|
      type = Object.const_get(name.to_s)
      members_of(name).each do |kind, method|
        next if method == :initialize

        assert kind == :singleton ? type.respond_to?(method) : type.method_defined?(method), "#{name} #{method}"
      end
    end
  end

  # Keywords of constructors are the members.
  def test_constructors
    classes = Upsell.constants.map { |name| Upsell.const_get(name) }.grep(Class).select { |type| type < Upsell::Value }
    classes.reject { |type| type.members.nil? }.each do |type|
      assert_equal type.members.sort, keywords_of(type).sort, type
    end
  end

  def keywords_of(type)
    name = RBS::TypeName.new(name: type.name.split("::").last.to_sym, namespace: RBS::Namespace.parse("::Upsell::"))
    members = declared.fetch(name).decls.flat_map { |entry| entry.decl.members }
    methods = members.grep(RBS::AST::Members::MethodDefinition)
    constructor = methods.find { |member| %i[initialize new].include?(member.name) }
    function = constructor.types.first.type
    function.required_keywords.keys + function.optional_keywords.keys
  end

  # ---- truth ----

  # rbs/test wraps every method and compares arguments and results with the signatures.
  def test_what_goes_in_and_out
    env = { "RBS_TEST_TARGET" => "Upsell,Upsell::*", "RBS_TEST_SKIP" => "Upsell::Native,Upsell::Native::*",
            "RBS_TEST_OPT" => [*OPTIONS, "-I", SIG].join(" "), "RBS_TEST_RAISE" => "true",
            "RBS_TEST_LOGLEVEL" => "error", "RBS_TEST_SAMPLE_SIZE" => "ALL" }
    out, err, status = Open3.capture3(env, RbConfig.ruby, "-I", File.join(FOLDER, "lib"), "-r", "rbs/test/setup",
                                      File.join(__dir__, "support/typed_run.rb"))
    assert status.success?, err
    assert_includes out, "typed run: all done"
  end

  # The check above bites: a signature that says something else is seen.
  def test_a_wrong_signature_is_seen
    Dir.mktmpdir do |folder|
      text = File.read(File.join(SIG, "upsell.rbs")).sub("def self.percentage_parse: (String text) -> Integer",
                                                         "def self.percentage_parse: (String text) -> String")
      File.write(File.join(folder, "upsell.rbs"), text)
      FileUtils.cp(File.join(SIG, "errors.rbs"), folder)
      env = { "RBS_TEST_TARGET" => "Upsell,Upsell::*", "RBS_TEST_OPT" => [*OPTIONS, "-I", folder].join(" "),
              "RBS_TEST_RAISE" => "true" }
      _, err, status = Open3.capture3(env, RbConfig.ruby, "-I", File.join(FOLDER, "lib"), "-r", "rbs/test/setup",
                                      "-e", "require 'upsell'; Upsell.percentage_parse('1')")
      refute status.success?
      assert_match(/percentage_parse.*ReturnTypeError/, err)
    end
  end

  # ---- documentation ----

  def test_everything_public_is_documented
    Dir.mktmpdir do |db|
      command = [RbConfig.ruby, "-S", "yard", "stats", "--list-undoc", "--db", File.join(db, "db")]
      out, err, status = Open3.capture3(*command, chdir: FOLDER)
      assert status.success?, err
      assert_empty err
      assert_includes out, "100.00% documented"
      refute_match(/\[(warn|error)\]/, out)
      assert_operator Integer(out[/Methods:\s+(\d+)/, 1]), :>, 80
    end
  end

  # Each public method says what it gives, and what it takes.
  def test_parameters_and_results_are_documented
    assert_empty documented.grep(YARD::CodeObjects::MethodObject).flat_map { |method| undocumented(method) }
  end

  def undocumented(method)
    return [] if method.tags(:overload).any? || method.is_attribute?

    given = method.parameters.map { |name, _| name.delete("*&:") } - ["block"]
    missing = (given - method.tags(:param).map(&:name)).map { |name| "#{method.path}: @param #{name}" }
    result = %i[return yieldparam].any? { |tag| method.has_tag?(tag) } || method.name == :initialize
    result ? missing : [*missing, "#{method.path}: @return"]
  end

  # Each public class and function says since when it is there.
  def test_since
    documented.each do |object|
      next if object.root? || object.path == "Upsell" || object.is_a?(YARD::CodeObjects::ConstantObject)

      since = [object, object.namespace].any? { |one| one.has_tag?(:since) }
      assert since, "#{object.path}: @since"
    end
  end
end
