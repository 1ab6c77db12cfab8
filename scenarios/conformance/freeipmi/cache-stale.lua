-- FreeIPMI keeps the records in a file, and compares the repository's time
-- stamps: it refuses a file that is older, until told to make a new one.
-- IPMI v2.0, 33.9.
tags("client", "cache")

local function sensors(mc, words)
  return mc:freeipmi("ipmi-sensors", "--record-ids=4 " .. (words or ""))
end

local function add_record(mc)
  sleep(1)
  local reservation = expect_cc(mc:cmd(0x0a, 0x22)).data
  expect(reservation)
  expect_cc(mc:cmd(0x0a, 0x24, hex "00 00 51 12 0b ee 00 00 00 00 00 2e 01 00 00 c0"))
end

test("the records are read once", function()
  local mc = bmc "server-1u"
  sensors(mc):ok():says("^Caching SDR repository information: ")
  local mark = trace:mark()
  sensors(mc):ok():lacks("Caching")
  trace:none { "Get SDR", since = mark }
end)

test("a change makes the file stale", function()
  local mc = bmc "server-1u"
  sensors(mc):ok()
  add_record(mc)
  local r = sensors(mc)
  expect_eq(r.status, 1)
  r:says("SDR Cache .*out of date")
  sensors(mc, "--sdr-cache-recreate"):ok():says("^Caching SDR repository information: ")
  sensors(mc):ok():lacks("Caching")
end)

test("a deleted record makes it stale as well", function()
  local mc = bmc "server-1u"
  sensors(mc):ok()
  sleep(1)
  local reservation = expect_cc(mc:cmd(0x0a, 0x22)).data
  expect_cc(mc:cmd(0x0a, 0x26, reservation .. "\x3b\0"))
  sensors(mc):fails("out of date")
end)

test("every program that reads it refuses it", function()
  local mc = bmc "server-1u"
  sensors(mc, "--quiet-cache"):ok()
  add_record(mc)
  mc:freeipmi("ipmi-sel", "--quiet-cache"):fails("out of date")
  mc:freeipmi("ipmi-fru", "--quiet-cache"):fails("out of date")
  mc:freeipmi("ipmi-config", "--category=sensors --listsections", { privilege = "admin" })
    :fails("out of date")
  mc:freeipmi("ipmi-sel", "--ignore-sdr-cache"):ok()
end)
