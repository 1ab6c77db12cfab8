-- Serial over LAN's parameters are read with their revision; unknown ones are
-- refused with 80h, read-only ones with 82h. IPMI v2.0, 26.2, 26.3.
tags "sol"

local sizes = { [0] = 1, [1] = 1, [2] = 1, [3] = 2, [4] = 2, [5] = 1, [6] = 1, [7] = 1, [8] = 2 }

local function get(session, number)
  return session:cmd(0x0c, 0x22, { 0x0e, number, 0, 0 })
end

test("the standard parameters are there with all their octets", function()
  local session = target():connect()
  optional(get(session, 1), "SOL configuration")
  for number, size in pairs(sizes) do
    local reply = get(session, number)
    if reply.cc ~= 0x80 then
      expect_eq(expect_cc(reply)[1], 0x11, "the revision")
      expect_eq(#reply - 1, size, "the octets of parameter " .. number)
    end
  end
end)

test("asked for the revision alone, no data follow", function()
  local session = target():connect()
  local reply = optional(session:cmd(0x0c, 0x22, { 0x8e, 1, 0, 0 }), "SOL configuration")
  expect_eq(expect_cc(reply).data, "\x11")
end)

test("a parameter that is none is refused with 80h", function()
  local session = target():connect()
  expect_cc(optional(get(session, 0x30), "SOL configuration"), 0x80)
end)

test("the payload channel cannot be written", { writes = true }, function()
  local session = target():connect()
  optional(get(session, 1), "SOL configuration")
  expect_cc_of(session:cmd(0x0c, 0x21, { 0x0e, 7, 1 }), { 0x80, 0x82 })
end)
