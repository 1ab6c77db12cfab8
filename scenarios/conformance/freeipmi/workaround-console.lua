-- ipmiconsole looks at what the BMC says of its console: sizes, port, who has it,
-- which payloads there are. It refuses what cannot be, unless told to believe.
tags("client", "ipmiconsole", "workaround")

-- Activate Payload's answer: 4 octets, sizes in and out, port, VLAN.
local function activate(mc, change)
  mc:command(0x06, 0x48, function(request)
    local reply = request.original()
    local data = { reply.data:byte(1, -1) }
    if reply.cc == 0 then change(data) end
    return reply.cc, data
  end)
end

local function needs(flag, words, prepare)
  test(flag, function()
    local mc = bmc "server-1u"
    prepare(mc)
    mc:ipmiconsole():expect(words, 20)
    mc:chassis_status()
    local console = mc:ipmiconsole("-W " .. flag)
    console:expect("SOL established", 20)
    console:write("&."):expect("closing the connection")
  end)
end

needs("solpayloadsize", "BMC Implementation", function(mc)
  activate(mc, function(data) data[5], data[6], data[7], data[8] = 0, 0, 0, 0 end)
end)
needs("solchannelsupport", "SOL unavailable", function(mc)
  mc:answer(0x06, 0x4e, { data = hex "00 00 00 00 00 00 00 00" })
end)
needs("solstatus", "BMC", function(mc) mc:answer(0x06, 0x4a, { cc = 0xff }) end)

test("another port than that of the session", function()
  local mc = bmc "server-1u"
  activate(mc, function(data) data[9], data[10] = 0x34, 0x12 end)
  mc:ipmiconsole():expect("BMC Implementation")
end)

test("all flags at once", function()
  local console = bmc "server-1u":ipmiconsole("-W solpayloadsize,solport,solstatus,solchannelsupport,"
    .. "serialalertsdeferred,solpacketseq,authcap")
  console:expect("SOL established")
  console:write("\r"):expect("login: ", 30)
  console:write("&."):expect("closing the connection")
end)
