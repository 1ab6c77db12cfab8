-- One console at a time: ipmiconsole takes it from who has it, unless told not to,
-- and is told when another takes it away. IPMI v2.0, 15.6, 24.1.
tags("client", "ipmiconsole")

test("another takes it away", function()
  local mc = bmc "server-1u"
  local first = mc:ipmiconsole()
  first:expect("SOL established")
  local second = mc:ipmiconsole()
  second:expect("SOL established", 20)
  first:expect("SOL session stolen", 20)
  second:write("&."):expect("closing the connection")
end)

test("--dont-steal leaves it where it is", function()
  local mc = bmc "server-1u"
  local first = mc:ipmiconsole()
  first:expect("SOL established")
  mc:ipmiconsole("--dont-steal"):expect("SOL in use")
  first:write("\r"):expect("login: ", 30)
  first:write("&."):expect("closing the connection")
end)

test("--deactivate takes it away, and is gone", function()
  local mc = bmc "server-1u"
  local first = mc:ipmiconsole()
  first:expect("SOL established")
  mc:ipmiconsole("--deactivate"):wait():ok()
  first:expect("SOL session stolen", 20)
  trace:expect { "Deactivate Payload", answer = true, cc = 0 }
end)
