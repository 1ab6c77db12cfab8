-- The machine is reset, switched off, or its BMC is, under an open console: the
-- console is told what it can be told, and gets a working port again.
-- (sol-host-reset, transfer-unavailable) IPMI v2.0, 15.9.
tags "sol"

test("the machine is reset: the same console sees it boot", function()
  local b = bmc "server-1u"
  local sol = b:connect():sol()
  sol:type("\r")
  sleep(1)
  sol:read()
  b.chassis.host:power "reset"
  sol:expect("login: ", 200)
end)

test("the machine is switched off and on", function()
  local b = bmc "server-1u"
  local sol = b:connect():sol()
  b.chassis.host:power "off"
  b.chassis.host:wait("off", 60)
  sleep(1)
  sol:read()
  expect_eq(sol:info().status & 0x20, 0x20, "nobody listens: transfer unavailable")
  b.chassis.host:power "on"
  sol:expect("login: ", 300)
  expect_eq(sol:info().status & 0x20, 0)
end)

test("the BMC is reset: the console is lost, and a new one works", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "500ms" }
  local sol = c:sol()
  b:reset "cold"
  expect_error(function() sol:type("\r", 30) end)
  sleep(5)
  c:open()
  sol = c:sol()
  sol:type("\r")
  sol:expect "login: "
end)
