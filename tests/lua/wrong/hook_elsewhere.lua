-- hook_elsewhere.lua:5: acts on its own chassis alone
test("a command's function acts on its own chassis alone", function()
  local b, other = bmc "server-1u", bmc "server-1u"
  b:command(0x30, 1, function()
    other.chassis.host:power("off")
    return 0
  end)
  b:cmd(0x30, 1)
end)
