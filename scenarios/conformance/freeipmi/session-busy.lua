-- A BMC whose session slots are all taken says so, and FreeIPMI calls it busy.
-- IPMI v2.0, 13.24 status 01h, 22.17 completion code 81h.
tags("client", "session")

test("all sessions are taken", function()
  local mc = bmc "server-1u"
  local consoles, ok = {}, true
  repeat
    consoles[#consoles + 1] = mc:console()
    ok = consoles[#consoles]:try_open()
  until not ok or #consoles > 64
  for _, how in ipairs { { suite = 3 }, { suite = 17 }, { lan15 = "md5" } } do
    local r = mc:freeipmi("bmc-info", "--get-device-id", how)
    expect_eq(r.status, 1)
    r:says("BMC busy")
  end
  consoles[1]:close()
  mc:freeipmi("bmc-info", "--get-device-id"):ok()
end)
