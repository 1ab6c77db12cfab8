-- Every fourth answer comes under a session sequence number that came before: a
-- client may drop it and ask again, or know it by its rqSeq. (seq-replay)
tags("client", "session")

-- A copy of the answer before in place of an answer.
local function replayed()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "duplicate", direction = "from bmc", netfn = 0x05, every = 4 }
  return b
end

for _, lan15 in ipairs { false, "md5" } do
  local how = lan15 and ", 1.5" or ", 2.0"
  test("ipmitool" .. how, function()
    expect(#replayed():ipmitool("sdr list", { lan15 = lan15 or nil }):ok():table() > 40)
  end)
  test("FreeIPMI" .. how, function()
    expect(#replayed():freeipmi("ipmi-sensors", "--quiet-cache", { lan15 = lan15 or nil }):ok():table() > 40)
  end)
end
