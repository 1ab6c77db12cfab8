-- "sdr elist KIND" shows the records of that kind alone. IPMI v2.0, 43.
tags("client", "sdr")

local kinds = { full = { [0x01] = true }, compact = { [0x02] = true }, event = { [0x03] = true },
                fru = { [0x11] = true }, mcloc = { [0x12] = true }, generic = { [0x10] = true } }

test("each kind has as many as the repository", function()
  local mc = bmc "server-1u"
  local records = mc:sdrs()
  for kind, types in pairs(kinds) do
    local count = 0
    for _, record in ipairs(records) do
      if types[record:byte(4)] then count = count + 1 end
    end
    expect_eq(#mc:ipmitool("sdr elist " .. kind):ok():table(), count, kind)
  end
end)

test("locators say where what they locate is", function()
  local mc = bmc "server-1u"
  expect_eq(mc:ipmitool("sdr elist mcloc"):ok():row("BMC")[5], "Static MC @ 20h")
  expect_eq(mc:ipmitool("sdr elist fru"):ok():row("PSU1 FRU")[5], "Logical FRU @01h")
  expect_eq(mc:ipmitool("sdr elist event"):ok():row("OS Boot")[5], "Event-Only")
end)
