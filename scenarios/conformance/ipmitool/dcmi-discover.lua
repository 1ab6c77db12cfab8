-- "dcmi discover" shows the DCMI capabilities. DCMI v1.5, 6.1.1.
tags("client", "dcmi")

test("what the BMC says it can", function()
  local mc = bmc "server-1u"
  local r = mc:ipmitool("dcmi discover"):ok()
  r:says "Power management available"
  r:says "In%-band KCS channel available"
  local log = mc:sel_info()
  r:says(("%d SEL entries"):format(log.entries + log.free // 16))
  r:says "Primary LAN channel number: 1 is available"
end)

test("a BMC without power management", function()
  local mc = bmc "server-1u"
  mc:command(0x2c, 0x01, { group = 0xdc }, function(request)
    local reply = request.original()
    if request[1] ~= 1 or reply.cc ~= 0 then return reply end
    return 0x00, reply.data:sub(1, 4) .. "\0" .. reply.data:sub(6)
  end)
  mc:ipmitool("dcmi discover"):ok():lacks "Power management available"
end)
