-- An inventory can be read in any pieces, up to its end. IPMI v2.0, 34.1, 34.2.
tags "fru"

local function read(session, offset, count)
  return session:cmd(0x0a, 0x11, string.pack("<BI2B", 0, offset, count))
end

test("pieces of any size make the same inventory", function()
  local session = target():connect()
  local whole = session:fru()
  for _, size in ipairs { 1, 3, 8, 20 } do
    for offset = 0, math.min(#whole, 120) - size, size do
      local reply = expect_cc(read(session, offset, size))
      expect_eq(reply[1], size, "the count is that of the octets")
      expect_eq(reply.data:sub(2), whole:sub(offset + 1, offset + size))
    end
  end
end)

test("what is beyond the end is refused", function()
  local session = target():connect()
  local size = expect_cc(session:cmd(0x0a, 0x10, { 0 })):le(1, 2)
  expect_refused(read(session, size, 1), "at the end")
  expect_refused(read(session, 0xffff, 1), "at FFFFh")
end)

test("at the end there is no more than there is", function()
  local session = target():connect()
  local size = expect_cc(session:cmd(0x0a, 0x10, { 0 })):le(1, 2)
  local reply = read(session, size - 4, 16)
  if reply.cc == 0 then
    expect_eq(reply[1], 4, "four octets are left")
    expect_eq(#reply, 5, "and four are returned")
  else
    expect_cc_of(reply, { 0xc9, 0xca, 0xc7, 0xc8 })
  end
end)
