-- satellite_gone.lua:6: there is no controller at 72h
test("a controller that was pulled out is not there", function()
  local b = bmc "twin"
  local sat = b.chassis:mcs()[2]
  sat:pull_out()
  sat:cmd(6, 1)
end)
