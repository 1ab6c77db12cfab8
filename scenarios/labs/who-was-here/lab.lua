-- Who was here? A lesson about a BMC that is open to everybody. Its README.md tells the learner
-- what to do.
--
--     ipmilab run lab.lua
tags "lab"

local CHANNEL = 1

-- ---- a BMC as it should not be ----

local server = bmc { name = "who-was-here", emu = 'include "server-1u.emu"\n', conf = [[
startlan 1
  addr 127.0.0.1 0
  priv_limit admin
  max_sessions 8
  cipher_suite_0 true
  allowed_auths_callback none md5
  allowed_auths_user none md5
  allowed_auths_operator md5
  allowed_auths_admin md5
endlan
user 1 true "" "" user 10
user 2 true "ADMIN" "ADMIN" admin 10
user 3 true "svc" "svc" admin 10
user 4 true "monitor" "only-looks" admin 10
]] }

-- ---- somebody who is in, and comes back ----

spawn(function()
  local stranger = server:console { user = "svc", password = "svc", timeout = "200ms", retries = 1 }
  while true do
    if stranger:try_open() then
      while stranger:cmd(0x06, 0x01).cc == 0 do sleep(10) end
    end
    sleep(5)
  end
end)

sleep("40m")

-- ---- what there is to see ----

local function user_access(user)
  local r = server:cmd(0x06, 0x44, { CHANNEL, user })
  return { privilege = r[4] & 0x0f, link = r[4] & 0x20 ~= 0, ipmi = r[4] & 0x10 ~= 0,
           enabled = r[2] >> 6 ~= 2 }
end

-- The number of a user of that name; nil: there is none.
local function user_of(name)
  for user = 2, 10 do
    local r = server:cmd(0x06, 0x46, { user })
    if r.cc == 0 and r.data:gsub("%z+$", "") == name then return user end
  end
end

local function may_log_in(user)
  local access = user_access(user)
  return access.enabled and access.ipmi and access.privilege >= 1 and access.privilege <= 5
end

