-- fault_field.lua:3: fault: there is no "probabilty" for lose; there are after, between, cmd
test("misspelt fields of faults are errors", function()
  bmc("server-1u"):fault { on = "lan", effect = "lose", probabilty = 0.5 }
end)
