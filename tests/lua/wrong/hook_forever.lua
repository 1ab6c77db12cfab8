-- hook_forever.lua:4: runs on and on and lets no time pass
test("a command's function that never ends is stopped", function()
  local b = bmc "server-1u"
  b:command(0x30, 1, function() while true do end end)
  b:cmd(0x30, 1)
end)
