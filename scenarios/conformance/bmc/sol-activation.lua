-- Serial over LAN is activated once, and deactivated; between that its state
-- can be asked for. IPMI v2.0, 24.1, 24.2, 24.4, 24.5.
tags "sol"
only_lab()

local ACTIVATE, DEACTIVATE, STATUS, INSTANCE = 0x48, 0x49, 0x4a, 0x4b
local how = { 1, 1, 0xc0, 0, 0, 0 }             -- SOL, instance 1, encrypted, authenticated

test("one session has it, another learns that it is taken: 80h", function()
  local bmc = target()
  local one, other = bmc:wire():session(), bmc:wire():session()
  expect_eq(expect_cc(one:cmd(0x06, STATUS, { 1 })):le(2, 2), 0, "no instance is active")

  local reply = expect_cc(one:cmd(0x06, ACTIVATE, how))
  expect_eq(#reply, 12, "the answer has 12 octets")
  expect(reply:le(5, 2) >= 1 and reply:le(7, 2) >= 1, "packets have room for characters")
  expect_eq(one:cmd(0x06, STATUS, { 1 }):le(2, 2), 1, "instance 1 is active")
  expect_eq(one:cmd(0x06, INSTANCE, { 1, 1 }):le(1, 4), one.id, "it is this session's")
  expect_cc(other:cmd(0x06, ACTIVATE, how), 0x80, "the other session is refused")

  expect_cc(one:cmd(0x06, DEACTIVATE, { 1, 1, 0, 0, 0, 0 }))
  expect_eq(one:cmd(0x06, STATUS, { 1 }):le(2, 2), 0, "no instance is active")
  expect_cc(one:cmd(0x06, DEACTIVATE, { 1, 1, 0, 0, 0, 0 }), 0x80, "it is inactive already")
end)

test("with its session Serial over LAN ends", function()
  local bmc = target()
  local one, other = bmc:wire():session(), bmc:wire():session()
  expect_cc(one:cmd(0x06, ACTIVATE, how))
  one:close()
  expect_eq(other:cmd(0x06, STATUS, { 1 }):le(2, 2), 0, "no instance is active")
  expect_cc(other:cmd(0x06, ACTIVATE, how), 0x00, "another session can have it")
end)
