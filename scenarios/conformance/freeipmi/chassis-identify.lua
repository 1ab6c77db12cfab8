-- The light by which people find a chassis: on for a while, for good, or off.
-- IPMI v2.0, 28.5.
tags("client", "ipmi-chassis")

local function identify(mc, how)
  mc:freeipmi("ipmi-chassis", "--chassis-identify=" .. how):ok()
end

local function state(mc)
  return mc:freeipmi("ipmi-chassis", "--get-chassis-status"):ok()
    :says("^Chassis Identify state +: (.*)$")
end

test("for seconds, for good, and off", function()
  local mc = bmc "server-1u"
  expect_eq(state(mc), "off")
  identify(mc, "200")
  expect_eq(trace:expect({ "Chassis Identify", link = "clear", answer = false }).data:byte(1), 200)
  expect_eq(state(mc), "Timed on")
  identify(mc, "FORCE")
  expect_eq(state(mc), "Indefinite on")
  sleep(0.1)
  expect_eq(mc:cmd(0x00, 0x01)[3] >> 4 & 3, 2)
  identify(mc, "TURN-OFF")
  expect_eq(state(mc), "off")
end)

test("it goes out by itself", function()
  local mc = bmc "server-1u"
  identify(mc, "60")
  sleep(61)
  expect_eq(state(mc), "off")
end)

test("more than an octet holds is not sent", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-chassis", "--chassis-identify=256"):fails("out of range")
  trace:none { netfn = 0x00, cmd = 0x04 }
end)
