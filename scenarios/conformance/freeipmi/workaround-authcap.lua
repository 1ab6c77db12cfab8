-- A BMC that says wrongly who may log in: FreeIPMI believes it and does not try,
-- unless told by "authcap" that such words mean nothing. IPMI v2.0, 22.13.
tags("client", "workaround")

-- Get Channel Authentication Capabilities says what is not so.
local function lie(mc, octet, value)
  mc:command(0x06, 0x38, function(request)
    local reply = request.original()
    local data = { reply.data:byte(1, -1) }
    data[octet] = value
    return reply.cc, data
  end)
end

local function needs_authcap(mc, how, words)
  mc:freeipmi("bmc-info", "--get-device-id", how):fails(words)
  mc:freeipmi("bmc-info", "--get-device-id -W authcap", how):ok():says("^Device ID +: 32$")
end

test("only anonymous users, it says", function()
  local mc = bmc "server-1u"
  lie(mc, 3, 0x01)
  needs_authcap(mc, { suite = 3 }, "username invalid")
  needs_authcap(mc, { lan15 = "md5" }, "username invalid")
end)

test("a K_g is wanted, it says", function()
  local mc = bmc "server-1u"
  lie(mc, 3, 0x24)
  needs_authcap(mc, { suite = 3 }, "k_g invalid")
end)

test("no MD5, it says", function()
  local mc = bmc "server-1u"
  lie(mc, 2, 0x80)
  needs_authcap(mc, { lan15 = "md5" }, "authentication type unavailable")
end)
