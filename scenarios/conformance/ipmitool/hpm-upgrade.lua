-- "hpm upgrade" brings a controller a new firmware, "hpm activate" runs it, "hpm
-- rollback" the one before. PICMG HPM.1, 3.
tags("client", "hpm")

local function with_sum(octets)
  return octets .. string.char(packet.checksum(octets))
end

-- A firmware 4.20 for the shelf manager, and its image for component 0. HPM.1, 4.
local function image()
  local firmware = with_sum("IPMILABF" .. "\4\32\0\0\0\1\85\0" .. ("\0"):rep(16) ..
                            ("x"):rep(567))
  local head = "PICMGFWU" .. string.pack("<BBI3I2I4", 0, 0x40, 32473, 0x0404, 1767225600) ..
               "\xe0\1\2\2\2\0\0\4\32\0\0\0\1\0\0"
  local octets = with_sum(head) .. with_sum "\1\1" .. with_sum "\2\1" ..
                 "\4\32\0\0\0\1firmware" .. ("\0"):rep(13) ..
                 string.pack("<I4", #firmware) .. firmware
  return octets .. hex(run({ "md5sum", input = octets }).stdout:sub(1, 32))
end

test("taken, run, and gone back from", function()
  local mc = bmc "shelf"
  run { "tee", "image.hpm", input = image() }:ok()
  mc:ipmitool("hpm check"):ok():says "|IPMC +| +3%.10 "
  mc:ipmitool("hpm upgrade image.hpm"):ok():says "Firmware upgrade procedure successful"
  expect_eq(mc:device_id().firmware, "3.10", "it waits for its activation")
  mc:ipmitool("hpm activate"):ok()
  expect_eq(mc:device_id().firmware, "4.20")
  mc:ipmitool("hpm compare image.hpm"):ok():says "Comparison passed"
  mc:ipmitool("hpm rollback"):ok():says "Rollback occurred on component mask: 0x01"
  expect_eq(mc:device_id().firmware, "3.10")
end)

test("another board's, and a damaged one", function()
  local mc = bmc "shelf"
  run { "tee", "image.hpm", input = image() }:ok()
  mc:ipmitool("hpm upgrade image.hpm", { bridge = 0x82 }):says "Invalid device ID"
  run { "tee", "damaged.hpm", input = (image():gsub("xxxx", "xxyx", 1)) }:ok()
  mc:ipmitool("hpm upgrade damaged.hpm"):fails "MD5"
  expect_eq(mc:device_id().firmware, "3.10")
end)

test("a controller without", function()
  bmc "server-1u":ipmitool("hpm check"):fails "Board might not be supporting the HPM%.1 Standards"
end)
