-- An answer that comes after its request was given up is nobody's: it is dropped, and does not
-- answer another request. IPMI v2.0, 6.13.
tags "bus"

test("an answer after 1.2 s is dropped, and the next request gets its own", function()
  local chassis = bmc("bench.emu").chassis
  local node, n = chassis:controller(0x10), 0
  chassis:controller(0x30, { otherwise = function()
    n = n + 1
    if n == 1 then return later("1200ms", 0, 1) end
    return 0, n
  end })
  expect_eq(node:ask(0x30, 0x30, 0x01).ended, "timed out")
  expect_near(now(), 1.0026, 1e-6, "four sendings, 250 ms each")
  local reply = expect_cc(node:ask(0x30, 0x30, 0x01))
  expect_eq(reply[1], 2)
  sleep(1)
  local late = trace:expect { link = "ipmb", from = 0x30, answer = true, after = 1.2 }
  expect_eq({ late.fate, late.data }, { "ignored", "\1" })
end)
