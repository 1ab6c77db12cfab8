-- ipmipower asks many BMCs at once, and tells one from the other: by lists, by
-- ranges of addresses, one line for each or those together that say the same.
tags("client", "ipmipower")

-- BMCs side by side at one port, each with an address of its own: FreeIPMI's
-- ranges are of names.
local function row(count)
  local mcs, net, port = {}, nil, 9700
  for i = 1, count do mcs[i] = bmc "server-1u" end
  for n = 1, 200 do
    net = ("127.62.%d."):format(10 + n)
    if pcall(mcs[1].listen, mcs[1], { host = net .. "1", port = port }) then break end
  end
  for i = 2, count do mcs[i]:listen { host = net .. i, port = port } end
  return mcs, net, port
end

local function power(net, range, port, ...)
  return run { "ipmipower", "-D", "LAN_2_0", "-h", ("%s%s:%d"):format(net, range, port),
               "-u", "ADMIN", "-p", "ADMIN", "--session-timeout=900", "--retransmission-timeout=200", ... }
end

test("sixteen are switched off, and two are on", function()
  local mcs, net, port = row(16)
  local r = power(net, "[1-16]", port, "--off"):ok()
  expect_eq(#r:lines(), 16)
  for _, line in ipairs(r:lines()) do expect_match(line, "^127%.62%.%d+%.%d+: ok$") end
  for _, mc in ipairs(mcs) do mc.chassis.host:wait("off") end
  power(net, "[3,7]", port, "--on", "--wait-until-on"):ok()
  for i, mc in ipairs(mcs) do expect_eq(mc.chassis.host:is_on(), i == 3 or i == 7) end
  r = power(net, "[1-16]", port, "--stat"):ok()
  r:says("^" .. plain(net) .. "3: on$")
  r:says("^" .. plain(net) .. "4: off$")
end)

test("those that say the same are told together", function()
  local mcs, net, port = row(4)
  mcs[2].chassis.host:power("off")
  mcs[2].chassis.host:wait("off")
  local text = power(net, "[1-4]", port, "--stat", "--consolidate-output"):ok().stdout
  expect_match(text, plain(net) .. "%[1,3%-4%]\n%-+\n on\n")
  expect_match(text, plain(net) .. "2\n%-+\n off\n")
end)

test("one that is not there does not hinder the others", function()
  local _, net, port = row(2)
  local r = power(net, "[1-3]", port, "--stat")
  expect_eq(r.status, 1)
  expect_eq(#r:lines(), 3)
  r:says("^" .. plain(net) .. "2: on$")
  r:says("^" .. plain(net) .. "3: connection timeout$")
end)
