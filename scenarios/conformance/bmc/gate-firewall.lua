-- A command that was disabled is refused, whoever asks, until it is enabled
-- again. IPMI v2.0, 21.7, 21.8.
tags "gate"
writes()

-- Commands 00h to 7Fh of network function 0Ah at LUN 0 of the present channel.
local which = { 0x0e, 0x0a, 0x00 }
local GET_SEL_TIME = 0x48

-- Sixteen octets with the bit of a command cleared.
local function without(enables, cmd)
  local at = cmd // 8 + 1
  return enables:sub(1, at - 1) .. string.char(enables:byte(at) & ~(1 << cmd % 8)) ..
         enables:sub(at + 1)
end

test("a disabled command is refused with D4h", function()
  local bmc = target():connect()
  local reply = optional(bmc:cmd(0x06, 0x61, which), "Get Command Enables")
  local enables = expect_cc(reply, 0x00, "Get Command Enables").data
  local few = string.char(table.unpack(which)) .. without(enables, GET_SEL_TIME)
  expect_cc(bmc:cmd(0x06, 0x60, few), 0x00, "Set Command Enables")
  expect_cc(bmc:cmd(0x0a, GET_SEL_TIME), 0xd4, "Get SEL Time is disabled")
  expect_cc(bmc:cmd(0x0a, 0x40), 0x00, "Get SEL Info is not")
  expect_cc(bmc:cmd(0x06, 0x60, string.char(table.unpack(which)) .. enables))
  expect_cc(bmc:cmd(0x0a, GET_SEL_TIME), 0x00, "Get SEL Time is enabled again")
end)
