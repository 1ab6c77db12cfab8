-- Packets of Serial over LAN are lost on the way: the client sends its own again,
-- acknowledges again what comes again, and shows nothing twice. (sol-loss)
-- IPMI v2.0, 15.11.
tags("client", "sol")

-- ipmiconsole knows no port but 623, which only root may open.
local function at_623(b)
  for n = 1, 200 do
    local host = "127.62.4." .. n
    if pcall(b.listen, b, { host = host, port = 623 }) then return host end
  end
  skip "ipmiconsole knows no port but 623"
end

local clients = {
  ipmitool = function(b)
    local sol = b:ipmitool("sol activate", { start = true, pty = true })
    sol:expect(plain "[SOL Session operational")
    return sol
  end,
  ipmiconsole = function(b)
    local sol = start { "ipmiconsole", "-h", at_623(b), "-u", "ADMIN", "-p", "ADMIN", pty = true }
    sol:expect(plain "[SOL established]")
    return sol
  end,
}

local function logged_in(client)
  local b = bmc "server-1u"
  local sol = client(b)
  for _, dialogue in ipairs { { "\r", "login: " }, { "root\r", "Password: " },
                              { "secret\r", "[#$] " } } do
    sol:write(dialogue[1])
    sol:expect(dialogue[2], 15)
  end
  return b, sol
end

for name, client in pairs(clients) do
  test(name .. ": output, and its acknowledgements, are lost", { needs = name }, function()
    local b, sol = logged_in(client)
    local output = b:fault { on = "lan", effect = "lose", payload = "sol", direction = "from bmc",
                             every = 3, times = 3 }
    for n = 1, 3 do
      sol:write("echo one two " .. n .. "\r")
      expect_eq(sol:expect("\n(one[^\n]*)\n", 15), "one two " .. n, "each character once")
      sol:expect("[#$] ", 15)
    end
    expect(output:struck() >= 2)
  end)

  test(name .. ": a key is lost", { needs = name }, function()
    local b, sol = logged_in(client)
    sol:write("echo one two three")
    sol:expect(plain "echo one two three", 15)
    sleep "200ms"
    local keys = b:fault { on = "lan", effect = "lose", payload = "sol", direction = "to bmc", times = 1 }
    sol:send("enter")
    expect_eq(sol:expect("\n(one[^\n]*)\n", 15), "one two three")
    expect_eq(keys:struck(), 1)
  end)
end
