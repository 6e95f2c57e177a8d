# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Upsell
  # Version of this gem: that of the C library whose headers it was written for. The library that
  # is loaded must be at least as new.
  VERSION = "0.1.0"
end
