-- FreeIPMI reaches other controllers across the bus when it is given an address:
-- any program, any command. IPMI v2.0, 6.13, 22.7.
tags("client", "bridge")

local there = "--target-slave-address=0x72 --target-channel-number=0 "

test("ipmi-raw and bmc-info", function()
  local mc = bmc "twin"
  local id = mc.chassis:mc(0x72):device_id()
  expect_ne(id.product, mc:device_id().product)
  mc:freeipmi("bmc-info", there .. "--get-device-id", { privilege = "operator" }):ok()
    :says(("^Product ID +: %d$"):format(id.product))
  mc:freeipmi("ipmi-raw", there .. "0 6 1"):ok():says("^rcvd: 01 00 ")
  trace:expect { "Get Device ID", link = "ipmb", to = 0x72, answer = false }
end)

test("an answer that is an error is that of the other", function()
  local mc = bmc "twin"
  mc.chassis:mc(0x72):answer(0x06, 0x01, { cc = 0xd5 })
  mc:freeipmi("ipmi-raw", there .. "0 6 1"):ok():says("^rcvd: 01 D5 *$")
end)

test("nobody is at that address", function()
  local mc = bmc "twin"
  mc:freeipmi("ipmi-raw", "--target-slave-address=0x90 --target-channel-number=0 0 6 1")
    :fails("bad completion code")
  trace:expect { "Send Message", link = "lan", answer = true, cc = 0x83 }
end)

test("a user may not send anything there", function()
  local mc = bmc "twin"
  mc:freeipmi("bmc-info", there .. "--get-device-id", { privilege = "user" }):fails()
  trace:expect { "Send Message", link = "lan", answer = true, cc = 0xd4 }
end)
