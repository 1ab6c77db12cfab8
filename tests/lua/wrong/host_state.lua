-- host_state.lua:4: the host comes to "off" within 1 s
test("a host that does not come to a state fails the claim", function()
  local b = bmc "server-1u"
  b.chassis.host:wait("off", 1)
end)
