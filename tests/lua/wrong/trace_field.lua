-- trace_field.lua:4: trace: there is no "comand"; there are after, answer, before
test("misspelt words about frames are errors", function()
  bmc "server-1u"
  trace:expect { comand = 1 }
end)
