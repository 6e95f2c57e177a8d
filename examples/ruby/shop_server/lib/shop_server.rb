# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# In a clone of the project the gem lies beside the examples; elsewhere it is installed.
clone = File.expand_path("../../../../bindings/ruby/lib", __dir__)
$LOAD_PATH.unshift(clone) if File.directory?(clone) && !$LOAD_PATH.include?(clone)

require "upsell"

# A post-purchase app server for one shop. bin/serve starts all of it; README.md tells what is where.
module ShopServer
end
