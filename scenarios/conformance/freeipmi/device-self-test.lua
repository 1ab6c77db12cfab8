-- bmc-device tells each result of the self test in words. IPMI v2.0, 20.4.
tags("client", "bmc-device")

local function result(mc) return mc:freeipmi("bmc-device", "--get-self-test-results"):ok() end

test("all is well", function()
  result(bmc "server-1u"):says("^Self Test Result : No Error$")
end)

test("every kind of failure", function()
  local mc = bmc "server-1u"
  for bit, words in pairs {
    [0] = "Controller operation firmware corrupted",
    "Controller update 'boot block' firmware corrupted",
    "Internal Use Area of BMC FRU corrupted", "SDR Repository empty",
    "IPMB signal lines do not respond", "Cannot access BMC FRU device",
    "Cannot access SDR Repository", "Cannot access SEL device",
  } do
    local answer = mc:answer(0x06, 0x04, { data = { 0x57, 1 << bit } })
    local r = result(mc)
    r:says("^Self Test Result +: Corrupted or inaccessible data or devices$")
    r:says("^" .. plain(words) .. " +: failed$")
    answer:remove()
  end
end)

test("the other results", function()
  local mc = bmc "server-1u"
  for code, words in pairs { [0x56] = "[Nn]ot implemented", [0x58] = "[Ff]atal" } do
    local answer = mc:answer(0x06, 0x04, { data = { code, 0 } })
    result(mc):says("^Self Test Result +: .*" .. words)
    answer:remove()
  end
end)
