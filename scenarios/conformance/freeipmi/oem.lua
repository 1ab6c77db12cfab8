-- ipmi-oem knows the commands of manufacturers; a BMC of none answers them C1h, and
-- ipmi-oem says that they are not supported. (Profiles of manufacturers have tests
-- of their own.)
tags("client", "ipmi-oem")

test("what it knows", function()
  need "ipmi-oem"
  local r = bmc "server-1u":freeipmi("ipmi-oem", "--list"):ok()
  for _, name in ipairs { "Dell", "Fujitsu", "IBM", "Intel", "Supermicro", "Sun" } do
    r:says("^OEM ID: " .. name .. "$")
  end
end)

test("commands that this BMC does not have", function()
  need "ipmi-oem"
  for _, words in ipairs { "supermicro reset-intrusion", "intel get-power-restore-delay",
                           "dell get-power-consumption-data", "fujitsu get-identify-led",
                           "quanta get-nic-mode" } do
    local mc = bmc "server-1u"
    local mark = trace:mark()
    mc:freeipmi("ipmi-oem", words):fails()
    trace:expect { answer = true, cc = 0xc1, since = mark }
  end
end)

test("names that are none", function()
  need "ipmi-oem"
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-oem", "nobody nothing"):fails("OEM Id 'nobody' unknown")
  mc:freeipmi("ipmi-oem", "dell nothing"):fails("unknown")
end)
