# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# A headless Chromium for the tests of the pages: Debian's browser and driver, a new empty profile,
# and nothing but this machine to talk to.
require "capybara"
require "capybara/dsl"
require "fileutils"
require "selenium-webdriver"
require "tmpdir"

module Browser
  BUILD = File.dirname(ENV.fetch("UPSELL_LIBRARY", File.expand_path("../../../build/lib/libupsell.so.0", __dir__)), 2)
  # Screenshots are kept here, for people to look at.
  SCREENSHOTS = ENV.fetch("SHOP_SCREENSHOTS", File.join(BUILD, "screenshots"))
  PHONE = [360, 740].freeze
  DESK = [1280, 900].freeze
  WAIT_SECONDS = 15
  SWITCHES = %w[headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking
                disable-component-update disable-sync disable-dev-shm-usage].freeze
  private_constant :BUILD, :SWITCHES

  module_function

  # Makes the browser that Capybara uses; one for all tests of a process.
  def register
    profile = Dir.mktmpdir("shop-browser-")
    at_exit { FileUtils.remove_entry(profile, true) }
    Selenium::WebDriver::Chrome::Service.driver_path = "/usr/bin/chromedriver"
    Capybara.register_driver(:chromium) do |app|
      Capybara::Selenium::Driver.new(app, browser: :chrome, capabilities: capabilities(profile))
    end
    Capybara.default_driver = :chromium
    Capybara.run_server = false
    Capybara.default_max_wait_time = WAIT_SECONDS
  end

  def capabilities(profile)
    options = Selenium::WebDriver::Chrome::Options.new(binary: "/usr/bin/chromium")
    SWITCHES.each { |switch| options.add_argument("--#{switch}") }
    options.add_argument("--user-data-dir=#{profile}")
    # What the page's scripts complain of fails a test.
    options.add_option("goog:loggingPrefs", { browser: "ALL" })
    options
  end

  def size(width, height)
    # Below 500 pixels a window cannot be made narrower; a device can be pretended to be.
    driver.execute_cdp("Emulation.setDeviceMetricsOverride", width: width, height: height, deviceScaleFactor: 1,
                                                             mobile: width < 500)
  end

  def driver
    Capybara.page.driver.browser
  end

  # Keeps a picture of the whole page.
  def shot(name)
    FileUtils.mkdir_p(SCREENSHOTS)
    picture = driver.execute_cdp("Page.captureScreenshot", format: "png", captureBeyondViewport: true)
    File.binwrite(File.join(SCREENSHOTS, "#{name}.png"), picture.fetch("data").unpack1("m"))
  end
end
