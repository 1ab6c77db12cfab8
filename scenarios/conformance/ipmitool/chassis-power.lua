-- "power" switches the host, and shows how it stands. IPMI v2.0, 28.3.
tags("client", "chassis")

local words = { off = "Down/Off", on = "Up/On", cycle = "Cycle", reset = "Reset" }

test("off, on, cycle and reset do so", function()
  local mc = bmc "server-1u"
  local seen = {}
  mc:on("power", function(e) seen[#seen + 1] = e.what end)
  for _, step in ipairs { { "off", { "off" }, "off" }, { "on", { "on" }, "on" },
                          { "cycle", { "off", "on" }, "on" }, { "reset", { "reset" }, "on" } } do
    local what, events, after = table.unpack(step)
    seen = {}
    mc:ipmitool("chassis power " .. what):ok()
      :says(("^Chassis Power Control: %s$"):format(plain(words[what])))
    sleep(30)
    expect_eq(seen, events, what)
    mc:ipmitool("chassis power status"):ok():says(("^Chassis Power is %s$"):format(after))
  end
end)

test("what the host does by itself is shown", function()
  local mc = bmc "server-1u"
  expect(mc.chassis.host:power("off", "power button"))
  mc.chassis.host:wait "off"
  mc:ipmitool("power status"):ok():says "^Chassis Power is off$"
end)

test("a host that is off is not reset", function()
  local mc = bmc "server-1u"
  mc:power "off"
  mc.chassis.host:wait "off"
  mc:ipmitool("power reset"):fails "Command not supported in present state"
  mc:ipmitool("power cycle"):fails "Command not supported in present state"
  expect_eq(mc.chassis.host:state(), "off")
end)
