-- hook_asks.lua:4: a function that answers a command cannot ask or wait; spawn() a task
test("a command's function cannot ask", function()
  local b = bmc "server-1u"
  b:command(0x30, 1, function() return b:cmd(6, 1) end)
  b:cmd(0x30, 1)
end)
