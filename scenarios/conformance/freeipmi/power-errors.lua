-- ipmipower tells for each host what went wrong, and ends with 1 then.
tags("client", "ipmipower", "errors")

local function fails(mc, how, words, options)
  local r = mc:ipmipower(how, options)
  expect_eq(r.status, 1)
  r:says(words)
end

test("log-ins", function()
  local mc = bmc "server-1u"
  for _, o in ipairs { { suite = 3 }, { suite = 17 }, { lan15 = "md5" } } do
    o.user = "nobody"
    fails(mc, "--stat", ": username invalid$", o)
  end
  fails(mc, "--stat", ": password invalid$", { password = "wrong" })
  fails(mc, "--stat --session-timeout=500 --retransmission-timeout=150",
        ": password verification timeout$", { password = "wrong", lan15 = "md5" })
  fails(mc, "--stat", ": k_g invalid$", { kg = "x" })
  fails(mc, "--stat", ": cipher suite id unavailable$", { suite = 0 })
  fails(mc, "--stat", ": privilege level cannot be obtained for this user$",
        { user = "monitor", password = "monitor", privilege = "admin" })
  fails(mc, "--off", "'off' requires atleast operator privilege",
        { user = "monitor", password = "monitor", privilege = "user" })
end)

-- It ends with 0 after a "BMC error".
local function refused(options, why)
  local mc = bmc "server-1u"
  for cc in pairs { [0xc0] = 1, [0xc1] = 1, [0xc7] = 1, [0xd4] = 1, [0xd5] = 1, [0xff] = 1 } do
    local answer = mc:answer(0x00, 0x01, { cc = cc })
    local r = mc:ipmipower("--stat", options)
    expect_eq(answer:struck(), 1, ("it is asked and answered %02Xh"):format(cc))
    if why then xfail(why) end
    r:says(": BMC error$")
    answer:remove()
  end
  mc:answer(0x00, 0x02, { cc = 0xd5 })
  fails(mc, "--off", ": operation invalid$", options)
end

test("refused commands, IPMI 1.5", function() refused { lan15 = "md5" } end)

test("refused commands, RMCP+", function()
  refused({ suite = 3 }, "ipmipower 1.6.10 prints nothing and ends with 0 when the BMC refuses a "
    .. "command in an RMCP+ session, where in one of IPMI 1.5 it tells")
end)

-- The BMC's answer is right: bmc-info takes the same, and ipmipower takes it when
-- it is told not to look at the code.
local function straight(password)
  local mc = bmc "server-1u"
  mc:set_user(5, "joe", password, "admin")
  local o = { user = "joe", password = password, lan15 = "straight" }
  mc:freeipmi("bmc-info", "--get-device-id", o):ok()
  mc:ipmipower("--stat -W noauthcodecheck", o):ok():says(": on$")
  return mc:ipmipower("--stat --session-timeout=900 --retransmission-timeout=300", o)
end

test("the password itself, of sixteen octets", function()
  straight("sixteen-letters1"):ok():says(": on$")
end)

test("the password itself, shorter", function()
  local r = straight("ADMIN")
  xfail("ipmipower 1.6.10 does not recognise a straight password of less than sixteen octets in "
    .. "an answer; other programs of FreeIPMI do, in the same")
  r:ok():says(": on$")
end)
