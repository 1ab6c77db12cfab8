-- session_code.lua:6: the answer's AuthCode is right
test("a session by hand believes no answer whose code is wrong", function()
  local b = bmc "server-1u"
  local s = b:wire():session()
  b:fault { on = "lan", effect = "corrupt", direction = "from bmc", offset = 60, mask = 0x01 }
  s:cmd(0x06, 0x01)
end)
