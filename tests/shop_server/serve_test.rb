# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "open3"
require_relative "support/processes"

# bin/serve: starts everything, starts again what dies, and leaves nothing behind.
class ServeTest < Minitest::Test
  include Processes

  # Without any of the server's settings.
  BARE = ENV.to_h.reject { |name, _| name.start_with?("SHOP_") }.freeze

  def shop_port
    @shop_port ||= free_port
  end

  def start_serve
    pid = spawn(BARE, RbConfig.ruby, File.join(PROGRAMS, "serve"), "--demo", "--state", folder, "--port", port.to_s,
                "--shop-port", shop_port.to_s, unsetenv_others: true, out: out_path, err: [log_path, "a"])
    (@pids ||= []) << pid
    wait_until("it says what to visit") { File.read(out_path).include?("password:") }
    pid
  end

  def out_path
    File.join(folder, "out")
  end

  def children
    log_lines.select { |line| line["event"] == "started" }.map { |line| line.values_at("process", "pid") }
  end

  def alive?(pid)
    Process.kill(0, pid)
    File.read("/proc/#{pid}/stat").split[2] != "Z"
  rescue Errno::ESRCH, Errno::ENOENT
    false
  end

  def test_it_starts_and_ends
    serve = start_serve
    password = File.read(out_path)[/password: +(\S+)/, 1]
    assert_match(/\A[A-Za-z0-9]{16}\z/, password)
    assert_includes File.read(out_path), "http://127.0.0.1:#{shop_port}/\n"
    request = Net::HTTP::Get.new("/scenarios").tap { |get| get.basic_auth("merchant", password) }
    assert_equal "200", Net::HTTP.start("127.0.0.1", port) { |http| http.request(request).code }
    assert_equal "401", get("/scenarios").code

    # One that dies is started again.
    assert_equal %w[fake_shop app worker], children.map(&:first)
    children.each { |_, pid| Process.kill(:KILL, pid) }
    wait_until("all are started again") { children.size == 6 && healthy? }
    assert_equal %w[app fake_shop worker], children.drop(3).map(&:first).sort
    deaths = log_lines.select { |line| line["event"] == "died" }
    assert_equal [9] * 3, deaths.map { |line| line["signal"] }

    status = kill(serve, :TERM)
    assert_predicate status, :success?
    assert_empty(children.select { |_, pid| alive?(pid) })
    assert_empty(log_lines.select { |line| line["event"] == "killed" })
    refute_includes File.read(log_path), password
  end

  # Ports and databases are free again, even if nobody could clean up.
  def test_no_process_outlives_it
    serve = start_serve
    kill(serve, :KILL)
    wait_until("the others end, too") { children.none? { |_, pid| alive?(pid) } }
  end

  # One that does not end by itself is stopped, with another status.
  def run_serve(*arguments, env: {})
    Open3.capture3(BARE.merge(env), "timeout", START_SECONDS.to_s, RbConfig.ruby, File.join(PROGRAMS, "serve"),
                   "--state", folder, *arguments, unsetenv_others: true)
  end

  def test_a_bad_catalogue_is_told
    path = File.join(folder, "catalog.json")
    File.write(path, "{}")
    _, text, status = run_serve("--demo", "--port", port.to_s, "--shop-port", shop_port.to_s, env: { "SHOP_CATALOG" => path })
    assert_equal 2, status.exitstatus
    assert_includes text, "#{path}: /format: missing_key: "
  end

  # Whoever is there would answer in place of the new server: nothing is started, and nothing promised.
  def test_a_port_that_is_taken_is_told
    { "app" => [port, "--port"], "fake shop" => [shop_port, "--shop-port"] }.each do |who, (taken, option)|
      TCPServer.open("127.0.0.1", taken) do
        out, text, status = run_serve("--demo", "--port", port.to_s, "--shop-port", shop_port.to_s)
        assert_equal [2, ""], [status.exitstatus, out]
        assert_match(/\AThe #{who} cannot listen on port #{taken} of 127.0.0.1 \(it is in use\)\. .*#{option} N, .*\n\z/, text)
      end
    end
    _, text, status = run_serve("--demo", "--port", port.to_s, "--shop-port", port.to_s)
    assert_equal [2, "The fake shop"], [status.exitstatus, text[/\AThe fake shop/]]
  end

  # The same for one of them alone, which `bin/serve` starts.
  def test_an_app_without_its_port_ends_with_a_message
    TCPServer.open("127.0.0.1", port) do
      out, text, status = Open3.capture3(environment("SHOP_PORT" => port.to_s), RbConfig.ruby, File.join(PROGRAMS, "app"))
      assert_equal [2, ""], [status.exitstatus, out]
      assert_match(/\AAddress already in use .*\n\z/, text)
    end
  end

  def test_what_is_missing_is_told
    _, text, status = run_serve
    assert_equal 2, status.exitstatus
    assert_match(/^SHOP_CLIENT_SECRET must be set/, text)
    _, text, status = run_serve("--demo", env: { "SHOP_PUBLIC_URL" => "x" })
    assert_equal [2, "SHOP_PUBLIC_URL"], [status.exitstatus, text[/\A\w+/]]
    _, text, status = run_serve("--what")
    assert_equal 2, status.exitstatus
    assert_match(/invalid option: --what\nUsage: /, text)
    _, text, status = Open3.capture3(BARE, RbConfig.ruby, File.join(PROGRAMS, "app"), unsetenv_others: true)
    assert_equal [2, true], [status.exitstatus, text.include?("SHOP_ADMIN_TOKEN must be set")]
  end
end
