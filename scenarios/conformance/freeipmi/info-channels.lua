-- bmc-info lists the channels that a BMC has. It asks for each number, and goes
-- by the number that comes back. IPMI v2.0, 22.24.
tags("client", "bmc-info")

test("the LAN, the IPMB and the serial port are shown as they are", function()
  local r = bmc "server-1u":freeipmi("bmc-info", "--get-channel-info"):ok()
  r:says("Channel Number +: 0\nMedium Type +: IPMB %(I2C%)\nProtocol Type +: IPMB%-1%.0\n")
  r:says("Channel Number +: 1\nMedium Type +: 802%.3 LAN\nProtocol Type +: IPMB%-1%.0\n"
    .. "Active Session Count : 1\nSession Support +: multi%-session\n")
  r:says("Channel Number +: 4\nMedium Type +: Asynch%. Serial/Modem %(RS%-232%)\n"
    .. "Protocol Type +: TMODE\nActive Session Count : 0\nSession Support +: single%-session\n")
end)

-- bmc-info 1.6.10 then shows some that are none, out of memory that it has not
-- set: what the BMC answered tells which there are.
test("the BMC says of the others that they are none", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-info", "--get-channel-info"):ok()
  for n = 0, 7 do
    local cc = (n <= 1 or n == 4) and 0x00 or 0xcc
    trace:expect { "Get Channel Info", answer = true, cc = cc }
    expect_cc(mc:cmd(0x06, 0x42, { n }), cc, ("channel %d"):format(n))
  end
end)
