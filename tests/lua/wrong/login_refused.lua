-- login_refused.lua:3: RAKP message 1 is accepted
test("a log-in by hand that is refused says so", function()
  bmc("server-1u"):wire():session { user = "nobody" }
end)
