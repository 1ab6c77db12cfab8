-- What cannot be done in the present power state is best refused: the
-- specification recommends it for a power cycle. IPMI v2.0, 28.3.
tags("chassis", "waits")
writes()

test("a system that is off is not cycled or reset", function()
  local bmc = target()
  bmc:power("off")
  sleep(10)
  expect_eq(bmc:chassis_status().power, false, "the system is off")
  left_open("a BMC may also cycle or reset what is off", function()
    expect_cc(bmc:cmd(0x00, 0x02, { 0x02 }), 0xd5, "power cycle")
    expect_cc(bmc:cmd(0x00, 0x02, { 0x03 }), 0xd5, "hard reset")
    sleep(20)
    expect_eq(bmc:chassis_status().power, false, "it is still off")
    bmc:power("on")
  end)
end)
