-- Suite 0 asks for no password: it is refused, unless the BMC is told to offer it.
-- IPMI v2.0, 13.28.1.
tags("client", "session")

local open_to_all = { name = "open", emu = [[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 2 0x14 0xbf 32473 0x0101
mc_enable 0x20
]], conf = [[
name "open"
set_working_mc 0x20
startlan 1
  addr 127.0.0.1 9001
  priv_limit admin
  cipher_suite_0 true
endlan
user 2 true "ADMIN" "ADMIN" admin 10
]] }

test("refused, as no suite that there is", function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc info", { suite = 0, args = { "-N", "1", "-R", "1" } })
    :fails "no matching cipher suite"
  expect_eq(trace:expect { payload = "open session response" }.data:byte(2), 0x11)
end)

test("offered, it lets anybody in", function()
  local mc = bmc(open_to_all)
  mc:ipmitool("mc info", { suite = 0, password = "any" }):ok()
  mc:ipmitool("channel getciphers ipmi 1"):ok():says "^0 +N/A +none +none +none"
end)
