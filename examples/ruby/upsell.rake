# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# In a Rakefile: load "path/to/upsell.rake". In Rails: put it, with catalog_file.rb,
# offer_finder.rb and offer_table.rb beside it, into lib/tasks. The catalogue is the file that UPSELL_CATALOG names.
namespace :upsell do
  desc "Check the catalogue, and tell all its problems"
  task :check do
    require_relative "catalog_file"
    path = ENV.fetch("UPSELL_CATALOG")
    scenarios = CatalogFile.new(path).current.info.published
    puts "#{path}: no problems, #{scenarios} scenarios are published"
  rescue CatalogFile::Bad => e
    abort e.message
  end

  desc "Decide for the orders of a file (NDJSON)"
  task :decide, [:orders] do |_task, args|
    require_relative "offer_table"
    finder = OfferFinder.new(ENV.fetch("UPSELL_CATALOG"))
    table = OfferTable.new
    File.open(args.fetch(:orders), "rb") do |orders|
      finder.find_lines(orders) { |result| table.add(result) }
    end
    table.finish
    abort if table.refused.positive?
  end
end
