-- The host's console by ipmiconsole: what is typed reaches the host, what the host
-- says is shown, and &. ends it. IPMI v2.0, 15.
tags("client", "ipmiconsole")

test("a shell of the host", function()
  local mc = bmc "server-1u"
  local console = mc:ipmiconsole()
  console:expect("SOL established")
  console:write("\r"):expect("login: ", 30)
  console:write("root\r"):expect("Password: ")
  console:write("secret\r"):expect("root@host:~# ")
  console:write("echo it is $((6 * 7))\r"):expect("it is")
  console:write("&."):expect("closing the connection")
  console:wait():ok()
  trace:expect { "Activate Payload", answer = true, cc = 0 }
  trace:expect { "Deactivate Payload", answer = true, cc = 0 }
end)

test("what the host writes while nobody types", function()
  local mc = bmc "server-1u"
  local console = mc:ipmiconsole()
  console:expect("SOL established")
  mc.chassis.host:power("reset")
  console:expect("ipmilab firmware", 10)
  console:expect("Memory initialization", 10)
  console:write("&."):expect("closing the connection")
end)
