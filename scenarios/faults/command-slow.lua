-- A BMC that takes one to five seconds for everything: a console whose timer allows
-- for it sends each request once, one whose timer does not gets its answers all the
-- same. (slow-bmc)
tags "command"

for _, seconds in ipairs { 1, 3, 5 } do
  for _, timer in ipairs { 2, 7 } do
    test(("answers after %d s, a timer of %d s"):format(seconds, timer), function()
      local b = bmc "server-1u"
      b:fault { on = "lan", effect = "delay", direction = "from bmc", span = seconds }
      local c = b:connect { timeout = timer, retries = 5 }
      local before = b:sel_info().entries
      for i = 1, 3 do c:sel_add(packet.sel_event { sensor = i }) end
      expect_eq(b:sel_info().entries, before + 3)
      if timer > seconds then expect_eq({ c:info().retries, c:info().repeats }, { 0, 0 }) end
      expect_eq(c:info().violations, 0)
    end)
  end
end
