-- ipmi-config refuses what it does not know before it asks, and tells what the BMC
-- refused; the rest is set all the same.
tags("client", "ipmi-config")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { ... }, { privilege = "admin" })
end

test("sections, keys, values and categories that are none", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "Nowhere:Nothing=1"):fails("Unknown section `Nowhere'")
  config(mc, "--commit", "-e", "Lan_Conf:Nothing=1"):fails("Unknown key `Nothing' in section `Lan_Conf'")
  config(mc, "--commit", "-e", "Lan_Conf:IP_Address=300.1.1.1")
    :fails("Invalid value '300%.1%.1%.1' for key 'IP_Address' in section 'Lan_Conf'")
  config(mc, "--category=none", "--checkout"):fails("invalid category 'none' specified")
  config(mc, "--checkout", "--section=Nowhere"):fails("Unknown section `Nowhere'")
  trace:none { netfn = 0x0c, cmd = 0x01 }
end)

test("a parameter that the BMC refuses, and one that it takes", function()
  local mc = bmc "server-1u"
  mc:command(0x0c, 0x01, function(request)
    if request[2] == 6 then return 0x82 end
    return request.original()
  end)
  local r = config(mc, "--commit", "-e", "Lan_Conf:Subnet_Mask=255.0.0.0",
                   "-e", "Lan_Conf:Default_Gateway_IP_Address=192.0.2.7")
  expect_ne(r.status, 0)
  r:says("Lan_Conf:Subnet_Mask")
  expect_eq(mc:lan_parameter(12), hex "c0 00 02 07")
end)

test("without the privilege nothing is read or written", function()
  local mc = bmc "server-1u"
  local r = mc:freeipmi("ipmi-config", "--checkout --section=User2", { privilege = "user" })
  expect_ne(r.status, 0)
  trace:expect { answer = true, cc = 0xd4 }
end)

test("differences are told", function()
  local mc = bmc "server-1u"
  local r = config(mc, "--diff", "-e", "Lan_Conf:IP_Address=1.2.3.4",
                   "-e", "Lan_Conf:Subnet_Mask=255.255.255.0")
  expect_eq(r.output, "Lan_Conf:IP_Address - input=`1.2.3.4':actual=`192.0.2.11'\n")
end)
