-- ipmi-chassis shows what the chassis can, and where its devices are. IPMI v2.0, 28.1.
tags("client", "ipmi-chassis")

local function capabilities(mc)
  return mc:freeipmi("ipmi-chassis", "--get-chassis-capabilities"):ok()
end

test("the chassis' own", function()
  local mc = bmc "server-1u"
  local reply = expect_cc(mc:cmd(0x00, 0x00))
  local r = capabilities(mc)
  for bit, title in pairs { [0] = "Intrusion sensor", "Front Panel Lockout",
                            "Diagnostic Interrupt", "Power interlock" } do
    r:says(("^%s +: %s$"):format(title, reply[1] >> bit & 1 == 1 and "provided" or "not provided"))
  end
  r:says("^SDR Device Address +: 20h *$")
end)

test("each address is where it belongs", function()
  local mc = bmc "server-1u"
  mc:answer(0x00, 0x00, { data = hex "08 24 22 26 28 2a" })
  local r = capabilities(mc)
  r:says("^Intrusion sensor +: not provided$")
  r:says("^Power interlock +: provided$")
  r:says("^FRU Info Device Address +: 24h *$")
  r:says("^SDR Device Address +: 22h *$")
  r:says("^SEL Device Address +: 26h *$")
  r:says("^Sys Mgmt Device Address +: 28h *$")
  r:says("^Bridge Device Address +: 2Ah *$")
end)
