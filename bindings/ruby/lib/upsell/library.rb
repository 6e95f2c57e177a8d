# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "ffi"

require_relative "version"

module Upsell
  # The C library could not be loaded. The message names every place that was tried, why each did
  # not do, and what to do about it.
  # @since 0.1.0
  class LibraryError < LoadError
  end

  # Finds the C library, opens it, and makes sure that it is the one this gem was written for.
  # @api private
  module Library
    # Number in the library's file name: its ABI version.
    ABI_VERSION = 0

    # What the system's loader knows the library as.
    SONAME = FFI::Platform.mac? ? "libupsell.#{ABI_VERSION}.dylib" : "libupsell.so.#{ABI_VERSION}"

    class << self
      # Where the library was taken from: a file, or the name that the system's loader found.
      # @return [String]
      attr_reader :path

      # Opens the library.
      # @param functions [Array<Symbol>] names of all C functions that it must have
      # @return [FFI::DynamicLibrary]
      # @raise [LibraryError] if no library fits
      def load(functions)
        failures = candidates.map do |path|
          library = open(path, functions)
          @path = path
          return library
        rescue LoadError => e
          "#{path}: #{e.message}"
        end
        raise LibraryError, message(failures)
      end

      private

      # In this order; with UPSELL_LIBRARY that alone, so that nothing else is taken by mistake.
      def candidates
        chosen = ENV.fetch("UPSELL_LIBRARY", "")
        return [File.expand_path(chosen)] unless chosen.empty?

        [bundled, in_checkout, SONAME].compact
      end

      # Platform gems carry the library beside this file.
      def bundled
        File.join(__dir__, SONAME)
      end

      # The build folder, where this file lies in a checkout of the whole project.
      def in_checkout
        root = File.expand_path("../../../..", __dir__)
        File.join(root, "build", "lib", SONAME) if File.exist?(File.join(root, "include/upsell/upsell.h"))
      end

      def open(path, functions)
        library = FFI::DynamicLibrary.open(path, FFI::DynamicLibrary::RTLD_LAZY | FFI::DynamicLibrary::RTLD_LOCAL)
        check_abi(library)
        check_version(library)
        functions.each { |name| find(library, name) }
        library
      end

      def check_abi(library)
        found = FFI::Function.new(:int32, [], find(library, :upsell_abi_version)).call
        return if found == ABI_VERSION

        raise LibraryError, "its ABI version is #{found}, but #{ABI_VERSION} is needed"
      end

      def check_version(library)
        text = FFI::Function.new(:string, [], find(library, :upsell_version)).call.to_s
        return if new_enough?(numbers(text), numbers(VERSION))

        raise LibraryError, "its version is #{text.inspect}, but #{numbers(VERSION).take(series).join(".")}, from " \
                            "#{VERSION} on, is needed"
      end

      def new_enough?(found, needed)
        found.size == 3 && found.take(series) == needed.take(series) && (found <=> needed) >= 0
      end

      # How much of the version must be the same: while the ABI version is 0, a release of another
      # minor version may be another interface.
      def series
        ABI_VERSION.zero? ? 2 : 1
      end

      def numbers(version)
        version.match?(/\A\d+\.\d+\.\d+\z/) ? version.split(".").map(&:to_i) : []
      end

      def find(library, name)
        library.find_function(name.to_s) ||
          raise(LibraryError, "it has no function #{name}: it is another library, or an older one")
      end

      def message(failures)
        "The C library of upsell #{VERSION} (ABI version #{ABI_VERSION}) could not be loaded. Tried:\n" \
          "#{failures.map { |failure| "  - #{failure}\n" }.join}" \
          "Install libupsell, or set UPSELL_LIBRARY to the path of #{SONAME}, or, in a checkout of " \
          "the project, run: meson setup build && ninja -C build"
      end
    end
  end
end
