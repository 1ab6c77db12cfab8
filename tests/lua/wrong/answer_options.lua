-- answer_options.lua:3: answer(): there is no option "time"; there are after, cc, data
test("misspelt options of answer() are errors", function()
  bmc("server-1u"):answer(6, 1, { cc = 0xc0, time = 3 })
end)
