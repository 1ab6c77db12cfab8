-- "sel time" shows the log's clock, and sets it; entries have its time.
-- IPMI v2.0, 31.10, 31.11.
tags("client", "sel")

local function clock(mc) return expect_cc(mc:cmd(0x0a, 0x48)):le(1, 4) end

test("it is the BMC's", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x0a, 0x49, string.pack("<I4", 1804240800)))    -- 2027-03-05 10:00:00
  mc:ipmitool("sel time get"):ok():says "^03/05/27 10:00:0%d UTC$"
end)

test("set, it goes on from there", function()
  local mc = bmc "server-1u"
  mc:ipmitool [[sel time set "03/14/27 10:00:00"]]:ok():says "^03/14/27 10:00:00 UTC$"
  expect_near(clock(mc), 1805018400, 2)
  mc:sel_add(packet.sel_event { sensor = 1 })
  mc:ipmitool("sel list last 1"):ok():says "| 03/14/27 | 10:00:0%d UTC |"
  mc:ipmitool [[sel time set "14.3.2027 10:00"]]:fails "Specified time could not be parsed"
end)

test("the machine's own time", { time = "real" }, function()
  local mc = bmc "server-1u"
  local now = tonumber(run({ "date", "+%s" }).stdout)
  mc:ipmitool("sel time set now"):ok()
  expect_near(clock(mc), now, 5)
end)
