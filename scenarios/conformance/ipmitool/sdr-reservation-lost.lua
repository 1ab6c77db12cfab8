-- While ipmitool reads the records another client may change them: it reserves anew
-- and goes on, and a record that cannot be read whole is read in parts.
-- IPMI v2.0, 33.8, 33.12.
tags("client", "sdr")

test("a reservation that is cancelled, C5h", function()
  local mc = bmc "server-1u"
  local count = #mc:sdrs()
  local lost = mc:answer(0x0a, 0x23, { cc = 0xc5, skip = 40, times = 1 })
  expect_eq(#mc:ipmitool("sdr elist all"):ok():table(), count)
  expect_eq(lost:struck(), 1)
  expect_eq(trace:count { "Reserve SDR Repository", answer = false, link = "clear" }, 2)
end)

test("a BMC that gives sixteen octets at a time, CAh", function()
  local mc = bmc "server-1u"
  local count = #mc:sdrs()
  mc:command(0x0a, 0x23, function(request)
    if request[6] ~= 0xff and request[6] > 16 or request[6] == 0xff then return 0xca end
    return request.original()
  end)
  expect_eq(#mc:ipmitool("sdr elist all"):ok():table(), count)
end)
