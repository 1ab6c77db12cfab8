-- A network may double a datagram. A second copy of a set-up answer has the tag of
-- the first: a correct client passes over it. (dup-rakp2)
tags("client", "login")

local answers = { ["open session"] = "Open Session Response", ["rakp 2"] = "RAKP 2",
                  ["rakp 4"] = "RAKP 4" }

local function doubled(payload)
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "duplicate", direction = "from bmc", payload = payload }
  return b
end

-- The BMC was asked once, and its answer came twice.
local function the_network_did_it(name)
  local frames = trace:frames { name }
  expect_eq(#frames, 2)
  expect_eq(frames[1].bytes, frames[2].bytes, "the second is a copy of the first")
end

for payload, name in pairs(answers) do
  test("ipmitool: " .. name, function()
    local b = doubled(payload)
    b:ipmitool("mc guid"):ok():says("System GUID")
    the_network_did_it(name)
  end)

  test("FreeIPMI: " .. name, function()
    local b = doubled(payload)
    local r = b:freeipmi("bmc-info", "--get-device-guid --session-timeout=2000")
    the_network_did_it(name)
    xfail("FreeIPMI takes a second copy of a set-up answer for a malformed answer and gives up, "
       .. "with the words ipmi_ctx_open_outofband_2_0: success")
    r:ok()
  end)
end

test("pyghmi: RAKP 2", function()
  local b = doubled "rakp 2"
  b:pyghmi("print(bmc.get_power())"):ok():says("'powerstate': 'on'")
  the_network_did_it "RAKP 2"
end)
