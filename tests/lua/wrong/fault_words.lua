-- fault_words.lua:3: found "loose"; expected an effect: lose delay
test("misspelt words of faults are errors", function()
  bmc("server-1u"):fault "lan loose"
end)
