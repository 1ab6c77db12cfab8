-- hook_data.lua:4: octet 2: found 256; expected a whole number, 0 to 255
test("data that is no octets is an error of the function", function()
  local b = bmc "server-1u"
  b:command(0x30, 1, function() return 0, { 1, 256 } end)
  b:cmd(0x30, 1)
end)
