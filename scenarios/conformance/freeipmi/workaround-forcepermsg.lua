-- A BMC that says it takes unsigned packets, and then does not: with
-- "forcepermsg" FreeIPMI signs them all the same. IPMI v2.0, 22.13, 6.11.4.
tags("client", "workaround")

test("per-message authentication is off, it says", function()
  local mc = bmc "server-1u"
  mc:command(0x06, 0x38, function(request)
    local reply = request.original()
    local data = { reply.data:byte(1, -1) }
    data[3] = data[3] | 0x10
    return reply.cc, data
  end)
  mc:command(0x06, 0x3a, function(request)            -- Activate Session
    local reply = request.original()
    return reply.cc, "\0" .. reply.data:sub(2)
  end)
  mc:freeipmi("bmc-info", "--get-device-id --session-timeout=500 --retransmission-timeout=150",
              { lan15 = "md5" }):fails("session timeout")
  trace:expect { "Set Session Privilege Level", direction = "to bmc", fate = "ignored" }
  mc:freeipmi("bmc-info", "--get-device-id -W forcepermsg", { lan15 = "md5" }):ok()
end)
