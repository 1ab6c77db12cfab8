-- C3h on one sensor: the others are read, and this one is tried again a few times
-- and skipped, not waited for. (c3-timeout) IPMI v2.0, 5.2.
tags "command"

-- The readings of these sensors, as a correct client takes them.
local function read_all(console, numbers)
  local readings, skipped = {}, {}
  for _, number in ipairs(numbers) do
    for _ = 1, 3 do
      local reply = console:cmd(0x04, 0x2d, { number })
      if reply.cc == 0 then readings[number] = reply[1] break end
    end
    if not readings[number] then skipped[#skipped + 1] = number end
  end
  return readings, skipped
end

for cc, name in pairs { [0xc3] = "time-out", [0xce] = "no response", [0xff] = "unspecified" } do
  test(("%02Xh (%s) on one sensor"):format(cc, name), function()
    local b = bmc "server-1u"
    local numbers = {}
    for _, sensor in ipairs(b:sensors()) do
      if b:cmd(0x04, 0x2d, { sensor.number }).cc == 0 then numbers[#numbers + 1] = sensor.number end
    end
    local bad = numbers[3]
    b:command(0x04, 0x2d, function(request)
      if request[1] == bad then return cc end
      return request.original()
    end)
    local readings, skipped = read_all(b:connect(), numbers)
    expect_eq(skipped, { bad }, "one is skipped")
    for _, number in ipairs(numbers) do
      expect(number == bad or readings[number], "the others are read")
    end
  end)
end
