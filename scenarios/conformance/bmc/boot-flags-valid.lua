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

-- Where the last boot was from: the offset of the youngest OS Boot event.
local function booted_from(bmc)
  local from
  for _, entry in ipairs(bmc:sel()) do
    if entry.sensor_type == 0x1f then from = entry.offset end
  end
  return from
end

test("a persistent device is booted from when the flags have lapsed, too", function()
  local bmc = target()
  bmc:set_boot_device("pxe", true)
  for n = 1, 3 do
    bmc:power "reset"
    sleep(120)
    expect_eq(booted_from(bmc), 2, ("boot %d: by PXE"):format(n))
  end
  expect(not valid(bmc), "the minute is over")
  bmc:set_boot_device "cdrom"
  bmc:power "reset"
  sleep(120)
  expect_eq(booted_from(bmc), 4, "once from a CD")
  bmc:power "reset"
  sleep(120)
  expect_eq(booted_from(bmc), 2, "then as before")
end)

test("firmware that takes its time still goes by the flags that it found", function()
  local slow = bmc { name = "slow", emu = [[
include "server-1u.emu"
host_delay boot 180000
]] }
  slow:set_boot_device "pxe"
  slow:power "reset"
  sleep(100)
  expect(not valid(slow), "the minute is over")
  sleep(100)
  expect_eq(booted_from(slow), 2, "by PXE")
end)
