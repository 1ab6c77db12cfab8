-- "lan stats" shows the packet counters, and clears them. IPMI v2.0, 23.4.
tags("client", "lan")

test("cleared, they begin anew", function()
  local mc = bmc "server-1u"
  mc:ipmitool("lan stats get 1"):ok()
  mc:ipmitool("lan stats clear 1"):ok()
  trace:expect { netfn = 0x0c, cmd = 0x04, cc = 0, link = "clear" }
  expect(expect_cc(mc:cmd(0x0c, 0x04, { 1, 0 })):le(1, 2) < 10)
end)

test("the counts are shown as the BMC gives them",
     { xfail = "ipmitool reads the counters with their octets swapped: 1 is "
     .. "shown as 256" },
     function()
  local mc = bmc "server-1u"
  mc:answer(0x0c, 0x04, { data = string.pack("<I2I2I2I2I2I2I2I2I2", 1, 2, 3, 4, 5, 6, 7, 8, 9) })
  local shown = mc:ipmitool("lan stats get 1"):ok():fields()
  expect_eq(trace:expect { netfn = 0x0c, cmd = 0x04, answer = true, link = "clear" }.cc, 0)
  expect_eq(shown["IP Rx Packet"], "1")
end)
