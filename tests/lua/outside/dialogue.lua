-- Programs that are talked to.

test("a dialogue over pipes", function()
  local p = start { "sh", "-c", "while read x; do echo \"you said $x\"; done; echo bye" }
  p:write("one\n")
  expect_eq(p:expect("you said (%w+)\n"), "one")
  p:write("two\n")
  expect_eq(p:expect(plain "you said two"), "you said two")
  expect(p:running())
  p:close_input()
  p:expect("bye")
  local r = p:wait():ok()
  expect_eq(r.stdout, "you said one\nyou said two\nbye\n")
  expect(not p:running())
end)

test("whichever of several comes first", function()
  local p = start { "sh", "-c", "echo no luck; cat" }
  local which, all = p:expect { "good luck", "no luck" }
  expect_eq(which, 2)
  expect_eq(all, "no luck")
end)

test("keys are typed at a terminal", function()
  local p = start { "cat", pty = true }
  p:write("abc"):send("enter")
  p:expect("abc\nabc\n")
  p:write("abX"):send("backspace"):write("c"):send("enter")
  p:expect("abc\n$")
  p:send("ctrl-c")
  expect_eq(p:wait().signal, "INT")
  expect_error(function() p:write("x") end, "has ended")
  expect_error(function() start({ "cat" }):send("any") end, "no key \"any\"")
end)

test("the end of the input is typed at a terminal", function()
  local p = start { "cat", pty = true }
  p:write("x\n"):expect("x\nx\n")
  p:close_input():wait():ok()
end)

test("signals reach it", function()
  local p = start { "sh", "-c", "trap 'echo caught; exit 5' TERM; echo up; while :; do sleep 0.05; done" }
  p:expect("up")
  p:kill("TERM")
  p:expect("caught")
  expect_eq(p:wait().status, 5)
end)

test("others go on while one waits", function()
  local p = start { "sleep", "0.3" }
  local ticks = 0
  every("50ms", function() ticks = ticks + 1 end)
  p:wait():ok()
  expect(ticks >= 4, ticks .. " ticks")
end)

test("ipmitool's shell", { needs = "ipmitool" }, function()
  local shell = bmc "server-1u":ipmitool("shell", { start = true, pty = true })
  shell:expect("ipmitool> ")
  shell:write("chassis power status"):send("enter")
  expect_eq(shell:expect("Chassis Power is (%w+)"), "on")
  shell:expect("ipmitool> ")
  shell:write("exit"):send("enter")
  shell:wait():ok()
end)

test("a host's console by ipmitool", { needs = "ipmitool" }, function()
  local mc = bmc "server-1u"
  local sol = mc:ipmitool("sol activate", { start = true, pty = true, timeout = "60s" })
  sol:expect(plain "[SOL Session operational")
  sleep(1)
  sol:send("enter")
  sol:expect("login: ", 30)
  sol:write("root"):send("enter")
  sol:expect("Password: ")
  sol:write("secret"):send("enter")
  sol:expect("[#$] ")
  sol:write("echo it is $((6 * 7))  hello"):send("enter")
  sol:expect("hello")
  sol:write("\r~."):expect("terminated")
  sol:wait():ok()
end)
