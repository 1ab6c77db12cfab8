-- hook_late_original.lua:8: that request is answered already
test("original() is of the request under way alone", function()
  local b = bmc "server-1u"
  local kept
  b:command(0x30, 1, function(request) kept = request; return 0 end)
  b:cmd(0x30, 1)
  sleep(1)
  kept.original()
end)
