-- ipmiutil health -g shows the system's GUID, octet by octet as it came.
tags("client", "health")

test("the GUID is the system's", function()
  local mc = bmc "server-1u"
  local shown = mc:ipmiutil "health -g":ok():says "System GUID +[:=] +([%x%- ]+)"
  expect_eq(hex((shown:gsub("[^%x]", ""))), mc:system_guid())
end)
