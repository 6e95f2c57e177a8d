# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "minitest/mock"

require_relative "support/helper"

# When the C object of a handle is freed: step by step, without C.
class HandleTest < Minitest::Test
  # Says when it is freed.
  class Thing
    attr_reader :freed

    def initialize
      @freed = 0
    end

    def free
      @freed += 1
    end
  end

  def setup
    @pointer = Thing.new
    @made = []
    @handle = Upsell::Handle.new(@pointer, "thing") { Thing.new.tap { |thing| @made << thing } }
  end

  def test_scratch_objects_are_used_again
    first = @handle.take
    second = @handle.take
    @handle.give(first)
    assert_same first, @handle.take
    refute_same first, second
    assert_equal 2, @made.size
  end

  def test_close_when_nobody_is_inside
    @handle.give(@handle.take)
    @handle.close
    assert_equal [1, [1], true], [@pointer.freed, @made.map(&:freed), @handle.closed?]
  end

  def test_close_before_any_use
    @handle.close
    assert_equal 1, @pointer.freed
  end

  def test_the_last_who_leaves_frees
    first, second = @handle.take, @handle.take
    @handle.close
    @handle.give(first)
    assert_equal 0, @pointer.freed
    @handle.give(second)
    assert_equal [1, [1, 1]], [@pointer.freed, @made.map(&:freed)]
  end

  def test_nobody_comes_in_after_close
    inside = @handle.take
    @handle.close
    2.times { assert_raises(Upsell::ClosedError) { @handle.take } }
    assert_raises(Upsell::ClosedError) { @handle.use { flunk } }
    assert_equal 0, @pointer.freed
    @handle.give(inside)
    assert_operator @pointer.freed, :>=, 1
  end

  def test_who_never_comes_back_keeps_it
    @handle.take
    @handle.close
    assert_equal 0, @pointer.freed
  end

  def test_use_gives_back_whatever_happens
    assert_equal 5, @handle.use { 5 }
    assert_raises(RuntimeError) { @handle.use { raise "x" } }
    assert_equal :thrown, catch(:out) { @handle.use { throw :out, :thrown } }
    assert_equal 1, @made.size
    @handle.close
    assert_equal 1, @pointer.freed
  end

  # A thing of C frees once, however often it is told to (FFI::AutoPointer).
  def test_freeing_twice_is_freeing_once
    catalog = Upsell::Native::CatalogPointer.new(FFI::Pointer.new(8))
    freed = 0
    Upsell::Native::CatalogPointer.stub(:release, ->(_) { freed += 1 }) { 3.times { catalog.free } }
    assert_equal 1, freed
  end
end
