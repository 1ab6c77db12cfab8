-- A console that is cut off for so long that the BMC's retries are used up loses
-- characters: the next packet says so, and what comes after is whole.
-- (sol-loss, overflow) IPMI v2.0, 15.9, table 15-3.
tags "sol"

test("the overrun flag comes with the first packet after the gap", function()
  local b = bmc "server-1u"
  local c = b:connect { retries = 20 }
  local sol = c:sol()
  sol:type("\r")
  sleep(1)
  sol:read()
  b:fault { on = "lan", effect = "lose", direction = "from bmc", payload = "sol", lasting = 8 }
  local mark = trace:mark()
  b.chassis.host:power "reset"
  sol:expect("login: ", 300)
  local flagged = 0
  for _, frame in ipairs(trace:frames { link = "clear", payload = "sol", direction = "from bmc",
                                        since = mark }) do
    if #frame.data >= 4 and frame.data:byte(4) & 0x08 ~= 0 then flagged = flagged + 1 end
  end
  expect(flagged > 0, "the BMC tells that it dropped characters")
  sol:type("root\r")
  sol:expect "Password: "
end)
