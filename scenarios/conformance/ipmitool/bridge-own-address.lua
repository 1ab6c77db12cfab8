-- Who asks over a LAN is 81h, remote console software, whatever "-m" says; on the bus
-- the BMC asks by its own address. IPMI v2.0, 5.5, 6.13, table 5-4.
tags("client", "bridge")

test("in the session 81h, on the bus 20h", function()
  local mc = bmc "twin"
  for _, own in ipairs { "0x20", "0x30" } do
    local since = trace:mark()
    mc:ipmitool("raw 6 1", { bridge = 0x72, args = { "-m", own } }):ok():says "^ 30 81 01"
    local sent = trace:expect { "Send Message", answer = false, link = "clear", since = since }
    expect_eq({ sent.from, packet.parse_message(sent.data:sub(2)).from }, { 0x81, 0x81 })
    trace:expect { "Get Device ID", link = "ipmb", from = 0x20, to = 0x72, since = since }
  end
end)
