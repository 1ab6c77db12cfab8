-- A second console that wants the port is told that it is taken; when the first
-- one's session ends, in whatever way, the port is free. (sol-steal, sol-60s-drop)
-- IPMI v2.0, 24.1.
tags "sol"

test("80h while another has it, and then it is free", function()
  local b = bmc "server-1u"
  local first, second = b:connect(), b:connect()
  local sol = first:sol()
  expect_eq(second:try_sol():info().cc, 0x80)
  sol:close()
  sleep(0.1)
  expect_eq(second:try_sol():state(), "active")
end)

test("who only loses the answer to Activate Payload has it all the same", function()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "lose", direction = "from bmc", cmd = 0x48, times = 2 }
  local sol = b:connect { timeout = "200ms" }:sol()
  sol:type("\r")
  sol:expect("login: ")
end)

test("the port of a session that went silent is free after a minute", function()
  local b = bmc "server-1u"
  local first, second = b:connect(), b:connect()
  first:sol()
  b:fault { on = "lan", effect = "lose", payload = "sol" }
  for _ = 1, 4 do
    sleep(16)
    expect_cc(second:cmd(6, 1))
  end
  expect_eq(second:try_sol():state(), "active")
end)
