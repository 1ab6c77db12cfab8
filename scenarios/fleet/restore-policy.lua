-- When mains power comes back to a rack each server does as its restore policy says: stays off, comes
-- back as it was, or starts. IPMI v2.0, 28.8.
tags("fleet", "power")

local policies = { "always-off", "previous", "always-on" }

local function machine(policy, was)
  return { name = policy .. " " .. was, emu = ([[
mc_setbmc 0x20
mc_add 0x20 0x20 no-device-sdrs 1 1 0 0xbf 32473 1
power_policy %s
host_power %s
mc_enable 0x20
]]):format(policy, was) }
end

test("30 servers with three policies come back as they should", function()
  local rack = {}
  for n = 1, 30 do
    local policy, was = policies[n % 3 + 1], n % 2 == 0 and "on" or "off"
    rack[n] = { bmc = bmc(machine(policy, was)), policy = policy, was = was }
  end
  sleep(60)
  for n, server in ipairs(rack) do
    local want = server.policy == "always-on" or server.policy == "previous" and server.was == "on"
    expect_eq(server.bmc:chassis_status().power, want,
              ("number %d, %s, was %s"):format(n, server.policy, server.was))
    expect_eq(server.bmc:chassis_status().policy, server.policy)
  end
end)
