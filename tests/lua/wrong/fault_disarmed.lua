-- fault_disarmed.lua:5: this fault was disarmed already
test("a fault that was disarmed is no more", function()
  local fault = bmc("server-1u"):fault "lan lose"
  fault:disarm()
  fault:disarm()
end)
