-- Boot flags that are set are read back, and can be locked. IPMI v2.0, 28.12.
tags "boot"
writes()

local function flags(session) return expect_cc(session:cmd(0x00, 0x09, { 5, 0, 0 })) end

test("each boot device is read back as it was set", function()
  local session = target():connect()
  for device = 0, 6 do
    expect_cc(session:cmd(0x00, 0x08, { 0x05, 0x80, device << 2, 0, 0, 0 }))
    expect_eq(flags(session).data:sub(3), string.char(0x80, device << 2, 0, 0, 0))
  end
  expect_cc(session:cmd(0x00, 0x08, { 0x05, 0, 0, 0, 0, 0 }))
  expect_eq(flags(session)[3], 0, "they are not valid any more")
end)

test("a request of one octet marks a parameter valid or not, and changes nothing", function()
  local session = target():connect()
  expect_cc(session:cmd(0x00, 0x08, { 0x05, 0x80, 0x04, 0, 0, 0 }))
  local before = flags(session).data:sub(3)
  expect_cc(session:cmd(0x00, 0x08, { 0x85 }), 0x00, "marked invalid")
  expect_eq(flags(session)[2], 0x85, "it says so")
  expect_cc(session:cmd(0x00, 0x08, { 0x05 }), 0x00, "marked valid")
  expect_eq(flags(session)[2], 0x05, "it says so")
  expect_eq(flags(session).data:sub(3), before, "the data are as they were")
  expect_cc(session:cmd(0x00, 0x08, { 0x05, 0, 0, 0, 0, 0 }))
end)

test("boot flags that are too short are refused", function()
  local session = target():connect()
  local before = flags(session).data
  expect_refused(session:cmd(0x00, 0x08, { 0x05, 0x80, 0x04, 0, 0 }))
  expect_eq(flags(session).data, before, "nothing has changed")
end)
