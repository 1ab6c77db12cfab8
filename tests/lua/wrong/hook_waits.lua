-- hook_waits.lua:5: a function that answers a command cannot ask or wait; spawn() a task
test("a command's function cannot wait", function()
  local b = bmc "server-1u"
  b:command(0x30, 1, function()
    sleep(1)
    return 0
  end)
  b:cmd(0x30, 1)
end)
