-- Inventories of other controllers are read across the bus when that is asked
-- for; a user may not send anything there. IPMI v2.0, 22.7, 34.
tags("client", "ipmi-fru", "bridge")

local function print_fru(mc, words, privilege)
  return mc:freeipmi("ipmi-fru", "--quiet-cache " .. words, { privilege = privilege })
end

test("the nodes' own", function()
  local mc = bmc "twin"
  local r = print_fru(mc, "--bridge-fru", "operator"):ok()
  r:says("^FRU Inventory Device: Node A %(ID 00h%)$")
  r:says("FRU Board Serial Number: TWN0004501$")
  r:says("FRU Board Serial Number: TWN0004502$")
  trace:expect { "Read FRU Data", link = "ipmb", to = 0x72 }
end)

test("not unless it is asked for", function()
  print_fru(bmc "twin", "", "operator"):ok():lacks("TWN000450")
  trace:none { "Read FRU Data", link = "ipmb" }
end)

test("a user may not", function()
  print_fru(bmc "twin", "--bridge-fru", "user"):fails("error returned in callback")
  trace:expect { "Send Message", link = "lan", answer = true, cc = 0xd4 }
end)
