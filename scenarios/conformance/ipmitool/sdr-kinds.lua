-- "sdr elist KIND" shows the records of that kind alone. IPMI v2.0, 43.
tags("client", "sdr")

local kinds = { full = 0x01, compact = 0x02, event = 0x03, generic = 0x10, fru = 0x11,
                mcloc = 0x12 }

for kind, code in pairs(kinds) do
  test(kind, function()
    local mc = bmc "server-1u"
    local count = 0
    for _, record in ipairs(mc:sdrs()) do
      if record:byte(4) == code then count = count + 1 end
    end
    expect_eq(#mc:ipmitool("sdr elist " .. kind):ok():table(), count)
  end)
end

test("locators say where what they locate is", function()
  local list = bmc "server-1u":ipmitool_exec { "sdr elist mcloc", "sdr elist fru" }:ok()
  expect_eq(list:row("BMC")[5], "Static MC @ 20h")
  expect_eq(list:row("PSU1 FRU")[5], "Logical FRU @01h")
end)
