-- "channel getciphers" shows the suites that a channel offers. IPMI v2.0, 22.15.
tags("client", "channel")

-- Suites of the BMC's list of records.
local function offered(mc)
  local octets, index = "", 0
  repeat
    local part = expect_cc(mc:cmd(0x06, 0x54, { 1, 0, 0x80 | index })).data:sub(2)
    octets, index = octets .. part, index + 1
  until #part < 16
  local list = {}
  for suite in octets:gmatch "\xc0(.)" do list[#list + 1] = suite:byte() end
  return list
end

test("the first twelve of the BMC's, in their order", function()
  local mc = bmc "server-1u"
  local shown = {}
  for _, line in ipairs(mc:ipmitool("channel getciphers ipmi 1"):ok():lines()) do
    shown[#shown + 1] = tonumber(line:match "^(%d+) ")
  end
  expect_eq(shown, { table.unpack(offered(mc), 1, 12) })
end)

test("with the names of their algorithms", function()
  local mc = bmc "server-1u"
  for _, payload in ipairs { "ipmi", "sol" } do
    local r = mc:ipmitool(("channel getciphers %s 1"):format(payload)):ok()
    r:says "^3 +N/A +hmac_sha1 +hmac_sha1_96 +aes_cbc_128 *$"
    r:says "^17 +N/A +hmac_sha256 +sha256_128 +aes_cbc_128 *$"
  end
end)

test("all of them", { xfail = "ipmitool keeps twelve suites and forgets the others" }, function()
  local mc = bmc "server-1u"
  local list = mc:ipmitool("channel getciphers ipmi 1"):ok():lines()
  expect_eq(trace:expect { "Get Channel Cipher Suites", answer = true, link = "clear" }.cc, 0)
  expect_eq(#list - 1, #offered(mc))
end)
