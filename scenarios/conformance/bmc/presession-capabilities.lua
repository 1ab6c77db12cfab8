-- Anyone may ask which kinds of log-in there are. IPMI v2.0, 22.13.
tags "presession"

test("Get Channel Authentication Capabilities is answered without a session", function()
  local wire = target():wire()
  local old = expect_cc(wire:cmd(0x06, 0x38, { 0x0e, 0x04 }))
  expect_eq(#old, 8, "the answer has 8 octets")
  expect_ne(old[1], 0x0e, "the channel is named by its own number")
  expect_eq(old[2] & 0x80, 0, "asked as of IPMI 1.5, no extended capabilities are said")

  local new = expect_cc(wire:cmd(0x06, 0x38, { 0x8e, 0x04 }))
  expect_eq(#new, 8, "the answer has 8 octets")
  expect_eq(new[1], old[1], "the channel is the same")
  expect_eq(new[2] & 0x80, 0x80, "asked as of IPMI 2.0, extended capabilities are said")
  expect_eq(new[4] & 0x02, 0x02, "RMCP+ is supported")
  expect_eq(new[2] & 0x3f, old[2] & 0x3f, "the authentication types are the same")
end)

test("it is answered in the RMCP+ wrapper outside a session as well", function()
  local wire = target():wire()
  left_open("it is sent in the wrapper of IPMI 1.5, and may be awaited in no other", function()
    local reply = expect_cc(wire:cmd(0x06, 0x38, { 0x8e, 0x04 }, { format = "2.0" }))
    expect_eq(#reply, 8, "the answer has 8 octets")
  end)
end)

test("it is answered within a session too", function()
  local wire = target():wire()
  local outside = expect_cc(wire:cmd(0x06, 0x38, { 0x8e, 0x04 }))
  local inside = expect_cc(wire:session():cmd(0x06, 0x38, { 0x8e, 0x04 }))
  expect_eq(inside.data, outside.data, "the answer is the same")
end)
