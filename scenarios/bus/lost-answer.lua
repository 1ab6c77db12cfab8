-- A lost answer costs a time-out, but nothing is done twice: the request comes again and the kept
-- answer goes out. IPMB v1.0, message retries.
tags("bus", "loss", "duplicates")

test("an answer is lost, and what was asked is done once", function()
  local chassis = bmc("bench.emu").chassis
  local node, done = chassis:controller(0x10), 0
  chassis:controller(0x30, { ["30 01"] = function() done = done + 1; return 0, done end })
  chassis:bus():fault { effect = "lose", from = 0x30, times = 2 }
  local reply = expect_cc(node:ask(0x30, 0x30, 0x01))
  expect_eq({ reply[1], done }, { 1, 1 })
  expect_eq(#trace:frames { link = "ipmb", to = 0x30 }, 3, "two time-outs")
  expect_eq(node:ask(0x30, 0x30, 0x01)[1], 2, "the next is another request")
end)

test("with a share of all frames lost every request is carried out exactly once", function()
  local chassis = bmc("bench.emu").chassis
  local node, done = chassis:controller(0x10), 0
  chassis:controller(0x30, { ["30 01"] = function() done = done + 1; return 0, done & 0xff end })
  chassis:bus():fault { effect = "lose", probability = "20%" }
  for i = 1, 100 do
    local reply = node:ask(0x30, 0x30, 0x01)
    if reply.ended == "answered" then expect_eq(reply[1], done, "request " .. i) end
    expect(done <= i, "none was carried out twice")
  end
  expect(done > 95, ("%d of 100 were carried out"):format(done))
end)
