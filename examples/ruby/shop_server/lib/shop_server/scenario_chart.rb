# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "SVG/Graph/BarHorizontal"
require_relative "../shop_server"

module ShopServer
  # The counts of the scenarios as bars, in SVG.
  class ScenarioChart < SVG::Graph::BarHorizontal
    SERIES = { "shown" => "表示数", "clicked" => "クリック数", "ordered" => "注文成功数" }.freeze
    # More are not to be read; the table has them all.
    MOST = 20
    NAME_LENGTH = 20
    ROW_HEIGHT = 76
    FONT_SIZE = 14
    SETTINGS = {
      width: 1000, stack: :side, rotate_y_labels: 0, number_format: "%d", min_scale_value: 0,
      key_position: :bottom, font_size: FONT_SIZE, x_label_font_size: FONT_SIZE, y_label_font_size: FONT_SIZE,
      key_font_size: FONT_SIZE
    }.freeze
    NOTHING = { "name" => "—", "shown" => 0, "clicked" => 0, "ordered" => 0 }.freeze
    STYLE = <<~CSS
      .svgBackground, .graphBackground { fill: #fff }
      .axis { stroke: #767b6e; stroke-width: 1px }
      .guideLines { stroke: #dcd8cc; stroke-width: 1px }
      .dataPointLabelBackground { display: none }
      text { font: 14px "Hiragino Sans", "Noto Sans JP", "Yu Gothic", IPAexGothic, sans-serif; fill: #22261f }
      .fill1, .key1 { fill: #b3c6ad }
      .fill2, .key2 { fill: #5d8f69 }
      .fill3, .key3 { fill: #1f4429 }
    CSS
    # The gem puts the names in the middle of their room; they read better at its end.
    NAMES = ".yAxisLabels { text-anchor: end !important; transform: translateX(%dpx) }"
    GAP = 10
    private_constant :SERIES, :MOST, :NAME_LENGTH, :ROW_HEIGHT, :FONT_SIZE, :SETTINGS, :NOTHING, :STYLE,
                     :NAMES, :GAP

    # @param scenarios [Array<Hash>] those of an "upsell.report/1" document
    # @return [String] an SVG document
    def self.svg(scenarios)
      rows = scenarios.first(MOST).reverse # drawn from the bottom
      rows = [NOTHING] if rows.empty?
      names = rows.map { |row| label(row) }
      chart = new(SETTINGS.merge(fields: names, height: 110 + (rows.size * ROW_HEIGHT),
                                 scale_divisions: division(rows), inline_style_sheet: style(names)))
      SERIES.each { |key, title| chart.add_data(data: rows.map { |row| row[key] }, title: title) }
      chart.burn
    end

    # @api private
    def self.label(row)
      name = row["name"].to_s.empty? ? row["scenario_id"].to_s : row["name"]
      name.length > NAME_LENGTH ? "#{name[0, NAME_LENGTH]}…" : name
    end

    # What lies between two lines of the scale: 1, 2 or 5 with zeros, so that there are ten at most.
    # @api private
    def self.division(rows)
      most = rows.map { |row| row["shown"] }.max
      (0..).each do |zeros|
        found = [1, 2, 5].map { |digit| digit * (10**zeros) }.find { |size| most <= size * 10 }
        return found if found
      end
    end

    # How much room the names need. The gem takes every character for half as wide as high.
    # @api private
    def self.room(names)
      names.map { |name| name.each_char.sum { |char| char.ascii_only? ? 0.6 : 1 } * FONT_SIZE }.max.ceil + (2 * GAP)
    end

    # @api private
    def self.style(names)
      STYLE + format(NAMES, (room(names) / 2) - (FONT_SIZE / 2) - GAP)
    end

    protected

    def max_y_label_width_px
      self.class.room(get_y_labels)
    end
  end
end
