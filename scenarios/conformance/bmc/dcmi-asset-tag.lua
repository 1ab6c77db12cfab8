-- The asset tag is read in pieces and written in pieces. DCMI v1.5, 6.4.2, 6.4.3.
tags "dcmi"

local function get(session, offset, count)
  return optional(session:cmd(0x2c, 0x06, { 0xdc, offset, count }), "DCMI")
end

test("the tag's length is said with each piece", function()
  local session = target():connect()
  local reply = expect_cc(get(session, 0, 16))
  expect(reply[2] <= 63, "a tag has up to 63 octets")
  expect(#reply <= 2 + 16, "no more is returned than was asked for")
  expect_refused(get(session, 0, 17), "17 octets at once")
  expect_refused(get(session, 64, 1), "an offset behind the end")
end)

test("a tag that is written is read back", { writes = true }, function()
  local session = target():connect()
  local before = expect_cc(get(session, 0, 16))
  expect_cc(session:cmd(0x2c, 0x08, "\xdc\x00\x0a" .. "shelf 7/12"))
  expect_eq(get(session, 0, 10).data:sub(3), "shelf 7/12")
  expect_eq(get(session, 0, 10)[2], 10, "its length")
  local old = before.data:sub(3)
  if #old == before[2] then
    session:cmd(0x2c, 0x08, string.pack("BBB", 0xdc, 0, #old) .. old)
  end
end)
