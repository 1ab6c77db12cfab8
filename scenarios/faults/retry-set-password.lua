-- A user is made although every second answer is lost: each write is carried out
-- once, and the user can log in. IPMI v2.0, 22.26 to 22.30.
tags "retry"

test("a user that was made under loss can log in", function()
  local b = bmc "server-1u"
  local writes = {}
  b:on("command", { what = "asked", channel = 1 }, function(e)
    local key = ("%02X %02X"):format(e.netfn, e.cmd)
    writes[key] = (writes[key] or 0) + 1
  end)
  local c = b:connect { timeout = "100ms" }
  local fault = b:fault { on = "lan", effect = "lose", direction = "from bmc", every = 2 }
  c:set_user(9, "nightshift", "correct horse")
  fault:disarm()
  expect_eq({ writes["06 45"], writes["06 43"], writes["06 47"] }, { 1, 1, 2 },
            "each write was carried out once")
  b:connect { user = "nightshift", password = "correct horse" }
end)
