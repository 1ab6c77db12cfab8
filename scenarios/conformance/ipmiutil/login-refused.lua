-- Who may not log in learns it by the exit status.
tags("client", "session")

test("a wrong password", function()
  bmc "server-1u":ipmiutil("cmd 00 20 18 01", { password = "wrong" }):fails()
  trace:none { "Get Device ID", direction = "from bmc", cc = 0 }
end)

test("a user who is not there", function()
  bmc "server-1u":ipmiutil("cmd 00 20 18 01", { user = "nobody", password = "x" }):fails()
end)

test("a user who wants more than he may", function()
  bmc "server-1u":ipmiutil("cmd 00 20 18 01",
                           { user = "monitor", password = "monitor", privilege = "admin" }):fails()
end)
