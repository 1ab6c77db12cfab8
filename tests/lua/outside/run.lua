-- Programs: what they are given, what comes back, how they end.

test("a program has a clean environment and a folder of the test's own", function()
  local r = run { "env", env = { COLOUR = "blue", TZ = false } }:ok()
  local names = {}
  for _, line in ipairs(r:lines()) do names[#names + 1] = line:match("^([^=]+)=") end
  table.sort(names)
  expect_eq(names, { "COLOUR", "HOME", "LC_ALL", "PATH" })
  r:says("^COLOUR=blue$")
  r:says("^LC_ALL=C$")
  expect_eq(run({ "pwd" }).stdout, r:says("^HOME=(.*)$") .. "\n")
  expect_eq(folder(), r:says("^HOME=(.*)$"))
  expect_eq(run({ "pwd", dir = "/" }).stdout, "/\n")
end)

test("what one program writes the next one reads", function()
  run { "sh", "-c", "echo kept >a.txt" }:ok()
  run { "cat", "a.txt" }:says("^kept$")
end)

test("both streams come back, apart and in order", function()
  local r = run { "sh", "-c", "echo a; sleep 0.1; echo b >&2; sleep 0.1; echo c; exit 7" }
  expect_eq(r.stdout, "a\nc\n")
  expect_eq(r.stderr, "b\n")
  expect_eq(r.output, "a\nb\nc\n")
  expect_eq(r.status, 7)
  expect_eq(r.signal, nil)
  r:fails("^b$")
end)

test("input is read to its end", function()
  expect_eq(run({ "cat", input = "one\ntwo\n" }).stdout, "one\ntwo\n")
  expect_eq(run({ "cat" }).stdout, "")
  local much = ("x"):rep(300000)
  expect_eq(run({ "wc", "-c", input = much }).stdout, "300000\n")
end)

test("a signal that ended it is told", function()
  local r = run { "sh", "-c", "kill -TERM $$" }
  expect_eq(r.signal, "TERM")
  expect_eq(r.status, nil)
end)

test("it sees no signal that we ignore, and no descriptor of ours", function()
  run { "sh", "-c", "sh -c 'kill -PIPE $$'; test $? = 141" }:ok()
  run { "sh", "-c", "ls /proc/self/fd | wc -l" }:says("^4$")
end)

test("it is killed with its whole group when it takes too long", function()
  local r = run { "sh", "-c", "sleep 60 & echo $!; wait", timeout = "200ms" }
  expect(r.timed_out)
  expect_eq(r.signal, "KILL")
  expect(r.seconds >= 0.2 and r.seconds < 5, "it took " .. r.seconds)
  run { "sh", "-c", "kill -0 " .. r:says("^(%d+)$") .. " || echo gone" }:says("gone")
end)

test("it ends when it has ended, whoever holds its output open", function()
  local r = run { "sh", "-c", "sleep 60 & echo done" }:ok()
  expect_eq(r.stdout, "done\n")
  expect(r.seconds < 5)
end)

test("output beyond 1 MiB is counted", function()
  local r = run { "head", "-c", "1500000", "/dev/zero" }:ok()
  expect_eq(#r.stdout, 1 << 20)
  expect_eq(r.lost, 1500000 - (1 << 20))
end)

test("a program that is not there is an error in words", function()
  expect_error(function() run { "no-such-program" } end, "there is no program \"no%-such%-program\"")
  expect_error(function() run { "/etc/passwd" } end, "there is no program")
  expect_error(function() run {} end, "expected a program")
  expect_error(function() run { "true", inptu = "" } end, "found \"inptu\"")
  expect(have "sh")
  expect(not have "no-such-program")
end)

test("a test skips by name what is not installed", function()
  need("sh", "no-such-program")
  expect(false)
end)

test("the same as an option", { needs = "no-such-program" }, function() expect(false) end)

test("tables become rows", function()
  local r = run { "printf", "Name | Value\\nInlet | 23\\nOutlet | 31 \\nthe end\\n" }
  expect_eq(r:table(), { { "Name", "Value" }, { "Inlet", "23" }, { "Outlet", "31" } })
  expect_eq(r:table(true)[2], { Name = "Outlet", Value = "31" })
  expect_eq(r:table({ "n", "v" })[2], { n = "Inlet", v = "23" })
end)

test("claims about lines are bound to lines", function()
  local r = run { "printf", "first\\nsecond line\\n" }:ok()
  expect_eq(r:says("^second (%w+)$"), "line")
  r:lacks("^line")
  r:lacks("third")
end)

test("a terminal is one", function()
  local r = run { "sh", "-c", "test -t 0 && test -t 1 && test -t 2 && stty size && echo $TERM",
                  pty = true }:ok()
  expect_eq(r.stdout, "50 200\ndumb\n")
end)

test("many run at a time", function()
  local done = 0
  for i = 1, 20 do
    spawn(function()
      run { "sh", "-c", "sleep 0.2; echo " .. i }:says("^" .. i .. "$")
      done = done + 1
    end)
  end
  wait_until(function() return done == 20 end)
end)

if have "sh" then
  test("what is installed is known before any test is played", function() expect(true) end)
end
