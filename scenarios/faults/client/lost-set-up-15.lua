-- The same with IPMI 1.5: the challenge, and Activate Session. (loss-handshake-step)
tags("client", "login")

for _, step in ipairs(session_steps "1.5") do
  if not step.open and not step.closing then
    test("FreeIPMI: " .. step.name, function()
      local b = bmc "server-1u"
      local fault = b:fault(step.answer { effect = "lose", times = 1 })
      b:freeipmi("bmc-info", "--get-device-guid --retransmission-timeout=200 --session-timeout=5000", { lan15 = "md5" }):ok()
      expect_eq(fault:struck(), 1)
      expect_eq(b:lan():stats().sessions, 0)
    end)
  end
end

test("ipmitool: Activate Session", function()
  local b = bmc "server-1u"
  local fault = b:fault { on = "lan", effect = "lose", direction = "from bmc", cmd = 0x3a, times = 1 }
  b:ipmitool("mc guid", { lan15 = "md5", args = { "-N", "1", "-R", "2" } }):ok()
  expect_eq({ fault:struck(), b:lan():stats().sessions }, { 1, 0 })
end)
