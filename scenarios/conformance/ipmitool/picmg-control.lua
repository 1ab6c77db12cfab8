-- "picmg frucontrol" and "busres": a payload is reset, shared buses are free.
-- PICMG 3.0, 3.2.4, 3.7.3.
tags("client", "picmg")

test("a board's payload is reset", function()
  local mc = bmc "shelf"
  mc:ipmitool("picmg frucontrol 0 0", { bridge = 0x84 }):ok():says "frucontrol: ok"
  trace:expect { netfn = 0x2c, cmd = 0x04, link = "ipmb", to = 0x84, answer = false }
end)

test("who has the buses", function()
  bmc "shelf":ipmitool("picmg busres summary"):ok():says "No control"
end)
