-- ipmiutil sensor lists every record of the repository.
tags("client", "sensor")

test("each sensor of the BMC is there with its number", function()
  local mc = bmc "server-1u"
  local r = mc:ipmiutil "sensor":ok()
  for _, record in ipairs(mc:sdrs()) do
    if record:byte(4) <= 2 then
      r:says(("^%04x SDR .* snum %02x "):format(string.unpack("<I2", record), record:byte(8)))
    end
  end
  expect_eq(trace:count { "Get Sensor Reading", direction = "from bmc" } > 50, true)
end)
