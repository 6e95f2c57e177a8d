# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "lib/upsell/version"

# One specification for two gems. With the C library beside the sources it is a gem for this
# platform (rake gem:platform); without, it is for every platform and uses the library that is
# installed on the system (rake gem).
Gem::Specification.new do |spec|
  library = "lib/upsell/libupsell.so.0"

  spec.name = "upsell"
  spec.version = Upsell::VERSION
  spec.summary = "Post-purchase upsells for subscription shops: one offer, exactly priced"
  spec.description = "Decides which offer a buyer who has just paid is made, at which exact price now and in " \
                     "every later cycle, and plans the calls that carry an accepted offer out. A binding of " \
                     "the C library libupsell."
  spec.authors = ["The libupsell authors"]
  spec.license = "MIT"
  spec.required_ruby_version = ">= 3.0"
  spec.files = Dir.glob("{lib/**/*.rb,sig/**/*.{rbs,yaml},README.md,LICENSE}", base: __dir__)
  if File.exist?(File.join(__dir__, library))
    spec.platform = Gem::Platform.local
    spec.files << library
  end
  spec.require_paths = ["lib"]
  spec.add_dependency "ffi", "~> 1.15"
end
