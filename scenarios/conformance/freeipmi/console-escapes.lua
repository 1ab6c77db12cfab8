-- What is typed to ipmiconsole and not to the host: && types one &, &B sends a
-- break, and another character may be the escape.
tags("client", "ipmiconsole")

local function login(console)
  console:expect("SOL established")
  console:write("\r"):expect("login: ", 30)
  return console
end

test("the escape itself", function()
  local console = login(bmc "server-1u":ipmiconsole())
  console:write("m&&m\r"):expect("m&m")
  console:write("&."):expect("closing the connection")
end)

test("another escape", function()
  local console = login(bmc "server-1u":ipmiconsole("--escape-char=~"))
  console:write("m&m\r"):expect("m&m")
  console:write("~."):expect("closing the connection")
  console:wait():ok()
end)

test("a break", function()
  local console = login(bmc "server-1u":ipmiconsole())
  console:write("root\r"):expect("Password: ")
  console:write("secret\r"):expect("root@host:~# ")
  console:write("&B"):expect("generate break")
  console:write("h"):expect("sysrq: HELP")
  console:write("&."):expect("closing the connection")
end)
