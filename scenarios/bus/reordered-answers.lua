-- Answers may come in another order than the requests went out: each is known by its number, and goes to
-- who asked. IPMB v1.0, sequence numbers.
tags("bus", "loss")

test("a slow answer is overtaken by a quick one", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:controller(0x30, {
    ["30 01"] = function() return later("100ms", 0, "slow") end,
    ["30 02"] = function() return 0, "quick" end,
  })
  local came = {}
  for cmd = 1, 2 do
    spawn(function()
      local reply = node:ask(0x30, 0x30, cmd)
      came[#came + 1] = reply.data
    end)
  end
  wait_until(function() return #came == 2 end)
  expect_eq(came, { "quick", "slow" })
end)

test("the bus holds an answer back, and the next one overtakes it", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  chassis:controller(0x30, { otherwise = function(request) return 0, request.cmd end })
  chassis:bus():fault { effect = "delay", from = 0x30, times = 1, span = "100ms" }
  local came = {}
  for cmd = 1, 2 do
    spawn(function()
      local reply = expect_cc(node:ask(0x30, 0x30, cmd))
      expect_eq(reply[1], cmd, "the answer is that of its request")
      came[#came + 1] = cmd
    end)
  end
  wait_until(function() return #came == 2 end)
  expect_eq(came, { 2, 1 })
end)
