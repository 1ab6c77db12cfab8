-- Serial over LAN over a network that loses, doubles, delays and swaps packets: the
-- host has every key once and in order, and so has the console every character.
-- (sol-loss) IPMI v2.0, 15.9 to 15.11.
tags "sol"

local function logged_in(options)
  local b = bmc "server-1u"
  local sol = b:connect(options):sol()
  for _, dialogue in ipairs { { "\r", "login: " }, { "root\r", "Password: " },
                              { "secret\r", "[#$] " } } do
    sol:type(dialogue[1])
    sol:expect(dialogue[2])
  end
  return b, sol
end

-- The host echoes what is typed and says it again.
local function say(sol, n)
  local words = ("number %03d "):format(n) .. ("abcdefghij"):rep(n % 7 + 1)
  sol:type("echo " .. words .. "\r", 300)
  local heard = sol:expect("[#$] $", 300):gsub("\r", "")
  local first, second = heard:match("^echo ([^\n]*)\n([^\n]*)\n")
  expect_eq(first, words, ("line %d was typed whole"):format(n))
  expect_eq(second, words, ("line %d came back whole"):format(n))
end

local mixes = {
  ["keys are lost"] = { { effect = "lose", direction = "to bmc", every = 3 } },
  ["output is lost"] = { { effect = "lose", direction = "from bmc", every = 3 } },
  ["all comes twice"] = { { effect = "duplicate" } },
  ["all comes again later"] = { { effect = "duplicate", span = "300ms" } },
  ["neighbours swap places"] = { { effect = "reorder", span = "700ms", probability = "30%" } },
  ["some come late"] = { { effect = "delay", probability = "20%", span = "1ms", jitter = "900ms" } },
  ["a bit of everything"] = {
    { effect = "lose", probability = "5%", times = 7 }, { effect = "duplicate", probability = "10%", span = "50ms" },
    { effect = "reorder", probability = "10%", span = "100ms" }, { effect = "corrupt", probability = "5%", times = 7 },
    { effect = "delay", probability = "10%", span = "1ms", jitter = "500ms" },
  },
}

for name, faults in pairs(mixes) do
  test(name, function()
    local b, sol = logged_in()
    for _, fault in ipairs(faults) do
      fault.on, fault.payload = "lan", "sol"
      b:fault(fault)
    end
    for n = 1, 12 do say(sol, n) end
    expect_eq(sol:info().violation, nil)
  end)
end
