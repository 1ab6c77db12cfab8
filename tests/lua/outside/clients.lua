-- The clients of the field, before BMCs of the lab.

test("ipmitool, by every way in", { needs = "ipmitool" }, function()
  local mc = bmc "server-1u"
  for _, suite in ipairs { 1, 2, 3, 17 } do
    mc:ipmitool("mc info", { suite = suite }):ok():says("^IPMI Version +: 2%.0$")
  end
  for _, kind in ipairs { "md5", "straight" } do
    mc:ipmitool("mc info", { lan15 = kind }):ok():says("^IPMI Version +: 2%.0$")
  end
  mc:ipmitool("mc info", { password = "wrong" }):fails("Unable to establish")
  mc:ipmitool("power on", { user = "monitor", password = "monitor", privilege = "user" })
    :fails("[Ii]nsufficient privilege")
end)

test("ipmitool's tables", { needs = "ipmitool" }, function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(33)
  local found
  for _, row in ipairs(mc:ipmitool("sdr elist"):ok():table()) do
    if row[1] == "Inlet Temp" then found = row end
  end
  expect_eq(found[3], "ok")
  expect_match(found[5], "^33 degrees C$")
end)

test("words in quotes stay together", { needs = "ipmitool" }, function()
  bmc "server-1u":ipmitool([[sensor get "Inlet Temp"]]):ok():says("Sensor ID +: Inlet Temp")
end)

test("ipmitool across the bus", { needs = "ipmitool" }, function()
  local mc = bmc "twin"
  mc:ipmitool("mc info", { bridge = 0x72 }):ok():says("^Device ID")
end)

test("FreeIPMI", { needs = { "ipmi-sensors", "bmc-info" } }, function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-info", { suite = 17 }):ok():says("^IPMI Version +: 2%.0$")
  mc:freeipmi("bmc-info", { lan15 = "md5" }):ok():says("^IPMI Version +: 2%.0$")
  local rows = mc:freeipmi("ipmi-sensors", "--quiet-cache"):ok():table(true)
  expect(#rows > 20)
  expect_eq(rows[1].Type ~= nil, true)
  mc:freeipmi("bmc-info", { password = "wrong" }):fails("password invalid")
end)

test("ipmipower", { needs = "ipmipower" }, function()
  local mc = bmc "server-1u"
  mc:ipmipower("--stat"):ok():says(": on$")
  mc:ipmipower("--off"):ok():says(": ok$")
  wait_until(function() return not mc:chassis_status().power end)
  mc:ipmipower("--stat"):ok():says(": off$")
end)

test("FreeIPMI asks several BMCs at once", { needs = "bmc-info" }, function()
  local one, two = bmc "server-1u", bmc "twin"
  local r = one:freeipmi("bmc-info", "--get-device-guid", { with = { two } }):ok()
  expect_eq(#r:lines(), 2)
  r:says(("^127%%.0%%.0%%.1:%d: "):format(two:login().port))
  expect_eq(#one:ipmipower("--stat", { with = { two } }):ok():lines(), 2)
end)

test("FreeIPMI with a K_g", { needs = "bmc-info" }, function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-info", { kg = "not asked for" }):fails("k_g invalid")
end)

test("ipmiconsole at a terminal", { needs = "ipmiconsole" }, function()
  local console = bmc "server-1u":ipmiconsole("--escape-char=~", { suite = 17 })
  console:expect("SOL established")
  console:write("~."):expect("closing the connection")
  console:wait():ok()
end)

test("FreeIPMI's pings", { needs = { "ipmiping", "rmcpping" } }, function()
  local mc = bmc "server-1u"
  mc:ping("ipmiping", "-c 1"):ok():says("1 responses received in time")
  mc:ping("rmcpping", "-c 1"):ok():says("1 pongs received in time")
end)

test("OpenIPMI", { needs = { "openipmicmd", "openipmish" } }, function()
  local mc = bmc "server-1u"
  mc:openipmicmd("0f 00 06 01"):says("^0f 07 00 01 00 20 01 02 ")
  mc:openipmicmd("0f 00 06 01", { lan15 = "md5" }):says("^0f 07 00 01 00 20 01 02 ")
  mc:openipmi({ "mc info d(0.20)", "product_id: " }):ok()
end)

test("ipmiutil", { needs = "ipmiutil" }, function()
  local mc = bmc "server-1u"
  mc:ipmiutil("health"):ok():says("^BMC version +=.*IPMI v2")
  mc:ipmiutil("cmd 00 20 18 01", { lan15 = "md5" }):ok():says("respData")
end)

test("pyghmi", function()
  local mc = bmc "server-1u"
  mc:pyghmi("print(bmc.set_power('off', wait=20))"):ok():says("'powerstate': 'off'")
  expect(not mc:chassis_status().power)
end)

test("two clients at once, each its own BMC, and one console within", { needs = "ipmitool" },
     function()
  local one, two = bmc "server-1u", bmc "server-1u"
  local first = one:ipmitool("sdr list", { start = true })
  local second = two:ipmitool("sdr list", { start = true })
  local inside = one:connect()
  expect_cc(inside:cmd(6, 1))
  expect(#first:wait():ok():table() > 20)
  expect_eq(#second:wait():ok():table(), #first:wait():table())
  inside:close()
end)

test("two clients at once on one BMC", { needs = "ipmitool" }, function()
  local mc = bmc "server-1u"
  local a = mc:ipmitool("sel list", { start = true })
  local b = mc:ipmitool("fru print", { start = true })
  b:wait():ok()
  a:wait():ok()
end)

test("what a client did is seen from within", { needs = "ipmitool" }, function()
  local mc = bmc "server-1u"
  mc:ipmitool("chassis bootdev pxe"):ok()
  expect_eq(mc:boot_device().device, 1)
  mc:ipmitool("sel clear"):ok()
  wait_until(function() return mc:sel_info().entries <= 1 end)
end)

test("any program, at the address itself", { needs = "ipmitool" }, function()
  local host, port = bmc "server-1u":listen()
  expect_eq(host, "127.0.0.1")
  run { "ipmitool", "-I", "lanplus", "-H", host, "-p", port, "-U", "ADMIN", "-P", "ADMIN",
        "chassis", "power", "status" }:ok():says("Chassis Power is on")
end)

test("an address of IPv6", { needs = "ipmitool" }, function()
  local mc = bmc "server-1u"
  local ok = pcall(function() mc:listen { host = "::1" } end)
  if not ok then skip("there is no IPv6 here") end
  mc:ipmitool("mc guid"):ok()
end)
