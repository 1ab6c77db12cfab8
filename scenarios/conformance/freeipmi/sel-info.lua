-- ipmi-sel --info shows what Get SEL Info holds. IPMI v2.0, 31.2.
tags("client", "ipmi-sel")

local function info(mc) return mc:freeipmi("ipmi-sel", "--info"):ok() end

test("the log's own", function()
  local mc = bmc "server-1u"
  local facts = mc:sel_info()
  local r = info(mc)
  r:says("^SEL version +: 1%.5$")
  r:says(("^Number of log entries +: %d$"):format(facts.entries))
  r:says(("^Free space remaining +: %d bytes$"):format(facts.free))
  r:says("^Recent erase timestamp +: Unspecified$")
  r:says("^Events dropped due to lack of space +: No$")
end)

test("the log is full, and drops what comes", function()
  local mc = bmc "server-1u"
  repeat
    local full = mc:cmd(0x0a, 0x44, hex "00 00 02 00 00 00 00 20 00 04 01 01 01 59 2d 2b").cc ~= 0
  until full
  mc:sensor("Inlet Temp"):set(45)
  wait_until(function() return mc:sel_info().overflow end)
  local r = info(mc)
  r:says("^Number of log entries +: 1105$")
  r:says("^Free space remaining +: 0 bytes$")
  r:says("^Events dropped due to lack of space +: Yes$")
end)

test("another answer", function()
  local mc = bmc "server-1u"
  mc:answer(0x0a, 0x40, {
    data = string.pack("<BI2I2I4I4B", 0x51, 3, 0xffff, 1805112000, 0xffffffff, 0x08) })
  local r = info(mc)
  r:says("^Free space remaining +: .*65535")
  r:says("^Recent addition timestamp +: 03/15/2027 %- 12:00:00$")
  r:says("^Get SEL Allocation Information Command : unsupported$")
  r:says("^Reserve SEL Command +: unsupported$")
  r:says("^Delete SEL Command +: supported$")
end)
