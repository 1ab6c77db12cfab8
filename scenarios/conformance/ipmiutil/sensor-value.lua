-- A reading that changes is shown changed.
tags("client", "sensor")

test("a temperature", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(33)
  mc:ipmiutil "sensor -i 4":ok():says "Inlet Temp += 21 .* 33%.00 degrees C"
  mc:sensor "Inlet Temp":set(11)
  mc:ipmiutil "sensor -i 4":ok():says "Inlet Temp += 0b .* 11%.00 degrees C"
end)
