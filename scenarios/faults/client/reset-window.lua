-- A client that begins while the BMC is away keeps trying, and is in when it is
-- back. (reboot-midsession)
tags("client", "reset")

local function away()
  local b = bmc "server-1u"
  b:listen()
  b:pull_out()
  spawn(function()
    sleep "600ms"
    b:put_back()
  end)
  return b
end

test("FreeIPMI", function()
  away():freeipmi("bmc-info", "--get-device-guid --retransmission-timeout=200 --session-timeout=5000"):ok()
end)

test("ipmitool", function()
  away():ipmitool("mc guid", { args = { "-N", "1", "-R", "3" } }):ok()
end)

test("ipmipower", function()
  away():ipmipower("--stat --retransmission-timeout=200 --session-timeout=5000"):ok():says(": on$")
end)
