-- Who has handled the boot options says so for himself alone: a mask tells
-- which bits are meant. IPMI v2.0, 28.12, parameter 4.
tags "boot"
writes()

test("only masked bits of the acknowledgement change", function()
  local session = target():connect()
  local function get()
    local reply = expect_cc(session:cmd(0x00, 0x09, { 4, 0, 0 }))
    expect_eq(#reply, 4, "two octets and the parameter's two")
    return reply[4] & 0x1f
  end
  expect_cc(session:cmd(0x00, 0x08, { 4, 0x1f, 0x1f }))
  expect_eq(get(), 0x1f, "all are set")
  expect_cc(session:cmd(0x00, 0x08, { 4, 0x04, 0x00 }))
  expect_eq(get(), 0x1b, "one is cleared")
  expect_cc(session:cmd(0x00, 0x08, { 4, 0x00, 0x00 }))
  expect_eq(get(), 0x1b, "an empty mask changes nothing")
  expect_cc(session:cmd(0x00, 0x08, { 4, 0x1f, 0x00 }))
end)
