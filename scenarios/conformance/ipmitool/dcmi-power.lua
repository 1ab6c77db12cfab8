-- "dcmi power" shows what the host draws, and limits it. DCMI v1.5, 6.6.
tags("client", "dcmi")

local function limit(mc) return mc:cmd(0x2c, 0x03, { 0xdc, 0, 0 }) end

test("a reading is the host's", function()
  local mc = bmc "server-1u"
  mc:command(0x2c, 0x02, { group = 0xdc }, function()
    return 0x00, string.pack("<I2I2I2I2I4I4B", 321, 100, 400, 250, 1767225600, 60000, 0x40)
  end)
  local r = mc:ipmitool("dcmi power reading"):ok()
  r:says "Instantaneous power reading: +321 Watts"
  r:says "Minimum during sampling period: +100 Watts"
  r:says "Maximum during sampling period: +400 Watts"
  r:says "Average power reading over sample period: +250 Watts"
  r:says "Power reading state is: +activated"
end)

test("a limit is set, in force, and lifted", function()
  local mc = bmc "server-1u"
  mc:ipmitool("dcmi power get_limit"):ok():says "No Active Power Limit"
  mc:ipmitool("dcmi power set_limit action sel_logging limit 180 correction 2000 sample 30"):ok()
  expect_cc(limit(mc), 0x80, "it is not in force yet")
  mc:ipmitool("dcmi power activate"):ok():says "successfully activated"
  expect_eq(expect_cc(limit(mc)).data:sub(4), string.pack("<BI2I4I2I2", 0x11, 180, 2000, 0, 30))
  local shown = mc:ipmitool("dcmi power get_limit"):ok():fields()
  expect_eq(shown["Current Limit State"], "Power Limit Active")
  expect_eq(shown["Power Limit"], "180 Watts")
  expect_eq(shown["Correction time"], "2000 milliseconds")
  expect_eq(shown["Sampling period"], "30 seconds")
  mc:ipmitool("dcmi power deactivate"):ok()
  expect_cc(limit(mc), 0x80)
end)
