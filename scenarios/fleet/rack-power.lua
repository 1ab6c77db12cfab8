-- A rack is switched by one ipmipower with a host range, and each server does what it was told.
tags("fleet", "client", "power")
need "ipmipower"

local function ipmipower(hosts, what)
  return run { "ipmipower", "-D", "LAN_2_0", "-h", hosts, "-u", "ADMIN", "-p", "ADMIN", what,
               "--retransmission-timeout=400", "--session-timeout=2500" }
end

local function count(result, pattern)
  return select(2, result.output:gsub(pattern, "%0"))
end

test("twenty servers go off and on, as a range and in part", function()
  local rack = fleet("server-1u", 20)
  local range = rack:range()
  expect_eq(count(ipmipower(range, "--stat"):ok(), ": on\n"), 20)
  expect_eq(count(ipmipower(range, "--off"):ok(), ": ok\n"), 20)
  for n, b in ipairs(rack) do
    b.chassis.host:wait("off", 5)
    expect(not b:chassis_status().power, ("number %d is off"):format(n))
  end
  -- The lower half of the rack alone.
  local half = range:gsub("%[1%-20%]", "[1-10]")
  expect_eq(count(ipmipower(half, "--on"):ok(), ": ok\n"), 10)
  rack[10].chassis.host:wait("on", 5)
  local stat = ipmipower(range, "--stat"):ok()
  expect_eq({ count(stat, ": on\n"), count(stat, ": off\n") }, { 10, 10 })
end)

test("one that is missing is named, and the others do as they are told", function()
  local rack = fleet("server-1u", 12)
  local range = rack:range()
  rack[5]:pull_out()
  local result = ipmipower(range, "--off"):fails("%.5: connection timeout")
  expect_eq(count(result, ": ok\n"), 11)
  for n, b in ipairs(rack) do
    if n ~= 5 then b.chassis.host:wait("off", 5) end
    expect_eq(b.chassis.host:is_on(), n == 5)
  end
end)
