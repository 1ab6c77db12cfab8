-- LAN parameters are read with their revision and all their octets.
-- IPMI v2.0, 23.2, table 23-4.
tags "lan-parameters"

local sizes = { [0] = 1, [1] = 1, [2] = 5, [3] = 4, [4] = 1, [5] = 6, [6] = 4, [7] = 3,
                [8] = 2, [9] = 2, [10] = 1, [11] = 1, [12] = 4, [13] = 6, [14] = 4, [15] = 6,
                [16] = 18, [17] = 1, [20] = 2, [21] = 1, [22] = 1, [24] = 9 }
local mandatory = { 0, 1, 2, 3, 4, 5, 6, 12 }

local function get(session, number, set)
  return session:cmd(0x0c, 0x02, { 0x0e, number, set or 0, 0 })
end

test("each parameter has revision 11h and as many octets as it should", function()
  local session = target():connect()
  for number, size in pairs(sizes) do
    local reply = get(session, number)
    if reply.cc ~= 0x80 then
      expect_eq(expect_cc(reply, 0x00, "parameter " .. number)[1], 0x11, "the revision")
      expect_eq(#reply - 1, size, "the octets of parameter " .. number)
    end
  end
  for _, number in ipairs(mandatory) do
    expect_cc(get(session, number), 0x00, ("parameter %d is there"):format(number))
  end
end)

test("asked for the revision alone, no data follow", function()
  local reply = target():connect():cmd(0x0c, 0x02, { 0x8e, 3, 0, 0 })
  expect_eq(expect_cc(reply).data, "\x11")
end)

test("a parameter that is none is refused with 80h", function()
  local session = target():connect()
  for _, number in ipairs { 30, 49, 100 } do
    expect_cc(get(session, number), 0x80, "parameter " .. number)
  end
end)

test("a channel that is no LAN has no LAN parameters", function()
  local session = target():connect()
  expect_refused(session:cmd(0x0c, 0x02, { 0x00, 3, 0, 0 }), "channel 0")
  expect_refused(session:cmd(0x0c, 0x02, { 0x0c, 3, 0, 0 }), "channel 0Ch")
end)
