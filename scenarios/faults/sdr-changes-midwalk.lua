-- The repository changes in the midst of a walk: the times of the last addition and
-- erasure tell, a reservation from before an erasure is refused, and a second walk
-- has what there is now. (sdr-update-midwalk) IPMI v2.0, 33.9, 33.11.
tags "sdr"

local function info(c)
  local r = expect_cc(c:cmd(0x0a, 0x20))
  return { count = r:le(2, 2), added = r:le(6, 4), erased = r:le(10, 4) }
end

local function begun()
  local b = bmc "server-1u"
  local c = b:connect()
  sleep(2)
  local before = info(c)
  local reservation = expect_cc(c:cmd(0x0a, 0x22)).data
  expect_cc(c:cmd(0x0a, 0x23, reservation .. string.pack("<I2BB", 0, 0, 5)))
  return b, c, before, reservation
end

test("a record comes", function()
  local b, c, before = begun()
  local first = b:sdrs()[1]
  expect_cc(b:cmd(0x0a, 0x24, "\0\0" .. first:sub(3)), 0x00, "somebody adds a record")
  expect(info(c).added > before.added, "the time of the last addition tells")
  local list = c:sdrs()
  expect_eq(#list, before.count + 1, "a second walk has it")
  expect_eq(list[#list]:sub(3), first:sub(3))
end)

test("a record goes", function()
  local b, c, before, reservation = begun()
  local id = b:sdrs()[2]:sub(1, 2)
  expect_cc(b:cmd(0x0a, 0x26, expect_cc(b:cmd(0x0a, 0x22)).data .. id))
  expect_cc(c:cmd(0x0a, 0x23, reservation .. string.pack("<I2BB", 0, 5, 5)), 0xc5)
  expect(info(c).erased > before.erased, "the time of the last erasure tells")
  expect_eq(#c:sdrs(), before.count - 1)
end)
