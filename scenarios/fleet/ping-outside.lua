-- FreeIPMI's rmcp-ping and ipmi-ping find those of fifty BMCs that are there, at fifty addresses.
tags("fleet", "client", "discovery")
need("rmcp-ping", "ipmi-ping")

-- Ping each host once; the hosts that answered.
local function ping(program, network, count)
  local runs, found = {}, {}
  for n = 1, count do
    runs[n] = start { program, "-c", "1", "-t", "1", ("%s.%d"):format(network, n), timeout = 20 }
  end
  for n = 1, count do
    if runs[n]:wait().status == 0 then found[#found + 1] = n end
  end
  return found
end

test("of fifty addresses all but two answer", function()
  local room = fleet("server-1u", 50)
  local network = room:range():match("^(.-)%.%[")
  room[13]:pull_out()
  room[44]:pull_out()
  local expected = {}
  for n = 1, 50 do
    if n ~= 13 and n ~= 44 then expected[#expected + 1] = n end
  end
  expect_eq(ping("rmcp-ping", network, 50), expected)
  expect_eq(ping("ipmi-ping", network, 50), expected)
  expect_eq(room[1]:lan():stats().sessions, 0, "none of it needs a session")
end)
