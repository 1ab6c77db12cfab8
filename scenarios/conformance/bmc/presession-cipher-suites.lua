-- Cipher suites can be listed before a session, 16 octets at a time; a shorter
-- piece is the last. IPMI v2.0, 22.15.
tags "presession"

local function list_of(wire, kind)
  local list, index = "", 0
  repeat
    local reply = expect_cc(wire:cmd(0x06, 0x54, { 0x0e, 0x00, kind | index }))
    expect(#reply >= 1 and #reply <= 17, "a piece has up to 16 octets behind the channel")
    list, index = list .. reply.data:sub(2), index + 1
  until #reply < 17 or index == 0x40
  return list
end

test("the list by suite consists of whole records", function()
  local list, at, found = list_of(target():wire(), 0x80), 1, 0
  while at <= #list do
    local start = list:byte(at)
    expect(start == 0xc0 or start == 0xc1, "a record begins with C0h or C1h")
    at = at + (start == 0xc0 and 2 or 5)
    local kinds = {}
    while at <= #list and list:byte(at) < 0xc0 do
      kinds[list:byte(at) >> 6] = true
      at = at + 1
    end
    expect(kinds[0], "a record names its authentication algorithm")
    found = found + 1
  end
  expect(found >= 1, "there is a suite")
end)

test("behind the end of the list there is nothing", function()
  local reply = expect_cc(target():wire():cmd(0x06, 0x54, { 0x0e, 0x00, 0x80 | 0x3f }))
  expect_eq(#reply, 1, "the answer is the channel alone")
end)

test("the list by algorithm has only algorithms of the list by suite", function()
  local wire = target():wire()
  local suites, algorithms = list_of(wire, 0x80), list_of(wire, 0x00)
  expect(#algorithms >= 1, "there are algorithms")
  for i = 1, #algorithms do
    expect(algorithms:byte(i) < 0xc0,
           "an algorithm's tag is that of one of the three kinds")
    expect(suites:find(algorithms:sub(i, i), 1, true), "a suite has the algorithm")
  end
end)
