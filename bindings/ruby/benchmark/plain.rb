# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What an engineer would write without libupsell: a Hash index over the catalogue.
#
# It gives the same answers for valid orders (the benchmark compares every one), with all that can
# be known beforehand computed beforehand, prices among them. It checks nothing, and answers with
# plain Hashes and Arrays. It takes a catalogue's document, parsed with symbols as keys.
class PlainIndex
  UNITS = { 'day' => ['day', 1], 'week' => ['day', 7], 'month' => ['month', 1],
            'year' => ['month', 12] }.freeze
  PATTERNS = { %w[subscription subscription] => :subscription_to_subscription,
               %w[subscription one_time] => :subscription_to_one_time,
               %w[one_time subscription] => :one_time_to_subscription,
               %w[one_time one_time] => :one_time_to_one_time }.freeze

  # A scenario with all that is asked of it when orders come.
  Entry = Struct.new(:number, :rank, :pattern, :subscription, :deny, :triggers, :refusal, :initial,
                     :most, :available, :plans, :prices, :plan_of_cycle, :id)

  def initialize(catalog)
    @currency = catalog[:currency]
    @store = catalog[:store]
    @products = catalog[:products].to_h { |product| [product[:id], product] }
    @plans = catalog[:selling_plans].to_h { |plan| [plan[:id], plan] }
    @cycles = @plans.transform_values { |plan| cycle_key(plan) }
    @by_trigger = {}
    catalog[:scenarios].each_with_index { |scenario, number| add(scenario, number) }
    @by_trigger.each_value { |entries| entries.sort_by!(&:rank) }
  end

  def decide(order)
    return refused(order, :store_plan) unless @store[:plan] == 'enterprise'
    return refused(order, :store_post_purchase_app) unless @store[:post_purchase_app]
    return refused(order, :currency_mismatch) unless order.currency == @currency

    any_candidate = false
    candidates(order.lines).each do |entry|
      trigger_lines = order.lines.select { |line| fits?(entry, line) }
      next if trigger_lines.empty?

      any_candidate = true
      offer = offer(entry, order, trigger_lines)
      return { order_id: order.id, reason: nil, offer: offer } if offer
    end
    refused(order, any_candidate ? :all_rejected : :no_candidate)
  end

  private

  def refused(order, reason)
    { order_id: order.id, reason: reason, offer: nil }
  end

  # Equal for cycles that are the same (TGT-1).
  def cycle_key(plan)
    [plan[:billing], plan[:delivery] || plan[:billing]].map do |interval|
      unit, factor = UNITS.fetch(interval[:interval])
      [unit, interval[:count] * factor]
    end
  end

  def add(scenario, number)
    return unless scenario[:status] == 'published'

    entry = entry_of(scenario, number)
    entry.triggers.each_key do |product|
      (@by_trigger[[product, entry.subscription]] ||= []) << entry
    end
  end

  def entry_of(scenario, number)
    trigger = scenario[:trigger]
    offer = scenario[:offer]
    product = @products.fetch(offer[:product_id])
    variant = product[:variants].find { |one| one[:id] == offer[:variant_id] }
    pattern = PATTERNS.fetch([trigger[:kind], offer[:kind]])
    quantity = offer[:quantity] || {}
    initial = quantity[:default] || 1
    plans = offer[:selling_plan_ids] || []
    Entry.new(number, [scenario[:priority], number], pattern, trigger[:kind] == 'subscription',
              trigger[:other_items] == 'deny', triggers_of(trigger), refusal(pattern, product),
              initial, quantity[:max] || initial, variant[:available], plans,
              prices(pattern, variant, plans, offer, initial),
              plans.to_h { |plan| [@cycles[plan], plan] }, scenario[:id])
  end

  def triggers_of(trigger)
    trigger[:products].to_h do |product|
      [product[:product_id], [product[:variant_ids], product[:selling_plan_ids]]]
    end
  end

  # What rejects it for every order alike (DEC-5, DEC-7, DEC-8).
  def refusal(pattern, product)
    return :pattern_not_enabled if pattern == :one_time_to_one_time && !@store[:one_time_to_one_time]
    return :offer_not_shippable if product[:requires_shipping] == false

    :offer_subscription_only if product[:requires_selling_plan] && pattern != :one_time_to_subscription
  end

  # Whole prices, computed once: by the library, so that only deciding is compared.
  def prices(pattern, variant, plans, offer, quantity)
    list_unit = Upsell.money_parse(variant[:price], @currency)
    discount = discount_of(offer[:discount])
    (plans.empty? ? [nil] : plans).to_h do |plan|
      pricing = plan ? pricing_of(@plans[plan]) : []
      price = Upsell.first_price(pattern: pattern, list_unit: list_unit, quantity: quantity,
                                 pricing: pricing, discount: discount)
      [plan, [price, plan ? recurring(list_unit, pricing, quantity) : []]]
    end
  end

  def recurring(list_unit, pricing, quantity)
    later = pricing.map { |price| price.after_cycle + 1 }.select { |cycle| cycle > 2 }
    cycles = [2, *later].uniq.sort
    segments = cycles.map do |cycle|
      unit = Upsell.plan_price(list_unit: list_unit, pricing: pricing, cycle: cycle)
      [cycle, unit, unit * quantity]
    end
    segments.chunk_while { |a, b| a[1] == b[1] }.map(&:first)
  end

  def discount_of(discount)
    return nil unless discount

    Upsell::Discount.new(type: discount[:type].to_sym,
                         value: adjusted(discount[:type], discount[:value]))
  end

  def pricing_of(plan)
    (plan[:pricing] || []).map do |price|
      Upsell::PlanPrice.new(after_cycle: price[:after_cycle], type: price[:type].to_sym,
                            value: adjusted(price[:type], price[:value]))
    end
  end

  def adjusted(type, value)
    case type
    when 'none' then 0
    when 'percentage' then Upsell.percentage_parse(value.to_s)
    else Upsell.money_parse(value.to_s, @currency)
    end
  end

  def candidates(lines)
    if lines.size == 1
      line = lines[0]
      return @by_trigger[[line.product_id, !line.selling_plan_id.nil?]] || []
    end
    found = {}
    lines.each do |line|
      @by_trigger[[line.product_id, !line.selling_plan_id.nil?]]&.each do |entry|
        found[entry.number] = entry
      end
    end
    found.size > 1 ? found.values.sort_by(&:rank) : found.values
  end

  # DEC-2.
  def fits?(entry, line)
    variants, plans = entry.triggers[line.product_id]
    entry.triggers.key?(line.product_id) && !line.selling_plan_id.nil? == entry.subscription &&
      (variants.nil? || variants.include?(line.variant_id)) &&
      (plans.nil? || plans.include?(line.selling_plan_id))
  end

  # The offer of a candidate, or nil when it is rejected (DEC-5 to DEC-12).
  def offer(entry, order, trigger_lines)
    return nil if entry.refusal || (entry.deny && trigger_lines.size < order.lines.size)

    targets = targets(entry, order, trigger_lines)
    return nil if targets.nil? || targets.empty?

    most = entry.most
    if entry.available
      return nil if entry.available < entry.initial * targets.size

      most = [most, entry.available / targets.size].min
    end
    checkout = offer_page = 0
    targets.each do |target|
      checkout += target[3][0].checkout.line
      offer_page += target[3][0].offer_page.line
    end
    { entry: entry, targets: targets, quantity_max: most, total_checkout: checkout,
      total_offer_page: offer_page, differs: checkout != offer_page }
  end

  def targets(entry, order, trigger_lines)
    case entry.pattern
    when :subscription_to_subscription then contracts(entry, trigger_lines)
    when :one_time_to_subscription
      return nil if !order.has_shipping_address || order.lines.any?(&:selling_plan_id)

      plan = entry.plans[0]
      [[trigger_lines.map(&:id), nil, plan, entry.prices[plan]]]
    else [[trigger_lines.map(&:id), nil, nil, entry.prices[nil]]]
    end
  end

  # The targets of pattern 1 (TGT-2, TGT-3).
  def contracts(entry, trigger_lines)
    known = trigger_lines.select { |line| @cycles.key?(line.selling_plan_id) }
    groups = if known.all?(&:contract_id)
               known.group_by(&:contract_id)
             else
               known.group_by { |line| @cycles[line.selling_plan_id] }
             end
    groups.values.filter_map do |group|
      plan = entry.plan_of_cycle[@cycles[group[0].selling_plan_id]]
      next unless plan

      [group.map(&:id), group.find(&:contract_id)&.contract_id, plan, entry.prices[plan]]
    end
  end
end
