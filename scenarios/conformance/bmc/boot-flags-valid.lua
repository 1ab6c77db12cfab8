-- The valid bit lapses a minute after it was set, unless Chassis Control came
-- or parameter 3 says otherwise. IPMI v2.0, 28.12, table 28-14.
tags("boot", "slow", "waits")
only_lab()

local function valid(bmc) return bmc:boot_device().valid end

test("parameter 3 can keep the flags valid without a time limit", function()
  local bmc = target()
  expect_cc(bmc:cmd(0x00, 0x08, { 0x03, 0x08 }))
  bmc:set_boot_device "pxe"
  sleep(120)
  expect(valid(bmc), "after two minutes")
end)

test("a start by Chassis Control uses the flags", function()
  local bmc = target()
  bmc:power "off"
  sleep(20)
  bmc:set_boot_device "disk"
  bmc:power "on"
  sleep(30)
  expect(not valid(bmc), "they were used")
end)

test("persistent flags stay valid when they are used", function()
  local bmc = target()
  bmc:set_boot_device("disk", true)
  bmc:power "reset"
  sleep(40)
  expect(valid(bmc), "they stay")
end)
