-- Packets of Serial over LAN are lost on the way, both ways: the client sends its
-- own again, acknowledges again what comes again, and shows nothing twice. (sol-loss)
tags("client", "sol")

local function dialogue(start_sol)
  local b = bmc "server-1u"
  local sol = start_sol(b)
  b:fault { on = "lan", effect = "lose", payload = "sol", direction = "from bmc", every = 4, times = 5 }
  b:fault { on = "lan", effect = "lose", payload = "sol", direction = "to bmc", every = 5, times = 5 }
  sol:send("enter")
  sol:expect("login: ", 15)
  sol:write("root"):send("enter")
  sol:expect("Password: ", 15)
  sol:write("secret"):send("enter")
  sol:expect("[#$] ", 15)
  sol:write("echo one two three"):send("enter")
  local line = sol:expect("\n(one[^\n]*)\n", 15)
  expect_eq(line, "one two three", "each character once")
  return sol
end

test("ipmitool", function()
  dialogue(function(b)
    local sol = b:ipmitool("sol activate", { start = true, pty = true })
    sol:expect(plain "[SOL Session operational")
    return sol
  end)
end)

-- ipmiconsole knows no port but 623, which only root may open.
local function at_623(b)
  for n = 1, 200 do
    local host = "127.62.4." .. n
    if pcall(b.listen, b, { host = host, port = 623 }) then return host end
  end
  skip "ipmiconsole knows no port but 623"
end

test("ipmiconsole", { needs = "ipmiconsole" }, function()
  dialogue(function(b)
    local sol = start { "ipmiconsole", "-h", at_623(b), "-u", "ADMIN", "-p", "ADMIN", pty = true }
    sol:expect(plain "[SOL established]")
    return sol
  end)
end)
