-- What becomes of the host when mains power comes back is what the power restore
-- policy says, and how it was before. IPMI v2.0, 28.2, 28.8, 28.11.
tags("chassis", "host")
only_lab()

local OFF, PREVIOUS, ALWAYS = 0, 1, 2
local AC_FAILED = 0x01

local function fail_and_return(chassis)
  chassis:mains(false)
  sleep "5s"
  chassis:mains(true)
  sleep "3s"
end

local function status(bmc)
  local reply = expect_cc(bmc:cmd(0x00, 0x01))
  return reply[1], reply[2]
end

for _, row in ipairs {
  { policy = OFF, was = "on", becomes = "off" },
  { policy = OFF, was = "off", becomes = "off" },
  { policy = PREVIOUS, was = "on", becomes = "on", cause = 0x07 },
  { policy = PREVIOUS, was = "off", becomes = "off" },
  { policy = ALWAYS, was = "on", becomes = "on", cause = 0x06 },
  { policy = ALWAYS, was = "off", becomes = "on", cause = 0x06 },
} do
  test(("policy %d, and the host was %s: it is %s"):format(row.policy, row.was, row.becomes),
       function()
    local bmc = bmc "server-1u"
    local host = bmc.chassis.host
    expect_cc(bmc:cmd(0x00, 0x06, { row.policy }))
    host:power(row.was)
    host:wait(row.was)
    fail_and_return(bmc.chassis)
    expect_eq(host:state(), row.becomes)
    local power, event = status(bmc)
    expect_eq(power & 1, row.becomes == "on" and 1 or 0, "Get Chassis Status has it")
    expect_eq(power >> 5 & 3, row.policy, "the policy is kept")
    expect_eq(event & AC_FAILED, AC_FAILED, "the last power event: mains power failed")
    if row.cause then
      expect_eq(expect_cc(bmc:cmd(0x00, 0x07))[1], row.cause, "System Restart Cause")
    end
  end)
end

test("while it is gone nothing answers, and the host cannot be switched on", function()
  local bmc = bmc "server-1u"
  local session = bmc:connect()
  bmc.chassis:mains(false)
  expect_eq(bmc.chassis.host:state(), "off", "it is off at once")
  expect(not bmc.chassis.host:power "on")
  expect_eq(session:cmd(0x06, 0x01).cc, nil, "its session is not answered")
  trace:expect { link = "lan", direction = "to bmc", fate = "ignored" }
  bmc.chassis:mains(true)
  sleep "2s"
  expect_cc(bmc:connect():cmd(0x06, 0x01))
end)

test("what is volatile is gone, what is not is kept", function()
  local bmc = bmc "server-1u"
  local enables = expect_cc(bmc:cmd(0x06, 0x2f))[1]
  expect_cc(bmc:cmd(0x06, 0x2e, { enables ~ 0x01 }))
  local records = #bmc:sel()
  fail_and_return(bmc.chassis)
  expect_eq(expect_cc(bmc:cmd(0x06, 0x2f))[1], enables, "the global enables begin anew")
  expect(#bmc:sel() >= records, "the SEL is there")
end)

test("satellites go and come with it", function()
  local bmc = bmc "twin"
  local outsider = bmc.chassis:controller(0xb0)
  bmc.chassis:mains(false)
  bmc.chassis:mains(false)
  sleep "5s"
  expect_eq(outsider:ask(0x72, 0x06, 0x01).ended, "not acknowledged")
  bmc.chassis:mains(true)
  sleep "3s"
  expect_cc(outsider:ask(0x72, 0x06, 0x01))
end)
