-- "sel add" adds the events of a file. IPMI v2.0, 31.6.
tags("client", "sel")

test("line by line, without comments", function()
  local mc = bmc "server-1u"
  run { "tee", "events", input = [[
# EvM  type  number  class  data
0x04 0x01 0x01 0x01 0x59 0x58 0x60   # a comment
0x04 0x0c 0x2e 0xef 0x00 0xff 0x03
]] }:ok()
  mc:ipmitool("sel add events"):ok()
  local all = mc:sel()
  local one, two = all[#all - 1], all[#all]
  expect_eq({ one.sensor_type, one.sensor, one.event_type, one.data },
            { 0x01, 0x01, 0x01, { 0x59, 0x58, 0x60 } })
  expect_eq({ two.sensor_type, two.deasserted, two.data }, { 0x0c, true, { 0x00, 0xff, 0x03 } })
end)

test("a log that is full says so", function()
  local mc = bmc "server-1u"
  run { "tee", "events", input = "0x04 0x01 0x01 0x01 0x59 0x58 0x60\n" }:ok()
  mc:answer(0x0a, 0x44, { cc = 0xc4 })
  mc:ipmitool("sel add events"):says "Out of space"
end)

test("a file that there is not", function()
  bmc "server-1u":ipmitool("sel add nothing"):fails "File nothing does not exist"
end)
