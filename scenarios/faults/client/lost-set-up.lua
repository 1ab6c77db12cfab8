-- The first of an answer to each step of the log-in is lost: a client asks again,
-- and is in a second later. (loss-handshake-step)
tags("client", "login")

for _, step in ipairs(session_steps "2.0") do
  if not step.open and not step.closing then
    test("FreeIPMI: " .. step.name, function()
      local b = bmc "server-1u"
      local fault = b:fault(step.answer { effect = "lose", times = 1 })
      b:freeipmi("bmc-info", "--get-device-guid --retransmission-timeout=200 --session-timeout=5000"):ok()
      expect_eq(fault:struck(), 1)
      expect_eq(b:lan():stats().sessions, 0, "it closed what it opened")
    end)
  end
end

for _, payload in ipairs { "rakp 2", "rakp 4" } do
  test("ipmitool: " .. payload, function()
    local b = bmc "server-1u"
    local fault = b:fault { on = "lan", effect = "lose", payload = payload, times = 1 }
    b:ipmitool("mc guid", { args = { "-N", "1", "-R", "2" } }):ok():says("System GUID")
    expect_eq(fault:struck(), 1)
    expect(b:lan():stats().sessions <= 1, "what it gave up it does not close")
  end)
end
