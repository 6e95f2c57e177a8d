# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "puma"
require "puma/events"

module ShopServer
  # What Puma has to say, as lines of {Log}. Its own would name addresses, paths and queries.
  class PumaLog < Puma::Events
    # No more connections can be taken until others have ended; asked at once, the answer is the same.
    EXHAUSTED = [Errno::EMFILE, Errno::ENFILE, Errno::ENOBUFS, Errno::ENOMEM].freeze
    NAP_SECONDS = 0.5
    private_constant :EXHAUSTED, :NAP_SECONDS

    # @param log [Log]
    def initialize(log)
      # What it tells of itself when it starts is for nobody.
      super(File.open(File::NULL, "w"), $stderr)
      @log = log
    end

    # A client that speaks no HTTP, or is gone: nobody has to look at it.
    def parse_error(*)
      @log.warn("refused", code: "bad_http", status: 400, route: "other")
    end

    def connection_error(*); end

    def unknown_error(error, *)
      @log.failure("server_failed", error)
      sleep(NAP_SECONDS) if EXHAUSTED.include?(error.class)
    end
  end
end
