-- ipmiping and rmcpping, which know no port but 623: every ping is answered, and
-- what the BMC offers is shown. IPMI v2.0, 13.2, 22.13.
tags("client", "ping")

test("ipmiping", function()
  local mc = bmc "server-1u"
  mc:ping("ipmiping", "-c 1"):ok()
    :says("^1 requests transmitted, 1 responses received in time, 0%.0%% packet loss$")
end)

test("ipmiping, and what the BMC offers", function()
  local mc = bmc "server-1u"
  local r = mc:ping("ipmiping", "-c 1 -v -r 2.0"):ok()
  r:says("none=set md2=set md5=set password=set oem=clear anon=clear null=clear non%-null=set "
    .. "user=clear permsg=clear k_g=clear ipmi_v2%.0_extended_capabilities_available=set")
  mc:set_lan_parameter(2, { 0x04, 0x04, 0x04, 0x04, 0x00 })
  mc:ping("ipmiping", "-c 1 -v -r 1.5"):ok():says("none=clear md2=clear md5=set password=clear")
end)

test("rmcpping", function()
  local mc = bmc "server-1u"
  mc:ping("rmcpping", "-c 1 -v"):ok():says("^pong received from .*: message_tag=%d+, ipmi supported$")
  trace:order { "Presence Ping", "Presence Pong" }
end)

test("nobody is there", function()
  local mc = bmc "server-1u"
  mc:fault { on = "lan", effect = "lose" }
  for _, tool in ipairs { "ipmiping", "rmcpping" } do
    local r = mc:ping(tool, "-c 1 -t 1")
    expect_eq(r.status, 1)
    r:says("100%.0%% packet loss$")
  end
end)
