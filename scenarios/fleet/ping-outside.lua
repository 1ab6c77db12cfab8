-- FreeIPMI's rmcp-ping and ipmi-ping find those of fifty BMCs that are there, at fifty addresses.
tags("fleet", "client", "discovery")
need("rmcp-ping", "ipmi-ping")

-- Ping each host once, ten at a time; the hosts that answered.
local function ping(program, network, count)
  local found = {}
  for first = 1, count, 10 do
    local runs = {}
    for n = first, first + 9 do
      runs[n] = start { program, "-c", "1", "-t", "2", ("%s.%d"):format(network, n) }
    end
    for n = first, first + 9 do
      if runs[n]:wait().status == 0 then found[#found + 1] = n end
    end
  end
  return found
end

test("of fifty addresses all but two answer", function()
  local room = fleet("server-1u", 50)
  local network = room:range():match("^(.-)%.%[")
  room[13]:pull_out()
  room[14]:pull_out()
  local expected = {}
  for n = 1, 50 do
    if n ~= 13 and n ~= 14 then expected[#expected + 1] = n end
  end
  expect_eq(ping("rmcp-ping", network, 50), expected)
  expect_eq(ping("ipmi-ping", network, 50), expected)
  expect_eq(room[1]:lan():stats().sessions, 0, "none of it needs a session")
end)
