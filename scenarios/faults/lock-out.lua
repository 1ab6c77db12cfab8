-- Damaged and doubled log-ins are no wrong passwords beyond what was tried: with a
-- lock-out after three, a user whose RAKP 3 is doubled a dozen times is not locked
-- out. IPMI v2.0, 23.1, parameter 26.
tags "login"

test("a doubled RAKP 3 with a wrong password counts once", function()
  local b = bmc "server-1u"
  b:set_lan_parameter(26, { 0x00, 3, 0x10, 0x00, 0x10, 0x00 })
  b:fault { on = "lan", effect = "duplicate", payload = "rakp 3", count = 5, span = "1ms" }
  for _ = 1, 2 do
    local login = b:wire():login()
    login:open()
    login:rakp1()
    expect_status(login:rakp3 { password = "wrong" }, 0x0f)
    sleep(1)
  end
  b.chassis:clear_faults()
  b:connect()
end)
