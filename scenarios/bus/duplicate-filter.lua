-- A request that arrives twice is carried out once; the second gets the first one's answer. After
-- 5 s, or 32 other requests, its number may mean a new one. IPMB v1.0, message retries.
tags("bus", "duplicates")

-- Reserve Device SDR Repository: each time it is carried out, the number is another.
local function reserve(rq_seq)
  return packet.message { rs_addr = 0x72, rq_addr = 0x10, rq_seq = rq_seq, netfn = 0x04, cmd = 0x22 }
end

-- The reservation that 72h answers a frame with.
local function answer(node, frame)
  local mark = trace:mark()
  expect_eq(node:send(frame), "sent")
  return trace:expect({ link = "ipmb", from = 0x72, answer = true, since = mark, within = 0.1 }).data
end

local function begin()
  local chassis = bmc("twin").chassis
  return chassis:controller(0x10), chassis
end

test("the bus brings a request twice", function()
  local node, chassis = begin()
  local fault = chassis:bus():fault { effect = "duplicate", to = 0x72, times = 1 }
  local first = answer(node, reserve(1))
  sleep(0.1)
  expect_eq(fault:struck(), 1)
  local all = trace:frames { link = "ipmb", from = 0x72, answer = true }
  expect_eq({ #all, all[2] and all[2].data }, { 2, first }, "both get the same answer")
  expect_eq(chassis:mc(0x72):stats().port.duplicates, 1)
end)

test("a repeat gets the kept answer; another number is another request", function()
  local node = begin()
  local first = answer(node, reserve(1))
  expect_eq(answer(node, reserve(1)), first)
  expect_ne(answer(node, reserve(2)), first)
end)

test("after 5 s the same number is a new request", function()
  local node = begin()
  local first = answer(node, reserve(1))
  sleep(4.9)
  expect_eq(answer(node, reserve(1)), first, "after 4.9 s")
  sleep(0.2)
  expect_ne(answer(node, reserve(1)), first, "after 5.1 s")
end)

test("after 32 other requests the same number is a new request", function()
  local node = begin()
  local first = answer(node, reserve(1))
  for rq_seq = 2, 32 do answer(node, reserve(rq_seq)) end
  expect_eq(answer(node, reserve(1)), first, "31 others came between")
  for rq_seq = 33, 40 do answer(node, reserve(rq_seq)) end
  expect_ne(answer(node, reserve(1)), first)
end)