local function has_password(user, password)
  local padded = password .. ("\0"):rep(16 - #password)
  return server:cmd(0x06, 0x47, string.pack("BB", user, 3) .. padded).cc == 0
end

-- The key K_g; nil while there is none.
local function channel_key()
  local r = server:cmd(0x06, 0x56, { CHANNEL, 0, 1 })
  local key = r.cc == 0 and r.data:sub(2) or ""
  return key:find("[^%z]") and key or nil
end

-- The highest privilege that cipher suite 0 may have; 0: none.
local function suite_0_privilege()
  local ids = server:lan_parameter(23)
  for i = 2, #ids do
    if ids:byte(i) == 0 then
      return server:lan_parameter(24):byte(2 + (i - 2) // 2) >> (i % 2 == 0 and 0 or 4) & 0x0f
    end
  end
  return 0
end

local function administrators()
  local count = 0
  for user = 2, 10 do
    if may_log_in(user) and user_access(user).privilege >= 4 then count = count + 1 end
  end
  return count
end

local function has_session(user)
  for index = 1, 8 do
    local r = server:cmd(0x06, 0x3d, { index })
    if r.cc == 0 and #r > 3 and r[4] & 0x3f == user then return true end
  end
  return false
end

-- ---- what is to be done ----

local lesson = lesson "Who was here?"

lesson:task { "See who has a session with this BMC besides you",
  seen = { { link = "lan", netfn = 0x06, cmd = 0x3d, answer = true, cc = 0x00 } },
  hints = { "A BMC tells of the sessions that are open: whose, and from which address.",
            "ipmitool ... session info all" } }

lesson:task { "Shut the stranger out for good: his user cannot log in any more, and his session is over",
  holds = function()
    local user = user_of "svc"
    if not user then return true end
    if may_log_in(user) and has_password(user, "svc") then return false, "The user svc can log in." end
    return not has_session(user), "The user is locked, but his session is still open."
  end,
  proof = function()
    return not server:lets_in { user = "svc", password = "svc", kg = channel_key() },
      "A log-in as svc succeeded."
  end,
  hints = { "Who only ends the session has him back in seconds: it is the user that must go.",
            "ipmitool ... user list 1 has the user of that session; ipmitool ... user help",
            "ipmitool ... user disable 3; this BMC ends his sessions with it.",
            "Where a session stays open, end it: raw 0x06 0x3c 0 0 0 0 HANDLE" } }

lesson:task { "Let nobody in without a name",
  holds = function()
    if not may_log_in(1) then return true end
    return not has_password(1, ""), "User 1, who has no name, can log in without a password."
  end,
  proof = function()
    return not server:lets_in { user = "", password = "", privilege = "user", kg = channel_key() },
      "A log-in without name and password succeeded."
  end,
  hints = { "The user without a name is always number 1.", "ipmitool ... user disable 1" } }

lesson:task { "Give ADMIN another password than the one that stands in every manual",
  holds = function()
    local user = user_of "ADMIN"
    return not user or not has_password(user, "ADMIN"), "ADMIN's password is ADMIN."
  end,
  proof = function()
    return not server:lets_in { user = "ADMIN", password = "ADMIN", kg = channel_key() },
      "A log-in with the old password succeeded."
  end,
  wrong = function()
    return administrators() == 0 and "Nobody can administer this BMC any more, you neither."
  end,
  hints = { "ipmitool ... user set password 2 NEW; from then on your own commands need -P NEW." } }

lesson:task { "Let monitor look, and do nothing else",
  holds = function()
    local user = user_of "monitor"
    if not user or not may_log_in(user) then return false, "monitor cannot log in, and should." end
    return user_access(user).privilege <= 2, "monitor is more than a user."
  end,
  proof = function()
    return not server:lets_in { user = "monitor", password = "only-looks", privilege = "operator",
                                kg = channel_key() }, "monitor got the operator's privilege."
  end,
  hints = { "Each user has a privilege limit on each channel.", "ipmitool ... user priv 4 2 1" } }

lesson:task { "Close cipher suite 0: with it anybody is an administrator who knows a name",
  holds = function()
    return suite_0_privilege() == 0, "Cipher suite 0 is open."
  end,
  proof = function()
    return not server:lets_in { user = "monitor", password = "wrong", suite = 0, privilege = "user" },
      "A log-in with cipher suite 0 and a wrong password succeeded."
  end,
  hints = { "Try it: ipmitool -C 0 and any password.",
            "ipmitool ... lan print 1 shows the suites, and below them the privilege of each.",
            "ipmitool ... lan set 1 cipher_privs: a letter for each suite, in their order; X is none." } }

lesson:task { "Let nobody use IPMI 1.5 without authentication",
  holds = function()
    local open_to = server:lan_parameter(2)
    for i = 1, 5 do
      if open_to:byte(i) & 1 == 1 then return false, "The type NONE is enabled for a privilege level." end
    end
    return true
  end,
  proof = function()
    return not server:lets_in { user = "monitor", password = "wrong", lan15 = "none", privilege = "user" },
      "A log-in with the type NONE and a wrong password succeeded."
  end,
  hints = { "ipmitool ... lan print 1: Auth Type Enable.",
            "ipmitool ... lan set 1 auth CALLBACK MD5, and what else has NONE" } }

lesson:task { "Set the key K_g, without which no log-in by RMCP+ succeeds",
  holds = function() return channel_key() ~= nil, "There is no K_g." end,
  proof = function()
    return not server:lets_in { user = "monitor", password = "only-looks", privilege = "user" },
      "A log-in without K_g succeeded."
  end,
  hints = { "It is a second key, of the BMC instead of a user: do this last.",
            "ipmi-config --commit --key-pair=\"Lan_Conf_Security_Keys:K_G=SECRET\" (FreeIPMI); or Set Channel "
            .. "Security Keys, ipmitool ... raw 0x06 0x56 1 1 1, and twenty octets.",
            "From then on your own commands need -k SECRET." } }

lesson:teach(server)
