-- ipmi-chassis switches the host: what is asked for is what happens to it, and
-- the cause is remembered. IPMI v2.0, 28.3, 28.11.
tags("client", "ipmi-chassis")

local function control(mc, what)
  return mc:freeipmi("ipmi-chassis", "--chassis-control=" .. what)
end

-- It is asked for, and the host does that first.
local function does(what, event)
  test(what, function()
    local mc = bmc "server-1u"
    local first
    mc:on("power", function(e) first = first or e.what end)
    control(mc, what):ok()
    wait_until(function() return first end, 10, "something happens to the host")
    expect_eq(first, event)
  end)
end

does("POWER-DOWN", "off")
does("POWER-CYCLE", "off")
does("HARD-RESET", "reset")
does("DIAGNOSTIC-INTERRUPT", "nmi")
does("SOFT-SHUTDOWN", "soft shutdown")

test("POWER-UP", function()
  local mc = bmc "server-1u"
  mc.chassis.host:power("off")
  mc.chassis.host:wait("off")
  control(mc, "POWER-UP"):ok()
  mc.chassis.host:wait("on")
  mc:freeipmi("ipmi-chassis", "--get-system-restart-cause"):ok()
    :says("^Restart cause : Chassis control command$")
end)

test("what is none is not sent, and a reset of a host that is off is refused", function()
  local mc = bmc "server-1u"
  control(mc, "EXPLODE"):fails("invalid value for chassis control")
  trace:none { netfn = 0x00, cmd = 0x02 }
  mc.chassis.host:power("off")
  mc.chassis.host:wait("off")
  control(mc, "HARD-RESET"):fails("bad completion code")
  trace:expect { "Chassis Control", answer = true, cc = 0xd5 }
end)
