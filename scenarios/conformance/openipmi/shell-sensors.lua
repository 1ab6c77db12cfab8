-- A domain has the sensors of the BMC's records, under their entities.
tags("client", "sensor")

test("each temperature is there", function()
  local mc = bmc "server-1u"
  local r = mc:openipmi({ "sensor list d", "Inlet Temp" }, { how = "-noall -sdrs" }):ok()
  for _, name in ipairs { "Inlet Temp", "CPU1 Temp", "DIMM A1 Temp", "Fan 1A" } do
    r:says(plain(name))
  end
end)
