# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "net/http"
require "socket"
require_relative "helper"

# Programs of the server as processes of their own.
module Processes
  include ShopServerTests

  START_SECONDS = 60
  PROGRAMS = File.join(SHOP_SERVER, "bin")

  def teardown
    (@pids || []).dup.each { |pid| kill(pid) }
    super
  end

  # The real time, since the processes have it.
  def clock
    @clock = -> { Time.now.to_i }
    def @clock.now = call
    @clock
  end

  def free_port
    TCPServer.open("127.0.0.1", 0) { |server| server.addr[1] }
  end

  def port
    @port ||= free_port
  end

  # @return [Integer] the process; its log is in the test's folder
  def start(program, *arguments, env: {}, out: File::NULL)
    settings = environment("SHOP_PORT" => port.to_s, "SHOP_CLIENT_PER_MINUTE" => "1000000",
                           "SHOP_SESSION_PER_MINUTE" => "1000000").merge(env)
    pid = spawn(settings, RbConfig.ruby, File.join(PROGRAMS, program), *arguments, out: out, err: [log_path, "a"])
    (@pids ||= []) << pid
    pid
  end

  def start_app(**more)
    start("app", **more).tap { wait_until("the app answers: #{log_path}") { healthy? } }
  end

  def kill(pid, signal = :KILL)
    Process.kill(signal, pid)
    Process.wait2(pid)[1].tap { @pids.delete(pid) }
  end

  def log_path
    File.join(folder, "log")
  end

  def log_lines
    File.readlines(log_path).filter_map { |line| JSON.parse(line) if line.start_with?("{") }
  end

  def healthy?
    get("/healthz").code == "200"
  rescue SystemCallError, IOError, Timeout::Error
    false
  end

  def wait_until(what)
    deadline = Time.now + START_SECONDS
    until (found = yield)
      flunk("#{what}: not after #{START_SECONDS} seconds\n#{File.read(log_path)[-2000..]}") if Time.now > deadline
      sleep(0.05)
    end
    found
  end

  def get(path)
    Net::HTTP.start("127.0.0.1", port, open_timeout: 5, read_timeout: 20) { |http| http.get(path) }
  end

  def post(path, body, token: nil, connection: nil, **headers)
    request = Net::HTTP::Post.new(path, { "Content-Type" => "application/json" }.merge(headers.transform_keys(&:to_s)))
    request["Authorization"] = "Bearer #{token}" if token
    request.body = body.is_a?(String) ? body : JSON.generate(body)
    return connection.request(request) if connection

    Net::HTTP.start("127.0.0.1", port, open_timeout: 5, read_timeout: 20) { |http| http.request(request) }
  end
end
