-- A sensor that does not scan, or has no reading, is shown so, and is no error.
-- IPMI v2.0, 35.14.
tags("client", "sdr")

local function status(mc, list)
  return mc:ipmitool(list or "sdr list full"):ok():row("Inlet Temp")
end

test("reading unavailable", function()
  local mc = bmc "server-1u"
  mc:command(0x04, 0x2d, function(request)
    if request[1] ~= 1 then return request.original() end
    return 0x00, { 0x00, 0xe0, 0xc0 }
  end)
  expect_eq(status(mc), { "Inlet Temp", "no reading", "ns" })
end)

test("scanning disabled", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x04, 0x28, { 0x01, 0x80 }))
  expect_eq(status(mc)[2], "disabled")
  expect_eq(mc:ipmitool("sensor list"):ok():row("Inlet Temp")[4], "na")
end)

test("no sensor behind its record, CBh", function()
  local mc = bmc "server-1u"
  mc:command(0x04, 0x2d, function(request)
    if request[1] ~= 1 then return request.original() end
    return 0xcb
  end)
  expect_eq(status(mc), { "Inlet Temp", "no reading", "ns" })
end)
