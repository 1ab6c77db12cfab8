-- Suite 0 is no protection at all: the BMC keeps it to itself unless its
-- description allows it, and FreeIPMI says so. IPMI v2.0, 22.15.2, 24.1.
tags("client", "session")

test("suite 0 is refused, and FreeIPMI says that it cannot be had", function()
  local mc = bmc "server-1u"
  local r = mc:freeipmi("bmc-info", "--get-device-id", { suite = 0 })
  expect_eq(r.status, 1)
  r:says("cipher suite id unavailable")
  trace:none "RAKP 1"
end)
