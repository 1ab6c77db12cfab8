-- "dcmi thermalpolicy" says what happens when the inlet is too hot for too long.
-- DCMI v1.5, 6.7.1, 6.7.2.
tags("client", "dcmi")

test("set, shown, and done", function()
  local mc = bmc "server-1u"
  mc:ipmitool("dcmi thermalpolicy set 0x40 1 volatile nopoweroff sel 40 5 0"):ok()
    :says "successfully set"
  local r = mc:ipmitool("dcmi thermalpolicy get 0x40 1"):ok()
  r:says "Temperature Limit +40 degrees"
  r:says "Exception Time +5 seconds"
  r:says "Log event to SEL only: +active"
  local before = mc:sel_info().entries
  mc:sensor "Inlet Temp":set(37)
  sleep(10)
  expect_eq(mc:sel_info().entries, before)
  mc:sensor "Inlet Temp":set(42)
  sleep(10)
  mc:ipmitool("sel elist"):ok():says "Inlet Temp | Limit Exceeded | Asserted"
  expect(mc.chassis.host:is_on())
end)

test("with power off for who asks for it", function()
  local mc = bmc "server-1u"
  mc:ipmitool("dcmi thermalpolicy set 0x40 1 volatile poweroff sel 40 5 0"):ok()
  mc:sensor "Inlet Temp":set(42)
  sleep(10)
  expect(not mc.chassis.host:is_on())
end)
