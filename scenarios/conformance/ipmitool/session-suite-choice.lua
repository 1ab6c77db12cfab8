-- Left to choose, ipmitool takes 17 where it is offered, else 3. IPMI v2.0, 22.15.
tags("client", "session")

local function chosen(mc)
  local r = packet.parse_open_response(trace:expect { payload = "open session response" }.data)
  return r.auth
end

test("17 where there is 17", function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc info", { args = { "-v" } }):ok():says "Using best available cipher suite 17"
  expect_eq(chosen(mc), 3, "HMAC-SHA256")
end)

test("3 where there is none better", function()
  local mc = bmc "server-1u"
  mc:answer(0x06, 0x54, { data = hex "01 c0 01 01 c0 02 01 41 c0 03 01 41 81" })
  mc:ipmitool("mc info", { args = { "-v" } }):ok():says "Using best available cipher suite 3"
  expect_eq(chosen(mc), 1, "HMAC-SHA1")
end)

test("a suite that there is not", function()
  local mc = bmc "server-1u"
  mc:ipmitool("mc info", { suite = 18 }):fails "Unsupported cipher suite ID : 18"
  trace:none { payload = "open session request" }
end)
