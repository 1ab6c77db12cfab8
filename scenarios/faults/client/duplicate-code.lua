-- A BMC that answers a retransmission with CFh, duplicated request, did the first
-- one: a client keeps waiting for the answer to that. (cfh-duplicate) IPMI v2.0, 5.2.
tags("client", "retry")

-- The first answer takes 1.3 s; what comes meanwhile is answered with CFh.
test("ipmitool", function()
  local b, n = bmc "server-1u", 0
  b:command(0x00, 0x01, function(request)
    n = n + 1
    if n == 1 then return later("1300ms", request.original()) end
    return 0xcf
  end)
  b:ipmitool("chassis power status", { args = { "-N", "1", "-R", "3" } }):ok():says("is on")
end)
