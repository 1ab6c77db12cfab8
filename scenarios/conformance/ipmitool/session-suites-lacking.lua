-- Suites that ipmitool asks for and does not have: it ends itself, and the BMC goes on.
-- IPMI v2.0, 13.28, table 22-20.
tags("client", "session")

local without = {
  [4] = "no xRC4", [5] = "no xRC4", [9] = "no xRC4", [10] = "no xRC4", [13] = "no xRC4",
  [14] = "no xRC4", [11] = "no integrity by MD5-128", [12] = "no integrity by MD5-128",
}

for suite, what in pairs(without) do
  test("suite " .. suite, { xfail = "ipmitool has " .. what .. ", and an assertion of its own "
       .. "ends it" }, function()
    local mc = bmc "server-1u"
    local r = mc:ipmitool("mc info", { suite = suite, args = { "-N", "1", "-R", "1" } })
    local answer = trace:expect { payload = "rakp 4" }
    expect_eq(packet.parse_rakp4(answer.data).status, 0x00, "the BMC has let it in")
    mc:connect { suite = suite }:close()
    r:ok()
  end)
end
