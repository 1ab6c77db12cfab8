-- ipmiutil sol -d ends a console that is another session's.
tags("client", "sol")

test("there is none to be ended", function()
  bmc "server-1u":ipmiutil "sol -d":fails()
  trace:expect { "Deactivate Payload", direction = "from bmc", cc = 0x80 }
end)

test("one that there is, is ended", function()
  local mc = bmc "server-1u"
  local session = mc:wire():session()
  expect_cc(session:cmd(0x06, 0x48, { 1, 1, 0xc0, 0, 0, 0 }))
  mc:ipmiutil "sol -d":ok()
  expect_eq(expect_cc(session:cmd(0x06, 0x4a, { 1 })):le(2, 2), 0, "no instance is active")
end)
