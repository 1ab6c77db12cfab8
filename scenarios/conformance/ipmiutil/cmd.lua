-- ipmiutil cmd carries any request to the BMC, and shows the octets of the answer.
tags("client", "raw")

test("the answer's octets are shown", function()
  local mc = bmc "server-1u"
  local r = mc:ipmiutil "cmd 00 20 00 01":ok()
  local wanted = expect_cc(mc:cmd(0x00, 0x01))
  local shown = r:says "respData%[len=%d+%]: ([%x ]+)"
  expect_eq(hex(shown), wanted.data)
end)

test("a completion code is shown", function()
  local r = bmc "server-1u":ipmiutil "cmd 00 20 18 ff"
  expect_match(r.output, "[cC]1")
  trace:expect { netfn = 7, cmd = 0xff, cc = 0xc1 }
end)
