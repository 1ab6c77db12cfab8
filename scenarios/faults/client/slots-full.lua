-- Every session of the BMC is taken: a client says so, and does not call it a wrong
-- password; when a place is free it gets in. (slots-exhausted)
tags("client", "slots")

local function full()
  local b = bmc "server-1u"
  local open = {}
  repeat
    local c = b:console { privilege = "user", name_only = true }
    local ok = c:try_open()
    if ok then open[#open + 1] = c end
  until not ok
  return b, open
end

local clients = {
  ipmitool = function(b, o) return b:ipmitool("mc guid", o) end,
  FreeIPMI = function(b, o) return b:freeipmi("bmc-info", "--get-device-guid", o) end,
  ipmipower = function(b, o) return b:ipmipower("--stat", o) end,
}
local words = { ipmitool = "insufficient resources", FreeIPMI = "BMC busy", ipmipower = "BMC busy" }
local words15 = { ipmitool = "No session slot available", FreeIPMI = "BMC busy", ipmipower = "BMC busy" }

for name, client in pairs(clients) do
  test(name, function()
    local b, open = full()
    client(b, { args = { "-N", "1", "-R", "1" } }):says(words[name])
    client(b, { lan15 = "md5", args = { "-N", "1", "-R", "1" } }):says(words15[name])
    open[1]:close()
    client(b):ok()
  end)
end
