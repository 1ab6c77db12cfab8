-- "-o" adapts ipmitool to a manufacturer's BMC; this one, which is nobody's, lets in
-- those that keep to the standard.
tags("client", "session", "oem")

for _, kind in ipairs { "intelwv2", "icts", "kontron", "quanta" } do
  test(kind .. " over RMCP+ and IPMI 1.5", function()
    local mc = bmc "server-1u"
    mc:ipmitool("power status", { args = { "-o", kind } }):ok():says "is on"
    mc:ipmitool("power status", { args = { "-o", kind }, lan15 = "md5" }):ok():says "is on"
  end)
end

test("another way to sign than the standard's is refused", function()
  local mc = bmc "server-1u"
  mc:ipmitool("power status", { lan15 = "md5", args = { "-o", "supermicro", "-N", "1", "-R", "1" } })
    :fails "Activate Session command failed"
  mc:connect { lan15 = "md5" }:close()
end)

test("one that there is not", function()
  local mc = bmc "server-1u"
  mc:ipmitool("power status", { args = { "-o", "nobody" } }):fails 'OEM setup for "nobody" failed'
end)
