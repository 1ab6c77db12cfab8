-- hook_answer.lua:4: a command's function gave 256; expected a completion code
test("what is no completion code is an error of the function", function()
  local b = bmc "server-1u"
  b:command(0x30, 1, function() return 256 end)
  b:cmd(0x30, 1)
end)
