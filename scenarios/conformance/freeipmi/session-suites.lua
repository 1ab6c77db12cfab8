-- FreeIPMI opens a session with every cipher suite that it knows and the BMC
-- offers, and the BMC runs the algorithms that were asked for. Suites with
-- xRC4, and those that are none, it refuses itself. IPMI v2.0, 22.15.2.
tags("client", "session")

for _, suite in ipairs { 1, 2, 3, 6, 7, 8, 11, 12, 15, 16, 17 } do
  test(("suite %d"):format(suite), function()
    local mc = bmc "server-1u"
    mc:freeipmi("bmc-info", "--get-device-id", { suite = suite }):ok():says("^Device ID +: 32$")
    trace:order { "RAKP 4", { "Get Device ID", answer = true, cc = 0 },
                  { "Close Session", answer = true, cc = 0 } }
  end)
end

test("suites with xRC4, and those that are none, never reach the BMC", function()
  local mc = bmc "server-1u"
  for _, suite in ipairs { 4, 5, 9, 10, 13, 14, 18, 19, 20 } do
    mc:freeipmi("bmc-info", "--get-device-id", { suite = suite })
      :fails("cipher suite id"):lacks("Device ID")
  end
  trace:none "Open Session Request"
end)
