-- A wrong password opens nothing; with RMCP+ FreeIPMI is told so at once, with
-- IPMI 1.5 the BMC must not answer, and it gives up. IPMI v2.0, 13.20, 13.24.
tags("client", "session")

test("RMCP+: the answer does not match, and FreeIPMI says so", function()
  local mc = bmc "server-1u"
  for _, suite in ipairs { 1, 3, 8, 17 } do
    local r = mc:freeipmi("bmc-info", "--get-device-id", { suite = suite, password = "wrong" })
    expect_eq(r.status, 1)
    r:says("password invalid")
  end
  trace:none "Get Device ID"
end)

test("IPMI 1.5: the BMC is silent, and FreeIPMI gives up", function()
  local mc = bmc "server-1u"
  local patience = "--get-device-id --session-timeout=600 --retransmission-timeout=200"
  local r = mc:freeipmi("bmc-info", patience, { lan15 = "md5", password = "wrong" })
  expect_eq(r.status, 1)
  r:says("password verification timeout")
  expect(trace:count { "Activate Session", direction = "to bmc", fate = "ignored" } >= 2)
  trace:none { "Activate Session", answer = true }
end)
