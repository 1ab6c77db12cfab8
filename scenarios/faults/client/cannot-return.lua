-- CAh over eight, or sixteen, octets: a client asks for less and has everything in
-- the end. (ca-cannot-return)
tags("client", "sdr", "fru")

local function narrow(cmd, place, room)
  local b = bmc "server-1u"
  b:command(0x0a, cmd, function(request)
    if request[place] > room then return 0xca end
    return request.original()
  end)
  return b
end

for _, room in ipairs { 8, 16 } do
  test(("ipmitool: Get SDR, %d"):format(room), function()
    expect(#narrow(0x23, 6, room):ipmitool("sdr list"):ok():table() > 40)
  end)

  test(("FreeIPMI: Get SDR, %d"):format(room), function()
    local b = narrow(0x23, 6, room)
    local r = b:freeipmi("ipmi-sensors", "--quiet-cache")
    expect(#r:ok():table() > 40)
  end)

  test(("ipmitool: Read FRU Data, %d"):format(room), function()
    narrow(0x11, 4, room):ipmitool("fru print 0"):ok():says("Product Serial +: SN1U000417")
  end)
end

test("FreeIPMI: Read FRU Data, 16", function()
  narrow(0x11, 4, 16):freeipmi("ipmi-fru", "--quiet-cache --device-id=0"):ok():says("SN1U000417")
end)

test("FreeIPMI: Read FRU Data, 8", function()
  local r = narrow(0x11, 4, 8):freeipmi("ipmi-fru", "--quiet-cache --device-id=0")
  trace:expect { "Read FRU Data", cc = 0xca }
  xfail "ipmi-fru never asks for fewer than 16 octets"
  r:ok()
end)
