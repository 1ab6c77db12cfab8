-- ipmi-dcmi shows what the host draws, and sets a limit to it; the BMC keeps the
-- limit, and whether it is active. DCMI v1.5, 6.6.1 to 6.6.4.
tags("client", "ipmi-dcmi")

local function dcmi(mc, words) return mc:freeipmi("ipmi-dcmi", words, { privilege = "admin" }) end

test("the power that the host draws", function()
  local mc = bmc "server-1u"
  local r = dcmi(mc, "--get-system-power-statistics"):ok()
  local shown = tonumber(r:says("^Current Power +: (%d+) Watts$"))
  expect_near(mc:cmd(0x2c, 0x02, hex "dc 01 00 00"):le(2, 2), shown, 40)
  r:says("^Power Measurement +: Active$")
  mc:answer(0x2c, 0x02, { group = 0xdc, data = hex "2c 01 c8 00 90 01 fa 00 00 11 22 33 e8 03 00 00 40" })
  r = dcmi(mc, "--get-system-power-statistics"):ok()
  r:says("^Current Power +: 300 Watts$")
  r:says("^Minimum Power over sampling duration : 200 watts$")
  r:says("^Maximum Power over sampling duration : 400 watts$")
  r:says("^Average Power over sampling duration : 250 watts$")
  r:says("^Statistics reporting time period +: 1000 milliseconds$")
end)

test("a statistic for each period that there is", function()
  local mc = bmc "server-1u"
  local r = dcmi(mc, "--get-enhanced-system-power-statistics"):ok()
  local _, count = r.output:gsub("Power Statistics for Rolling Average Time Period", "")
  expect_eq(count, mc:cmd(0x2c, 0x01, { 0xdc, 5 })[5])
end)

test("a limit", function()
  local mc = bmc "server-1u"
  dcmi(mc, "--set-power-limit --exception-actions=0x11 --power-limit-requested=100 "
    .. "--correction-time-limit=500 --statistics-sampling-period=30"):ok()
  expect_eq(mc:cmd(0x2c, 0x03, hex "dc 00 00").cc, 0x80, "set, and not active")
  dcmi(mc, "--activate-deactivate-power-limit=ACTIVATE"):ok()
  local limit = expect_cc(mc:cmd(0x2c, 0x03, hex "dc 00 00"))
  expect_eq(limit.data:sub(4), hex "11 64 00 f4 01 00 00 00 00 1e 00")
  local r = dcmi(mc, "--get-power-limit"):ok()
  r:says("^Exception Actions +: Log event to SEL only %(11h%)$")
  r:says("^Power Limit Requested +: 100 watts$")
  r:says("^Correction time limit +: 500 milliseconds$")
  dcmi(mc, "--activate-deactivate-power-limit=DEACTIVATE"):ok()
  expect_eq(mc:cmd(0x2c, 0x03, hex "dc 00 00").cc, 0x80)
end)
