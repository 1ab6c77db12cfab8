-- on_error.lua:4: attempt to call a nil value
test("an error of a listener is blamed on its line", function()
  local b = bmc "server-1u"
  b:on("reset", function(e) e:nothing() end)
  b:reset()
  sleep(1)
end)
