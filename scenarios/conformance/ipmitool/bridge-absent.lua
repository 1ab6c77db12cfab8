-- Who bridges to an address where nobody is learns so at once: the message was not
-- acknowledged. IPMI v2.0, 22.7.
tags("client", "bridge")

local quick = { "-N", "1", "-R", "1" }

test("no such controller, 83h", function()
  local mc = bmc "twin"
  mc:ipmitool("raw 6 1", { bridge = 0x7e, args = quick }):fails "rsp=0x83"
  trace:expect { "Send Message", cc = 0x83, link = "clear" }
end)

test("one that was pulled out, and is back", function()
  local mc = bmc "twin"
  local node = mc.chassis:mc(0x72)
  node:pull_out()
  mc:ipmitool("mc info", { bridge = 0x72, args = quick }):fails()
  node:put_back()
  sleep(5)
  mc:ipmitool("mc info", { bridge = 0x72 }):ok()
end)

test("no such channel", function()
  local mc = bmc "twin"
  mc:ipmitool("raw 6 1", { bridge = { 0x72, 9 }, args = quick }):fails()
  trace:expect { "Send Message", cc = 0xcc, link = "clear" }
end)
