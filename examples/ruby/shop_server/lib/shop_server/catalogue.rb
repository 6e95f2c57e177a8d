# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "../shop_server"
require_relative "../../../catalog_file"

module ShopServer
  # The catalogue of the shop, followed when its file changes, which is logged.
  class Catalogue < CatalogFile
    # @param path [String]
    # @param log [Log]
    # @param check_every [Numeric] seconds between looks at the file; 0: each time
    # @raise [Bad, SystemCallError]
    def initialize(path, log:, check_every: 1)
      @log = log
      super(path, check_every: check_every) { |current, error| tell(current, error) }
    end

    private

    def tell(current, error)
      case error
      when nil then @log.info("catalogue_read", count: current.info.published)
      when Bad then error.problems.each { |found| @log.error("catalogue_bad", code: found.code, pointer: found.pointer) }
      else @log.failure("catalogue_unreadable", error)
      end
    end
  end
end
