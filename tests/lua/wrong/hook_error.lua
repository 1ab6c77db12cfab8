-- hook_error.lua:5: attempt to index a nil value
test("an error of a command's function is blamed on its line", function()
  local b = bmc "server-1u"
  b:command(0x30, 1, function(request)
    return request.nothing.at_all
  end)
  b:cmd(0x30, 1)
end)
