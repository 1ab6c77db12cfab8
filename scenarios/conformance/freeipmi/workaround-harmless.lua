-- FreeIPMI's workaround flags allow more than the specification does; a BMC that
-- keeps to it works with each of them. intel20 and endianseq are not such: they
-- break the protocol, and the BMC lets nobody in that way.
tags("client", "workaround")

local function who(mc, flag, how)
  return mc:freeipmi("bmc-info", "--get-device-id -W " .. flag, how)
end

test("RMCP+", function()
  local mc = bmc "server-1u"
  for _, flag in ipairs { "none", "authcap", "nochecksumcheck", "opensesspriv",
                          "integritycheckvalue", "supermicro20", "sun20" } do
    who(mc, flag, { suite = 3 }):ok()
    who(mc, flag, { suite = 17 }):ok()
  end
end)

test("IPMI 1.5", function()
  local mc = bmc "server-1u"
  for _, flag in ipairs { "authcap", "nochecksumcheck", "idzero", "unexpectedauth",
                          "forcepermsg", "noauthcodecheck" } do
    who(mc, flag, { lan15 = "md5" }):ok()
    who(mc, flag, { lan15 = "straight" }):ok()
  end
end)

test("flags that break the protocol", function()
  local mc = bmc "server-1u"
  who(mc, "intel20", { suite = 3 }):fails("password invalid")
  who(mc, "endianseq --session-timeout=500 --retransmission-timeout=150", { lan15 = "md5" })
    :fails("session timeout")
  who(mc, "nonsense", { suite = 3 }):fails("invalid workaround flags")
end)
