-- ipmi-dcmi shows what the BMC can of DCMI, parameter by parameter. DCMI v1.5, 6.1.1.
tags("client", "ipmi-dcmi")

local function capabilities(mc)
  return mc:freeipmi("ipmi-dcmi", "--get-dcmi-capability-info", { privilege = "admin" }):ok()
end

test("what the BMC says of itself", function()
  local mc = bmc "server-1u"
  local r = capabilities(mc)
  r:says("^DCMI Specification Conformance +: 1%.5$")
  r:says("^Power Management / Monitoring Support +: Available$")
  r:says("^Number of SEL entries +: 1105$")
  r:says("^Primary LAN Out%-of%-band Channel Number +: 1$")
  for _, parameter in ipairs { 1, 2, 3, 4, 5 } do
    expect_cc(mc:cmd(0x2c, 0x01, { 0xdc, parameter }))
  end
end)

test("another parameter 1", function()
  local mc = bmc "server-1u"
  mc:command(0x2c, 0x01, { group = 0xdc }, function(request)
    if request[1] ~= 1 then return request.original() end
    return 0, hex "01 05 02 00 00 05"
  end)
  local r = capabilities(mc)
  r:says("^Power Management / Monitoring Support +: Not present$")
  r:says("^In%-band System Interface Channel +: Available$")
  r:says("^Serial TMODE +: Not present$")
  r:says("^Out%-Of%-Band Secondary LAN Channel +: Available$")
end)
