-- hook_claim.lua:5: the request is short
test("a claim within a command's function fails the test", function()
  local b = bmc "server-1u"
  b:command(0x30, 1, function(request)
    expect(#request.data < 2, "the request is short")
    return 0
  end)
  b:cmd(0x30, 1, { 1, 2, 3 })
  sleep(1)
end)
