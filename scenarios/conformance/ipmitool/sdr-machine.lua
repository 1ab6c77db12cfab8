-- "-c" and "-v" show what the plain lists show, for machines and for the curious.
tags("client", "sdr")

test("with commas", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(31)
  mc:sensor "P12V":set(12.033)
  local r = mc:ipmitool("sdr list full", { args = { "-c" } }):ok()
  r:says "^Inlet Temp,31,degrees C,ok$"
  r:says "^P12V,12%.033,Volts,ok$"
end)

test("all of every sensor", function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool("sdr list full", { args = { "-v" } }):ok()
  local full = 0
  for _, record in ipairs(mc:sdrs()) do
    if record:byte(4) == 0x01 then full = full + 1 end
  end
  expect_eq(select(2, ("\n" .. r.stdout):gsub("\nSensor ID", "")), full)
  r:says "^ Upper critical        : 43%.000$"
end)
