-- Every authentication type of IPMI 1.5 that ipmitool has. IPMI v2.0, 13.6, 22.17.
tags("client", "session", "lan15")

-- ipmitool signs every packet of the session; the octet behind the RMCP header tells.
for kind, octet in pairs { none = 0, md5 = 2, straight = 4 } do
  test(kind, function()
    local mc = bmc "server-1u"
    mc:ipmitool("mc info", { lan15 = kind }):ok():says "^IPMI Version +: 2%.0$"
    local asked = trace:expect { "Activate Session", link = "lan", direction = "to bmc" }
    expect_eq(asked.bytes:byte(5), octet)
  end)
end

test("left to choose, MD5", function()
  local mc = bmc "server-1u"
  local login = mc:login()
  run { "ipmitool", "-I", "lan", "-H", login.host, "-p", login.port, "-U", login.user,
        "-P", login.password, "mc", "info" }:ok()
  local asked = trace:expect { "Activate Session", link = "lan", direction = "to bmc" }
  expect_eq(asked.bytes:byte(5), 2)
end)

test("md2", { xfail = "ipmitool is built without MD2, and sends octets that are no code" },
     function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool("mc info", { lan15 = "md2", timeout = 3,
                                     args = { "-N", "1", "-R", "1" } })
  mc:connect { lan15 = "md2" }:close()
  local asked = trace:expect { "Activate Session", link = "lan", direction = "to bmc" }
  expect_eq({ asked.bytes:byte(5), asked.bytes:sub(14, 29) }, { 1, ("\0"):rep(16) })
  r:ok()
end)
