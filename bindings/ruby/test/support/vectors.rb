# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "helper"

# The vectors that C runs, too (tests/vectors/README.md): each case is a test.
module Vectors
  FOLDER = File.join(Support::ROOT, "tests/vectors")
  CLAIMED = []

  # One case. Keys that a runner does not ask for fail it.
  class Case
    attr_reader :name, :expect

    def initialize(given, name, expect = nil)
      @given = given
      @name = name
      @expect = expect
      @asked = []
    end

    def [](key)
      @asked << key
      @given[key]
    end

    def key?(key)
      @asked << key
      @given.key?(key)
    end

    def unknown_keys
      @given.keys - @asked
    end

    # A document, as it is handed over; or a text that is none.
    def document(key)
      text_key = "#{key}_text"
      key?(text_key) ? self[text_key] : JSON.generate(self[key])
    end

    # The bytes of a source.
    def source(key = nil)
      return Case.new(self[key], name).source if key

      if key?("hex") then [self["hex"]].pack("H*")
      elsif key?("text") then self["text"]
      elsif key?("repeat") then Vectors.repeated(self["repeat"])
      else JSON.generate(self["document"])
      end
    end

    # The code of an error, for results that are compared with it.
    def code?
      expect.key?("code") && expect["code"] != "ok"
    end
  end

  def self.repeated(repeat)
    items = Array.new(repeat["times"]) { |i| repeat["item"].gsub("#", i.to_s) }
    "#{repeat["before"]}#{items.join(",")}#{repeat["after"]}"
  end

  def self.read(function)
    file = JSON.parse(File.read(File.join(FOLDER, "#{function}.json"), encoding: "UTF-8"), max_nesting: false)
    raise "#{function}.json is of another format" unless file["format"] == "upsell.vectors/1"
    raise "#{function}.json is for #{file["function"]}" unless file["function"] == function
    raise "#{function}.json has keys that are not known" unless (file.keys - %w[format function about cases]).empty?

    file["cases"]
  end

  # For test classes: a test method for each case of a function.
  module ClassMethods
    # @yieldparam vector [Case] called within the test
    def vectors(function, &block)
      CLAIMED << function
      cases = Vectors.read(function)
      define_method("test_#{function}_has_cases") { refute_empty cases }
      cases.each { |data| vector(function, data, &block) }
    end

    private

    def vector(function, data, &block)
      method = "test_#{function}##{data["name"]}"
      raise "#{method} stands twice" if method_defined?(method)

      define_method(method) do
        assert_empty data.keys - %w[name rule why given expect], "keys of the case"
        vector = Case.new(data["given"], data["name"], data["expect"])
        instance_exec(vector, &block)
        assert_empty vector.unknown_keys, "keys of what is given"
      end
    end
  end

  def self.included(test)
    test.include(Support)
    test.extend(ClassMethods)
  end
end
