-- Who may not log in gets no answer to a command.
tags("client", "session")

local function stays_out(options)
  local mc = bmc "server-1u"
  local p = mc:openipmicmd("0f 00 06 01", { user = options.user, password = options.password,
                                            privilege = options.privilege, start = true })
  trace:wait({ options.step or "RAKP 2", direction = "from bmc" }, 10)
  p:kill()
  trace:none { "Get Device ID", direction = "from bmc", cc = 0 }
end

test("a wrong password", function()
  stays_out { user = "ADMIN", password = "wrong" }
end)

test("a user who is not there", function()
  stays_out { user = "nobody", password = "x" }
end)
