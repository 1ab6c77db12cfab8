-- hook_options.lua:4: command(): there is no option "privelege"; there are group, iana
test("misspelt options of command() are errors", function()
  local b = bmc "server-1u"
  b:command(0x30, 1, { privelege = "user" }, function() return 0 end)
end)
