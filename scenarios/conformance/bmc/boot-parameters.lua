-- Boot options are read with their number and version, and unknown ones
-- refused with 80h. IPMI v2.0, 28.13, table 28-14.
tags "boot"

local function get(session, number, set)
  return session:cmd(0x00, 0x09, { number, set or 0, 0 })
end

local sizes = { [0] = 1, [3] = 1, [4] = 2, [5] = 5 }

test("the standard parameters have version, number and all their octets", function()
  local session = target():connect()
  for number, size in pairs(sizes) do
    local reply = get(session, number)
    if reply.cc ~= 0x80 then
      expect_cc(reply)
      expect_eq(reply[1] & 0x0f, 1, "the version")
      expect_eq(reply[2] & 0x7f, number, "the number")
      expect_eq(#reply - 2, size, "the octets of parameter " .. number)
    end
  end
  expect_cc(get(session, 5), 0x00, "the boot flags are there")
end)

test("a parameter that is none is refused with 80h", function()
  local session = target():connect()
  for _, number in ipairs { 0x08, 0x20, 0x5f } do
    expect_cc(get(session, number), 0x80, "reading parameter " .. number)
    expect_cc(session:cmd(0x00, 0x08, { number, 0 }), 0x80, "setting parameter " .. number)
  end
end)
