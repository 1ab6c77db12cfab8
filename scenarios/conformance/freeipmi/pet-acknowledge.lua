-- ipmi-pet acknowledges a trap at the BMC: the sequence number, the time and the
-- event are those of the trap; no session is needed. IPMI v2.0, 17.17.
tags("client", "ipmi-pet")

local trap = "65801 01 70 41 20 1b 6c 3a 9d 0e 4b c4 51 7a 2d 8e 0f 00 01 34 aa dc 80 ff ff "
  .. "20 20 10 20 01 37 01 59 2e 2b 00 00 00 00 00 ff 00 00 7e d9 01 01 c1"

for name, how in pairs { ["IPMI 1.5"] = { lan15 = "none" }, ["RMCP+"] = { suite = 3 } } do
  test(name, function()
    local mc = bmc "server-1u"
    mc:freeipmi("ipmi-pet", "--pet-acknowledge " .. trap, how):ok()
    local asked = trace:expect { "PET Acknowledge", answer = false }
    expect_eq(asked.data:sub(1, 2), hex "01 00", "the trap's sequence number, least octet first")
    expect_eq(asked.data:sub(3, 6), hex "80 dc aa 34", "its time, least octet first")
    expect_eq(asked.data:sub(7), hex "20 20 01 59 2e 2b", "source, sensor and event")
    trace:expect { "PET Acknowledge", answer = true, cc = 0 }
  end)
end
