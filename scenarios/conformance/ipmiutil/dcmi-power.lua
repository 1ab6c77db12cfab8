-- ipmiutil dcmi power shows power, and limits it.
tags("client", "dcmi")

test("the power that the BMC measures", function()
  local mc = bmc "server-1u"
  local watts = mc:ipmiutil "dcmi power get":ok():says "Current Power: +(%d+) Watts"
  local now = expect_cc(mc:cmd(0x2c, 0x02, { 0xdc, 1, 0, 0 })):le(2, 2)
  expect(math.abs(now - watts) < 60, "about what it is now")
end)

test("a limit is kept, and active when that is said", function()
  local mc = bmc "server-1u"
  mc:ipmiutil "dcmi power set_limit 310":ok():says "Power limit applied"
  mc:ipmiutil "dcmi power activate":ok()
  local limit = expect_cc(mc:cmd(0x2c, 0x03, { 0xdc, 0, 0 }))
  expect_eq(limit:le(5, 2), 310)
  mc:ipmiutil "dcmi power deactivate":ok()
  expect_cc(mc:cmd(0x2c, 0x03, { 0xdc, 0, 0 }), 0x80, "it is not active")
end)
