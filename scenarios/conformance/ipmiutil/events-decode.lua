-- ipmiutil events decodes a record without any BMC.
tags("client", "event")

test("a temperature beyond a threshold", function()
  local mc = bmc "server-1u"
  mc:sel_clear()
  mc:sensor "Inlet Temp":set(45)
  sleep(10)
  local log = mc:sel()
  local words = { "ipmiutil", "events" }
  for octet in log[#log].record:gmatch "." do words[#words + 1] = ("%02x"):format(octet:byte()) end
  run(words):says "Temperature #01 .*Hi "
end)
