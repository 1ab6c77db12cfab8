-- System information is read with its revision; what is none is refused with
-- 80h. IPMI v2.0, 22.14b.
tags "system-info"

local function get(session, parameter, set)
  return optional(session:cmd(0x06, 0x59, { 0x00, parameter, set or 0, 0 }),
                  "Get System Info Parameters")
end

test("set in progress is 0, and has a revision", function()
  expect_eq(expect_cc(get(target():connect(), 0)).data, "\x11\x00")
end)

test("a parameter that is none is refused with 80h", function()
  expect_cc(get(target():connect(), 0x30), 0x80)
end)

test("a system name is kept in blocks of 16 octets", { writes = true }, function()
  local session = target():connect()
  get(session, 0)
  local first = "\x02\x00\x00\x06" .. "host-7" .. ("\0"):rep(8)
  local reply = session:cmd(0x06, 0x58, first)
  if reply.cc == 0x80 then skip "this BMC keeps no system name" end
  expect_cc(reply)
  expect_eq(expect_cc(get(session, 2)).data:sub(2, 10), "\x00\x00\x06host-7")
end)
