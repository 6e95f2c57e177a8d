# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "helper"
require_relative "json_text"

# Turns parsed documents into values, where values can say the same, and a decision into its
# document. Both only for tests: the library reads and writes documents by itself.
module Documents
  # The document holds something that values cannot say: it has another shape, or names something
  # that has no name.
  class Inexpressible < StandardError
  end

  # Takes the members of an object; what is left over is inexpressible.
  class Members
    def initialize(object)
      raise Inexpressible, "#{object.inspect} is no object" unless object.is_a?(Hash)

      @left = object.dup
    end

    def required(key)
      raise Inexpressible, "no #{key}" unless @left.key?(key)

      @left.delete(key)
    end

    def optional(key, default = nil)
      @left.key?(key) ? @left.delete(key) : default
    end

    def key?(key)
      @left.key?(key)
    end

    def done
      raise Inexpressible, "#{@left.keys} are not known" unless @left.empty?
    end
  end

  module_function

  # Yields the members of an object, all of which must be taken.
  def members(object)
    members = Members.new(object)
    value = yield members
    members.done
    value
  end

  def parse(text)
    JsonText.parse(text)
  rescue JSON::ParserError => e
    raise Inexpressible, e.message
  end

  # ---- values ----

  def id(value)
    value.is_a?(Integer) ? value.to_s : value
  end

  def ids(list)
    array(list).map { |value| id(value) }
  end

  def optional_ids(list)
    list.nil? ? nil : ids(list)
  end

  def array(list)
    list.is_a?(Array) ? list : raise(Inexpressible, "#{list.inspect} is no array")
  end

  def name(value)
    value.is_a?(String) ? value.to_sym : raise(Inexpressible, "#{value.inspect} is no name")
  end

  def not_null(value)
    value.nil? ? raise(Inexpressible, "null") : value
  end

  # Money in documents is a decimal text or a whole number of major units.
  def money(value, currency)
    text = value.is_a?(Integer) ? value.to_s : value
    Upsell.money_parse(text, currency)
  rescue Upsell::Error => e
    raise Inexpressible, e.message
  end

  def adjustment(type, value, currency)
    case type
    when :percentage then percentage(value)
    when :fixed_amount, :price then money(value, currency)
    else raise Inexpressible, "a value without a meaning"
    end
  end

  def percentage(value)
    Upsell.percentage_parse(value.is_a?(Integer) ? value.to_s : value)
  rescue Upsell::Error => e
    raise Inexpressible, e.message
  end

  # ---- catalogue ----

  def catalog(document)
    members(document) do |m|
      raise Inexpressible, "another format" unless m.required("format") == "upsell.catalog/1"

      currency = m.required("currency")
      store = store(m.optional("store", {}))
      rounding = m.key?("rounding") ? rounding(m.required("rounding")) : nil
      Upsell::CatalogInput.new(currency: currency, rounding: rounding, disclosure: disclosure(m), **store,
                               **lists(m, currency))
    end
  end

  # A text that is null is an error in documents.
  def disclosure(owner)
    return unless owner.key?("disclosure")

    members(owner.required("disclosure")) do |m|
      keys = Upsell::DisclosureInput.members.map(&:to_s).select { |key| m.key?(key) }
      Upsell::DisclosureInput.new(**keys.to_h { |key| [key.to_sym, not_null(m.required(key))] })
    end
  end

  def lists(m, currency)
    { selling_plans: array(m.required("selling_plans")).map { |plan| selling_plan(plan, currency) },
      products: array(m.required("products")).map { |product| product(product, currency) },
      scenarios: array(m.required("scenarios")).map { |scenario| scenario(scenario, currency) } }
  end

  def store(document)
    members(document) do |m|
      { store_plan: name(m.optional("plan", "standard")), post_purchase_app: m.optional("post_purchase_app", false),
        one_time_to_one_time: m.optional("one_time_to_one_time", false) }
    end
  end

  def rounding(document)
    members(document) do |m|
      surfaces = %w[checkout offer_page].to_h { |key| [key.to_sym, policy(m.optional(key, {}))] }
      Upsell::RoundingPair.new(**surfaces)
    end
  end

  def policy(document)
    members(document) do |m|
      keys = %w[mode target basis].select { |key| m.key?(key) }
      Upsell::Rounding.new(**keys.to_h { |key| [key.to_sym, name(m.required(key))] })
    end
  end

  def interval(document)
    members(document) { |m| Upsell::Interval.new(unit: name(m.required("interval")), count: m.required("count")) }
  end

  def cycle(m)
    delivery = m.key?("delivery") ? interval(m.required("delivery")) : nil
    Upsell::Cycle.new(billing: interval(m.required("billing")), delivery: delivery)
  end

  def selling_plan(document, currency)
    members(document) do |m|
      pricing = array(m.required("pricing")).map { |price| plan_price(price, currency) }
      limits = %w[min_cycles max_cycles].select { |key| m.key?(key) }
      Upsell::SellingPlan.new(id: id(m.required("id")), name: m.required("name"), cycle: cycle(m), pricing: pricing,
                              **limits.to_h { |key| [key.to_sym, not_null(m.required(key))] })
    end
  end

  def plan_price(document, currency)
    members(document) do |m|
      type = name(m.required("type"))
      Upsell::PlanPrice.new(after_cycle: m.required("after_cycle"), type: type,
                            value: adjustment(type, not_null(m.required("value")), currency))
    end
  end

  def product(document, currency)
    members(document) do |m|
      Upsell::Product.new(id: id(m.required("id")), title: m.required("title"),
                          requires_shipping: m.optional("requires_shipping", true),
                          requires_selling_plan: m.optional("requires_selling_plan", false),
                          variants: array(m.required("variants")).map { |variant| variant(variant, currency) })
    end
  end

  def variant(document, currency)
    members(document) do |m|
      Upsell::Variant.new(id: id(m.required("id")), title: m.required("title"),
                          price: money(m.required("price"), currency), available: m.required("available"))
    end
  end

  def scenario(document, currency)
    members(document) do |m|
      Upsell::Scenario.new(id: id(m.required("id")), name: m.required("name"), status: name(m.required("status")),
                           priority: m.required("priority"), **trigger(m.required("trigger")),
                           **offer(m.required("offer"), currency),
                           page: m.key?("page") ? page(m.required("page")) : nil)
    end
  end

  def trigger(document)
    members(document) do |m|
      { trigger_kind: name(m.required("kind")), other_items: name(m.optional("other_items", "allow")),
        triggers: array(m.required("products")).map { |product| trigger_product(product) } }
    end
  end

  def trigger_product(document)
    members(document) do |m|
      Upsell::Trigger.new(product_id: id(m.required("product_id")), variant_ids: ids(m.optional("variant_ids", [])),
                          selling_plan_ids: ids(m.optional("selling_plan_ids", [])))
    end
  end

  def offer(document, currency)
    members(document) do |m|
      { offer_kind: name(m.required("kind")), product_id: id(m.required("product_id")),
        variant_id: id(m.required("variant_id")), selling_plan_ids: ids(m.optional("selling_plan_ids", [])),
        discount: m.key?("discount") ? discount(m.required("discount"), currency) : nil,
        quantity: m.key?("quantity") ? quantity(m.required("quantity")) : nil }
    end
  end

  def discount(document, currency)
    members(document) do |m|
      type = name(m.required("type"))
      raise Inexpressible, "none with a value, or no value" if (type == :none) == m.key?("value")

      value = type == :none ? 0 : adjustment(type, not_null(m.required("value")), currency)
      Upsell::Discount.new(type: type, value: value)
    end
  end

  def quantity(document)
    members(document) do |m|
      Upsell::Quantity.new(initial: m.optional("default", 1), adjustable: m.optional("adjustable", false),
                           max: m.key?("max") ? not_null(m.required("max")) : nil)
    end
  end

  def page(document)
    members(document) do |m|
      texts = { title: "title", buy_button: "buy_button" }.select { |_, key| m.key?(key) }
      Upsell::PageInput.new(**texts.transform_values { |key| not_null(m.required(key)) },
                            **timer(m.optional("timer", {})), **description(m.optional("description", {})),
                            **close_button(m.optional("close_button", {})), disclosure: disclosure(m))
    end
  end

  def timer(document)
    members(document) do |m|
      { timer_enabled: m.optional("enabled", false),
        timer_seconds: m.key?("seconds") ? not_null(m.required("seconds")) : nil,
        timer_text: m.key?("text") ? not_null(m.required("text")) : nil }
    end
  end

  def description(document)
    members(document) { |m| { description_visible: m.optional("visible", true), description: m.optional("text") } }
  end

  def close_button(document)
    members(document) do |m|
      { close_visible: m.optional("visible", true), close_label: m.key?("label") ? not_null(m.required("label")) : nil }
    end
  end

  # ---- order and acceptance; unknown keys of an order are ignored (DOC-3) ----

  def order(document)
    m = Members.new(document)
    raise Inexpressible, "another format" unless m.required("format") == "upsell.order/1"

    currency = m.required("currency")
    lines = array(m.required("lines")).each_with_index.map { |line, i| within("/lines/#{i}") { line(line, currency) } }
    Upsell::Order.new(id: id(m.required("id")), currency: currency, lines: lines,
                      has_shipping_address: m.optional("has_shipping_address", true))
  end

  def line(document, currency)
    m = Members.new(document)
    amounts = %w[unit_price discounted_total].to_h do |key|
      value = m.optional(key)
      [key.to_sym, value.nil? ? nil : money(value, currency)]
    end
    others = %w[variant_id selling_plan_id contract_id].to_h { |key| [key.to_sym, id(m.optional(key))] }
    Upsell::OrderLine.new(id: id(m.required("id")), product_id: id(m.required("product_id")),
                          quantity: m.required("quantity"), **amounts, **others)
  end

  # Errors of a value point into it; those of its owner, into the whole.
  def within(pointer)
    yield
  rescue Upsell::Error => e
    raise e.class.new(e.detail, pointer: pointer + e.pointer)
  end

  def acceptance(document, currency)
    members(document) do |m|
      total = m.optional("total")
      Upsell::Acceptance.new(scenario_id: id(m.required("scenario_id")), quantity: m.required("quantity"),
                             selling_plan_id: id(m.optional("selling_plan_id")),
                             total: total.nil? ? nil : money(total, currency))
    end
  end

  # ---- a decision as its document (OUT-1) ----

  def decision(decision)
    offer = decision.offer
    { "format" => "upsell.decision/1", "order_id" => decision.order_id, "outcome" => decision.outcome.to_s,
      "reason" => decision.reason&.to_s, "scenario_id" => offer&.scenario_id, "pattern" => offer&.pattern&.to_s,
      "priority" => offer&.priority, "offer" => offer && offer_of(offer, decision.currency),
      "considered" => decision.considered.map do |loser|
        { "scenario_id" => loser.scenario_id, "reason" => loser.reason.to_s }
      end }
  end

  def offer_of(offer, currency)
    { "product_id" => offer.product_id, "variant_id" => offer.variant_id,
      "quantity" => { "default" => offer.quantity.initial, "max" => offer.quantity.max,
                      "adjustable" => offer.quantity.adjustable },
      "cancel_line_ids" => offer.cancel_line_ids,
      "targets" => offer.targets.map { |target| target_of(target, currency) },
      "choices" => offer.choices.map do |choice|
        { "selling_plan_id" => choice.selling_plan_id, "price" => price_of(choice.price, currency) }
      end,
      "total" => { "checkout" => Upsell.money_format(offer.total_checkout, currency),
                   "offer_page" => Upsell.money_format(offer.total_offer_page, currency), "differs" => offer.differs? },
      "page" => page_of(offer.page) }
  end

  def target_of(target, currency)
    { "line_ids" => target.line_ids, "contract_id" => target.contract_id, "selling_plan_id" => target.selling_plan_id,
      "price" => price_of(target.price, currency) }
  end

  def price_of(price, currency)
    money = ->(amount) { Upsell.money_format(amount, currency) }
    amounts = ->(both) { { "unit" => money.(both.unit), "line" => money.(both.line) } }
    { "list_unit" => money.(price.list_unit), "plan_unit" => price.plan_unit && money.(price.plan_unit),
      "checkout" => amounts.(price.checkout), "offer_page" => amounts.(price.offer_page),
      "recurring" => price.recurring.map do |segment|
        { "from_cycle" => segment.from_cycle, "unit" => money.(segment.unit), "line" => money.(segment.line) }
      end }
  end

  def page_of(page)
    { "title" => page.title,
      "timer" => { "visible" => page.timer_visible, "seconds" => page.timer_seconds, "text" => page.timer_text },
      "description" => { "visible" => page.description_visible, "text" => page.description },
      "buy_button" => page.buy_button,
      "close_button" => { "visible" => page.close_visible, "label" => page.close_label },
      "expires_after_seconds" => page.expires_after_seconds }
  end
end
