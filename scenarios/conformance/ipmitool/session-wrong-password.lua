-- A wrong password, an unknown user, a user who is disabled: no session, exit status 1,
-- and nothing is asked. IPMI v2.0, 13.20 to 13.24, 22.16, 22.17.
tags("client", "session")

local quick = { "-N", "1", "-R", "1" }

local function try(mc, o)
  o.args = quick
  return mc:ipmitool("mc info", o)
end

test("over RMCP+", function()
  local mc = bmc "server-1u"
  for _, suite in ipairs { 3, 17 } do
    local r = try(mc, { suite = suite, password = "wrong" })
    expect_eq(r.status, 1)
    r:says "^Error: Unable to establish IPMI v2 / RMCP%+ session$"
    try(mc, { suite = suite, user = "nobody", password = "x" }):fails "Unable to establish"
  end
  expect_eq(packet.parse_rakp2(trace:frames { payload = "rakp 2" }[2].data).status, 0x0d,
            "unauthorized name")
  trace:none { "Get Device ID", link = "clear" }
end)

test("over IPMI 1.5 an unknown user", function()
  local mc = bmc "server-1u"
  try(mc, { lan15 = "md5", user = "nobody", password = "x" }):fails "Invalid user name"
  trace:expect { "Get Session Challenge", cc = 0x81, link = "lan" }
end)

test("a user who is disabled", function()
  local mc = bmc "server-1u"
  expect_cc(mc:cmd(0x06, 0x47, { 3, 0 }))
  try(mc, { user = "operator", password = "operator", privilege = "operator" }):fails()
  expect_cc(mc:cmd(0x06, 0x47, { 3, 1 }))
  try(mc, { user = "operator", password = "operator", privilege = "operator" }):ok()
end)
