-- "vita" shows and moves the modules of a chassis of VITA 46.11. VITA 46.11, 10.
tags("client", "vita")

local vpx = { name = "vpx", emu = [[
vita_enable
mc_setbmc 0x20
mc_add 0x20 0x50 no-device-sdrs 1 1 0 0xbf 32473 0x0501
mc_add 0x82 0x51 no-device-sdrs 1 1 0 0x29 32473 0x0502
atca_set_site 0x10 3 1
atca_set_site 0x41 0 1
mc_set_num_leds 0x82 4
sel_enable 0x20 100 0x0a
mc_enable 0x20
mc_enable 0x82
]] }

test("what it is, and where its modules sit", function()
  local mc = bmc(vpx)
  mc:ipmitool("vita properties"):ok():says "VSO Standard +: VITA 46%.11"
  mc:ipmitool("vita addrinfo"):ok():says "Site Type +: Dedicated Chassis Manager"
  mc:ipmitool("vita addrinfo", { bridge = 0x82 }):ok()
    :says "Site Type +: Front Loading VPX Plug%-In Module"
end)

test("a policy is kept", function()
  local mc = bmc(vpx)
  mc:ipmitool("vita policy set 0 15 10", { bridge = 0x82 }):ok()
  mc:ipmitool("vita policy get 0", { bridge = 0x82 }):ok()
    :says "Default%-Activation%-Locked Policy Bit is 1"
end)

test("a lamp is overridden", function()
  local mc = bmc(vpx)
  mc:ipmitool("vita led set 0 2 255 0 3", { bridge = 0x82 }):ok()
    :says "LED state has been updated"
  mc:ipmitool("vita led get 0 2", { bridge = 0x82 }):ok():says "OVERRIDE"
end)

test("a shelf of PICMG is none", function()
  bmc "shelf":ipmitool("vita properties"):fails "Invalid command"
end)
