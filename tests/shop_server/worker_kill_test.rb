# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "support/platform"

# A worker that is killed anywhere, and one that is started after it: the buyer is charged once, the
# item is added once, and what it replaces is refunded once.
class WorkerKillTest < Minitest::Test
  include PlatformTests

  # Statements that change something. To die after one that reads is to die after the one before.
  WRITING = /\((?:[0-9.]+)s\) (?!SELECT|PRAGMA)/

  # Kills its own process after so many statements that write.
  class Killer
    def initialize(after)
      @left = after
    end

    def info(text)
      Process.kill(:KILL, Process.pid) if WRITING.match?(text) && (@left -= 1).negative?
    end
    %i[debug warn error].each { |level| alias_method level, :info }
  end

  (1..4).each do |pattern|
    define_method("test_pattern_#{pattern}_killed_around_each_call") do
      number_of_calls(pattern).times do |number|
        [:before, :after].each { |moment| carry_out(pattern) { |purchase| kill_at_call(purchase, number + 1, moment) } }
      end
    end

    define_method("test_pattern_#{pattern}_killed_between_statements") do
      killed = 0
      # Each run has another place to die at; every fifth statement is enough, as they are three to a step.
      (pattern...).step(5) do |number|
        status = nil
        carry_out(pattern) { |purchase| status = work_in_a_child(purchase, killer: Killer.new(number)) }
        break unless status.termsig

        killed += 1
      end
      assert_operator killed, :>, 5
    end
  end

  def test_killed_again_and_again
    [1, 3].each do |pattern|
      kills = 0
      carry_out(pattern) do |purchase|
        until (status = work_in_a_child(purchase, killer: Killer.new(9))).success?
          assert_equal 9, status.termsig
          kills += 1
          clock.advance(21) # what the dead one had taken on is given up by now
        end
      end
      assert_operator kills, :>, 8
    end
  end

  private

  # Has an offer of a pattern accepted and charged; the block has a worker die; another one finishes.
  def carry_out(pattern)
    purchase = accept(pattern)
    apply(purchase)
    shop.webhooks.deliver # to nobody: webhooks are tested elsewhere
    calls.clear
    yield purchase
    watch.watcher = ->(_) {}
    clock.advance(21)
    assert_equal :completed, drive(purchase, webhooks: false)
    assert_carried_out(pattern, purchase)
    assert_equal :ordered, session_state(purchase)
    assert_equal %w[shown clicked ordered], counted(purchase)
  end

  def number_of_calls(pattern)
    carry_out(pattern) { |_| }
    calls.size
  end

  # Kills the worker when the platform has its call: one that is never executed, or one that just was.
  def kill_at_call(purchase, number, moment)
    pid = nil
    watch.watcher = lambda do |seen|
      next unless seen == number

      kill = -> { Process.kill(:KILL, pid) }
      moment == :before ? kill.call && :refuse : kill
    end
    assert_equal 9, work_in_a_child(purchase) { |child| pid = child }.termsig
  end

  # Carries a run out in a process of its own.
  # @return [Process::Status]
  def work_in_a_child(purchase, killer: nil)
    go, told = IO.pipe
    pid = fork do
      told.close
      go.read # until the parent knows whom to kill
      child(purchase, killer)
    end
    go.close
    yield pid if block_given?
    told.close
    Process.wait2(pid).last
  end

  def child(purchase, killer)
    GC.disable # what was inherited stays as it is
    own = ShopServer::Services.build(config, log: ShopServer::Log.new(StringIO.new), clock: clock)
    own.db.loggers << killer if killer
    worker = ShopServer::Worker.new(own, api: api)
    2000.times do
      worker.work_once
      exit!(0) if own.runs.state(purchase.session_id) != :open && own.runs.untold.empty?
      clock.advance(1)
    end
    exit!(1)
  rescue Exception => e # rubocop:disable Lint/RescueException -- the child must not run the parent's tests
    warn "#{e.class}: #{e.message}\n#{e.backtrace.first(5).join("\n")}"
    exit!(2)
  end
end
