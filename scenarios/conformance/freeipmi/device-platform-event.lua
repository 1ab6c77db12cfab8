-- An event that bmc-device hands to the BMC is logged as any other. With a
-- generator of its own it is for the system interface alone. IPMI v2.0, 29.3.
tags("client", "bmc-device")

local function last(mc)
  local list = mc:sel()
  return list[#list]
end

test("an event, asserted and deasserted", function()
  local mc = bmc "server-1u"
  for word, deasserted in pairs { assertion = false, deassertion = true } do
    mc:freeipmi("bmc-device", { "--platform-event=0x04 0x01 0x04 0x01 " .. word
                                .. " 0x57 0x28 0x26" }):ok()
    local entry = last(mc)
    expect_eq({ entry.sensor_type, entry.sensor, entry.event_type, entry.deasserted },
              { 0x01, 0x04, 0x01, deasserted })
    expect_eq(entry.data, { 0x57, 0x28, 0x26 })
  end
end)

test("a generator's own number is refused over LAN", function()
  local mc = bmc "server-1u"
  local before = mc:sel_info().entries
  mc:freeipmi("bmc-device", { "--platform-event=0x41 0x04 0x01 0x04 0x01 assertion 0x57 0x28 0x26" })
    :fails("command invalid or unsupported")
  trace:expect { "Platform Event Message", answer = true, cc = 0xc7 }
  expect_eq(mc:sel_info().entries, before)
end)
