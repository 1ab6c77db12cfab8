-- ipmiconsole with each kind of cipher suite: the payload is protected as the
-- session is, and the host's words come through. IPMI v2.0, 15.1, 24.1.
tags("client", "ipmiconsole")

for _, suite in ipairs { 1, 2, 3, 6, 8, 12, 17 } do
  test(("suite %d"):format(suite), function()
    local console = bmc "server-1u":ipmiconsole("", { suite = suite })
    console:expect("SOL established")
    console:write("\r"):expect("login: ", 30)
    console:write("&."):expect("closing the connection")
    console:wait():ok()
  end)
end

test("an operator is enough", function()
  local console = bmc "server-1u":ipmiconsole("", { user = "operator", password = "operator",
                                                    privilege = "operator" })
  console:expect("SOL established")
  console:write("&."):expect("closing the connection")
end)
