-- "picmg portstate" and "picmg clk" keep what E-Keying lets through. PICMG 3.0, 3.7;
-- AMC.0, 3.9.
tags("client", "picmg")

test("a port is enabled, and shown", function()
  local mc = bmc "shelf"
  mc:ipmitool("picmg portstate set 1 3 15 2 0 0 1", { bridge = 0x82 }):ok()
  local r = mc:ipmitool("picmg portstate get 1 3", { bridge = 0x82 }):ok()
  r:says "STATE: +enabled"
  r:says "PICMG 3%.1 Ethernet Fabric"
  mc:ipmitool("picmg portstate set 1 3 15 2 0 0 0", { bridge = 0x82 }):ok()
  mc:ipmitool("picmg portstate get 1 3", { bridge = 0x82 }):ok():lacks "STATE: +enabled"
end)

test("so is a clock", function()
  local mc = bmc "shelf"
  mc:ipmitool("picmg clk set 1 3 8 1 20 100000000 0", { bridge = 0x82 }):ok()
  mc:ipmitool("picmg clk get 1 0", { bridge = 0x82 }):ok():says "Freq: +100000000"
end)
