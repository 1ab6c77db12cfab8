-- FreeIPMI speaks IPMI 1.5 with every authentication type of the specification,
-- and signs each packet with it. IPMI v2.0, 13.6, 22.17.
tags("client", "session")

for kind, code in pairs { none = 0, md2 = 1, md5 = 2, straight = 4 } do
  test(("IPMI 1.5 with %s"):format(kind), function()
    local mc = bmc "server-1u"
    mc:freeipmi("bmc-info", "--get-device-id", { lan15 = kind }):ok():says("^Device ID +: 32$")
    local frame = trace:expect { "Get Device ID", link = "lan", answer = false }
    expect_eq(frame.bytes:byte(5), code, "the packet's authentication type")
    trace:expect { "Close Session", answer = true, cc = 0 }
  end)
end
