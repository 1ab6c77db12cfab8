-- A console that takes a packet in part, or not at all, gets the rest in another;
-- nothing is left out and nothing comes twice. (sol-nack, sol-partial-ack)
-- IPMI v2.0, 15.11.
tags "sol"

local function logged_in()
  local b = bmc "server-1u"
  local sol = b:connect():sol()
  for _, dialogue in ipairs { { "\r", "login: " }, { "root\r", "Password: " },
                              { "secret\r", "[#$] " } } do
    sol:type(dialogue[1])
    sol:expect(dialogue[2])
  end
  return b, sol
end

for _, count in ipairs { 1, 3, 50 } do
  test(("it takes %d characters of each packet"):format(count), function()
    local _, sol = logged_in()
    local words = ("0123456789"):rep(8)
    sol:accept(count)
    sol:type("echo " .. words .. "\r")
    local heard = sol:expect("[#$] $", 200):gsub("\r", "")
    expect_eq(heard:match("\n([^\n]*)\n"), words)
  end)
end

test("it takes nothing for a while", function()
  local _, sol = logged_in()
  sol:accept(0)
  sol:type("echo one two three\r")
  sleep(20)
  expect_eq(sol:read(), "")
  sol:accept(nil)
  expect_match(sol:expect("[#$] $", 60), "\none two three\r?\n")
end)

test("it asks the host to pause, and to go on", function()
  local _, sol = logged_in()
  sol:operate "pause"
  sleep(1)
  sol:read()
  sol:type("echo one two three\r")
  sleep(10)
  expect(not sol:read():find("\none two three"), "the host keeps it")
  sol:operate "none"
  sol:expect("\none two three", 60)
end)
