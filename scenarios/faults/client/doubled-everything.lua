-- Every answer comes twice. (dup-any)
tags("client", "login")

local function doubled()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "duplicate", direction = "from bmc" }
  return b
end

test("ipmitool, 2.0", function() doubled():ipmitool("sdr list"):ok():says("Inlet Temp") end)

test("ipmitool, 1.5", function()
  local r = doubled():ipmitool("mc guid", { lan15 = "md5", args = { "-N", "1", "-R", "1" } })
  local caps = trace:expect { "Get Channel Authentication Capabilities", answer = true, cc = 0 }
  expect_eq(caps.data:byte(2) & 0x04, 0x04, "the BMC does offer MD5")
  xfail("ipmitool takes the second copy of the Presence Pong for the answer to Get Channel "
     .. "Authentication Capabilities")
  r:ok()
end)

test("FreeIPMI, 1.5", function()
  doubled():freeipmi("bmc-info", "--get-device-guid", { lan15 = "md5" }):ok()
end)

test("ipmipower, 1.5", function()
  doubled():ipmipower("--stat", { lan15 = "md5" }):ok():says(": on$")
end)

test("pyghmi", function()
  doubled():pyghmi("print(bmc.get_power())"):ok():says("'powerstate': 'on'")
end)

test("ipmiutil, 2.0", function() doubled():ipmiutil("cmd 00 20 18 01"):ok() end)
