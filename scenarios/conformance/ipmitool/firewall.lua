-- "firewall" shows what commands there are, and switches them off and on for a
-- channel. IPMI v2.0, 21.
tags("client", "firewall")

local poh = "channel 0xe lun 0 netfn 0 command 0x0f"

test("a command that is off is refused on that channel alone, till it is on", function()
  local mc = bmc "server-1u"
  mc:ipmitool("firewall info " .. poh):ok():says "Command 0x0f: +| X | X | X |"
  mc:ipmitool("firewall disable " .. poh):ok()
  mc:ipmitool("firewall info " .. poh):ok():says "Command 0x0f: +| X | X |   |"
  mc:ipmitool("chassis poh"):fails "Insufficient privilege level"
  expect_cc(mc:cmd(0x00, 0x0f), 0x00, "the host may")
  mc:ipmitool("firewall enable " .. poh):ok()
  mc:ipmitool("chassis poh"):ok()
end)

test("a sub-function", function()
  local mc = bmc "server-1u"
  local reset = "channel 0xe lun 0 netfn 0 command 2 subfn 3"
  mc:ipmitool("firewall disable " .. reset):ok()
  mc:ipmitool("power reset"):fails "Cannot execute command, command disabled"
  trace:expect { "Chassis Control", cc = 0xd6, link = "clear" }
  mc:ipmitool("power on"):ok()
  mc:ipmitool("firewall enable " .. reset):ok()
  mc:ipmitool("power reset"):ok()
end)

test("what cannot be switched off is not", function()
  local mc = bmc "server-1u"
  mc:ipmitool("firewall info channel 0xe lun 0 netfn 6 command 1"):ok()
    :says "Command 0x01: +| X |   | X |"
  mc:ipmitool("firewall disable channel 0xe lun 0 netfn 6 command 1")
  mc:ipmitool("mc info"):ok()
end)
