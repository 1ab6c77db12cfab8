-- A BMC that filters events says how many filters it has. IPMI v2.0, 30.1, 30.4.
tags "pef"

local function parameter(session, number)
  return session:cmd(0x04, 0x13, { number, 0, 0 })
end

test("the number of filters is the same by command and by parameter", function()
  local session = target():connect()
  local reply = expect_cc(optional(session:cmd(0x04, 0x10), "Get PEF Capabilities"))
  expect_eq(#reply, 3, "the answer has 3 octets")
  expect(reply[1] == 0x51 or reply[1] == 0x02, "the version is that of IPMI 1.5 or 2.0")
  expect_eq(parameter(session, 5)[2] & 0x7f, reply[3] & 0x7f, "parameter 5")
end)

test("each filter and each policy can be read", function()
  local session = target():connect()
  optional(session:cmd(0x04, 0x10), "Get PEF Capabilities")
  for table_, size in pairs { [6] = 21, [9] = 4 } do
    for entry = 1, parameter(session, table_ - 1)[2] & 0x7f do
      local reply = expect_cc(session:cmd(0x04, 0x13, { table_, entry, 0 }))
      expect_eq(#reply - 1, size, ("parameter %d, entry %d"):format(table_, entry))
      expect_eq(reply[2] & 0x7f, entry, "the entry's number comes first")
    end
  end
end)

test("an entry that is none is refused", function()
  local session = target():connect()
  optional(session:cmd(0x04, 0x10), "Get PEF Capabilities")
  local count = parameter(session, 5)[2] & 0x7f
  expect_refused(session:cmd(0x04, 0x13, { 6, 0, 0 }), "filter 0")
  if count < 0x7f then expect_refused(session:cmd(0x04, 0x13, { 6, count + 1, 0 }), "one more") end
end)
