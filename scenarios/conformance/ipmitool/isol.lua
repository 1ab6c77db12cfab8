-- "isol" is Intel's Serial over LAN of before IPMI 2.0, which this BMC does not have.
tags("client", "sol")

test("its parameters are refused", function()
  local mc = bmc "server-1u"
  mc:ipmitool("isol info", { lan15 = "md5" }):fails()
  trace:expect { netfn = 0x34, cc = 0xc1, link = "lan" }
end)
