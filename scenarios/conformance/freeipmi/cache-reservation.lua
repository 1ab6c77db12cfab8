-- Somebody else changes the repository while FreeIPMI reads it: its reservation
-- is cancelled, it takes another and reads on. IPMI v2.0, 33.11, 33.12.
tags("client", "cache")

test("the reservation is cancelled twice", function()
  local mc = bmc "server-1u"
  local cancelled = mc:answer(0x0a, 0x23, { cc = 0xc5, skip = 10, every = 20, times = 2 })
  local rows = mc:freeipmi("ipmi-sensors", "--quiet-cache"):ok():table(true)
  expect_eq(cancelled:struck(), 2)
  expect(#rows > 50, "all sensors are there")
  expect(trace:count { "Reserve SDR Repository", link = "lan", answer = true, cc = 0 } >= 3)
end)

test("a BMC that gives few octets at a time", function()
  local mc = bmc "server-1u"
  mc:command(0x0a, 0x23, function(request)
    if request[6] > 12 then return 0xca end
    return request.original()
  end)
  expect(#mc:freeipmi("ipmi-sensors", "--quiet-cache"):ok():table(true) > 50)
end)
