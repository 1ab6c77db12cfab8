-- A reservation is cancelled in the midst of the repository: a client reserves
-- again and reads on; all sensors are in its list. (c5-reservation)
tags("client", "sdr")

local function cancelled()
  local b = bmc "server-1u"
  return b, b:answer(0x0a, 0x23, { cc = 0xc5, times = 1, skip = 20 })
end

test("FreeIPMI", function()
  local b, answer = cancelled()
  expect(#b:freeipmi("ipmi-sensors", "--quiet-cache"):ok():table() > 40)
  expect_eq(answer:struck(), 1)
  expect(trace:count { "Reserve SDR Repository", answer = false } >= 2, "it reserved again")
end)

test("ipmitool, which waits up to three seconds before it does", function()
  local b, answer = cancelled()
  expect(#b:ipmitool("sdr list", { timeout = 15 }):ok():table() > 40)
  expect_eq(answer:struck(), 1)
  expect(trace:count { "Reserve SDR Repository", answer = false } >= 2)
end)

test("pyghmi", function()
  local b, answer = cancelled()
  b:pyghmi("print(len(list(bmc.get_sensor_descriptions())))"):ok():says("^[4-9]%d$")
  expect_eq(answer:struck(), 1)
end)
