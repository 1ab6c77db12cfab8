-- ipmiutil health -g shows the system's GUID.
tags("client", "health")

test("the GUID is the system's", function()
  local mc = bmc "server-1u"
  local shown = mc:ipmiutil "health -g":ok():says "System GUID +[:=] +([%x%- ]+)"
  local digits = shown:gsub("[^%x]", ""):lower()
  local octets = {}
  for octet in mc:system_guid():gmatch "." do octets[#octets + 1] = ("%02x"):format(octet:byte()) end
  expect_eq(#digits, 32, "sixteen octets")
  table.sort(octets)
  local seen = {}
  for pair in digits:gmatch "%x%x" do seen[#seen + 1] = pair end
  table.sort(seen)
  expect_eq(seen, octets, "the same octets, in the order that this client likes")
end)
