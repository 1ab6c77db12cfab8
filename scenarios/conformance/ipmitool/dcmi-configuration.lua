-- "dcmi set_conf_param" and "get_conf_param": how the BMC discovers a DHCP server.
-- DCMI v1.5, 6.1.2, 6.1.3.
tags("client", "dcmi")

local function parameter(mc, n)
  return expect_cc(mc:cmd(0x2c, 0x13, { 0xdc, n, 0 })).data:sub(5)
end

test("what is set is kept, and shown", function()
  local mc = bmc "server-1u"
  for words, octets in pairs { ["dhcp_config 2"] = { 2, "02" }, ["init 7"] = { 3, "07" },
                               ["timeout 300"] = { 4, "2c 01" }, ["retry 80"] = { 5, "50 00" } } do
    mc:ipmitool("dcmi set_conf_param " .. words):ok()
    expect_eq(parameter(mc, octets[1]), hex(octets[2]), words)
  end
  local r = mc:ipmitool("dcmi get_conf_param"):ok()
  r:says "Management Controller ID String is disabled"
  r:says "Initial timeout interval%s+: 7 seconds"
  r:says "Server contact timeout interval%s+: 300 seconds"
  r:says "Server contact retry interval%s+: 80 seconds"
end)

test("found before a session", function()
  bmc "server-1u":ipmitool("dcmi oob_discover"):ok()
end)
