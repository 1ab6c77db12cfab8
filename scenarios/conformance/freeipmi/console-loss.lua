-- A console over a bad wire: what is typed reaches the host once, what the host says
-- is shown once. IPMI v2.0, 15.9, 15.11.
tags("client", "ipmiconsole")

local function dialogue(fault)
  local mc = bmc "server-1u"
  local console = mc:ipmiconsole("--retransmission-timeout=200 --session-timeout=20000",
                                 { timeout = "60s" })
  console:expect("SOL established")
  console:write("\r"):expect("login: ", 30)
  local armed = mc:fault(fault)
  console:write("root\r"):expect("Password: ", 20)
  console:write("secret\r"):expect("root@host:~# ", 20)
  local words = "abcdefghijklmnopqrstuvwxyz 0123456789"
  console:write(("echo %s\r"):format(words))
  console:expect(("echo %s\n%s\n"):format(words, words), 20)
  expect(armed:struck() > 0)
  armed:disarm()
  console:write("&."):expect("closing the connection", 20)
end

test("every seventh packet is lost", function() dialogue { on = "lan", effect = "lose", every = 7 } end)
test("every packet comes twice", function() dialogue { on = "lan", effect = "duplicate" } end)
