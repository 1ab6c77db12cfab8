-- The management controller's identifier is text with a 0 at its end.
-- DCMI v1.5, 6.4.6.
tags "dcmi"

test("the identifier is read in pieces up to its 0", function()
  local session = target():connect()
  local text, length = "", nil
  repeat
    local reply = session:cmd(0x2c, 0x09, { 0xdc, #text, 16 })
    expect_cc(optional(reply, "DCMI"))
    length = reply[2]
    text = text .. reply.data:sub(3)
  until #reply < 18 or #text >= length
  expect(length <= 64, "it has up to 64 octets")
  expect(#text >= length, "all of it can be read")
end)
