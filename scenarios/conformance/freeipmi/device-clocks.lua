-- bmc-device reads and sets the clocks of the event log and of the records, and
-- the log's offset from UTC. IPMI v2.0, 31.10, 31.11, 31.11a, 33.17, 33.18.
tags("client", "bmc-device")

local NOON = 1805112000        -- 2027-03-15 12:00:00 UTC

test("the clock of the log", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-device", [[--set-sel-time="03/15/2027 - 12:00:00"]]):ok()
  expect_near(mc:cmd(0x0a, 0x48):le(1, 4), NOON, 2)
  mc:freeipmi("bmc-device", "--get-sel-time"):ok():says("^SEL Time : 03/15/2027 %- 12:00:0%d$")
  sleep("1h")
  mc:freeipmi("bmc-device", "--get-sel-time"):ok():says("^SEL Time : 03/15/2027 %- 13:00:0%d$")
end)

test("the clock of the records", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-device", [[--set-sdr-repository-time="03/15/2027 - 12:00:00"]]):ok()
  expect_near(mc:cmd(0x0a, 0x28):le(1, 4), NOON, 2)
  mc:freeipmi("bmc-device", "--get-sdr-repository-time"):ok()
    :says("^SDR Repository Time : 03/15/2027 %- 12:00:0%d$")
end)

test("the offset from UTC", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-device", "--get-sel-time-utc-offset"):ok():says("^SEL UTC Offset : Unspecified$")
  for _, minutes in ipairs { 60, -570, 0, 1440, -1440 } do
    mc:freeipmi("bmc-device", ("--set-sel-time-utc-offset=%d"):format(minutes)):ok()
    expect_eq(string.unpack("<i2", mc:cmd(0x0a, 0x5c).data), minutes)
    mc:freeipmi("bmc-device", "--get-sel-time-utc-offset"):ok()
      :says("^SEL UTC Offset : " .. plain(tostring(minutes)) .. " minutes$")
  end
  mc:freeipmi("bmc-device", "--set-sel-time-utc-offset=none"):ok()
  expect_eq(mc:cmd(0x0a, 0x5c):le(1, 2), 0x07ff)
end)

test("a time that is none is not sent", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-device", "--set-sel-time=noon"):fails("Invalid time specification")
  trace:none { netfn = 0x0a, cmd = 0x49 }
end)
