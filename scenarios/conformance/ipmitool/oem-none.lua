-- Manufacturers' commands at a BMC of somebody else: refused with C1h, and told so.
tags("client", "oem")

test("each ends with an error, and nothing has happened", function()
  local mc = bmc "server-1u"
  mc:ipmitool("delloem lcd info"):fails "lcd is not supported on this system"
  mc:ipmitool("nm discover"):fails "NM request failed because: Unknown %(0xC1%)"
  mc:ipmitool("sunoem version"):fails()
  mc:ipmitool("ime info"):fails "Supported ME not found"
  trace:expect { cc = 0xc1, netfn = 0x2e, link = "clear" }
end)

test("what a scenario answers is shown", function()
  local mc = bmc "server-1u"
  mc:command(0x2e, 0xc7, { iana = 343, privilege = "user" }, function()
    return 0x00, hex "57 01 00"
  end)
  expect_eq(mc:ipmitool("raw 0x2e 0xc7 0x57 1 0"):ok().stdout:sub(1, 9), " 57 01 00")
end)
