-- Names and passwords need not stand in the command line: they may stand in a file,
-- or be asked for at the terminal.
tags("client", "session")

test("a file of options", function()
  local host, port = bmc "server-1u":listen()
  run({ "sh", "-c", "cat >options; chmod 600 options",
        input = "driver-type LAN_2_0\nusername operator\npassword operator\ncipher-suite-id 17\n" }):ok()
  run({ "bmc-info", "-h", host .. ":" .. port, "--config-file=options", "--get-device-id" }):ok()
    :says("^Device ID +: 32$")
  run({ "bmc-info", "-h", host .. ":" .. port, "--config-file=options", "-p", "wrong",
        "--get-device-id" }):fails("password invalid")
end)

test("a password that is asked for", function()
  local host, port = bmc "server-1u":listen()
  local function ask(password)
    local p = start { "bmc-info", "-D", "LAN_2_0", "-h", host .. ":" .. port, "-u", "ADMIN",
                      "--password-prompt", "--get-device-id", pty = true }
    p:expect("Password: ")
    p:write(password .. "\n")
    return p:wait()
  end
  ask("ADMIN"):ok():says("^Device ID +: 32$")
  ask("wrong"):fails("password invalid")
end)

test("a K_g that is asked for", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x06, 0x56, "\1\1\1secret" .. ("\0"):rep(14)))
  local host, port = mc:listen()
  local p = start { "bmc-info", "-D", "LAN_2_0", "-h", host .. ":" .. port, "-u", "ADMIN",
                    "-p", "ADMIN", "--k-g-prompt", "--get-device-id", pty = true }
  p:expect("K_g: ")
  p:write("secret\n")
  p:wait():ok():says("^Device ID +: 32$")
end)
