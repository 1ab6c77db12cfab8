-- The port is taken: a second client is told so, and gets it when it asks for it by
-- force; the first one is told that it lost it. (sol-steal)
tags("client", "sol")

test("ipmitool is told that another has it", function()
  local b = bmc "server-1u"
  local mine = b:connect():sol()
  b:ipmitool("sol activate", { pty = true, timeout = 5 }):fails "already active"
  expect_eq(mine:state(), "active")
end)

test("ipmitool deactivates it from elsewhere, and takes it", function()
  local b = bmc "server-1u"
  local mine = b:connect():sol()
  b:ipmitool("sol deactivate"):ok()
  wait_until(function() return mine:state() == "ended" end, 5, "the first one is told")
  local sol = b:ipmitool("sol activate", { start = true, pty = true })
  sol:expect(plain "[SOL Session operational")
end)
