-- "dcmi set_conf_param" and "get_conf_param": how the BMC discovers a DHCP server.
-- DCMI v1.5, 6.1.2, 6.1.3.
tags("client", "dcmi")

local function parameter(mc, n)
  return expect_cc(mc:cmd(0x2c, 0x13, { 0xdc, n, 0 })).data:sub(5)
end

test("what is set is kept, and shown", function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool_exec {
    "dcmi set_conf_param dhcp_config 2", "dcmi set_conf_param init 7",
    "dcmi set_conf_param timeout 300", "dcmi set_conf_param retry 80", "dcmi get_conf_param",
  }:ok()
  for number, octets in pairs { [2] = "02", [3] = "07", [4] = "2c 01", [5] = "50 00" } do
    expect_eq(parameter(mc, number), hex(octets))
  end
  r:says "Management Controller ID String is disabled"
  r:says "Initial timeout interval%s+: 7 seconds"
  r:says "Server contact timeout interval%s+: 300 seconds"
  r:says "Server contact retry interval%s+: 80 seconds"
end)

test("found before a session", function()
  bmc "server-1u":ipmitool("dcmi oob_discover"):ok()
end)
