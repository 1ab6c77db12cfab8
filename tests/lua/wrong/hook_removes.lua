-- hook_removes.lua:5: a command's function cannot remove itself while it answers
test("a command's function stays while it answers", function()
  local b, hook = bmc "server-1u", nil
  hook = b:command(0x30, 1, function()
    hook:remove()
    return 0
  end)
  b:cmd(0x30, 1)
end)
