-- Every program of FreeIPMI asks several BMCs at once, and says which said what.
tags("client", "hosts")

local function three() return bmc "server-1u", bmc "server-1u", bmc "twin" end

test("each line is told by its host", function()
  local a, b, c = three()
  local r = a:freeipmi("bmc-info", "--get-device-guid", { with = { b, c } }):ok()
  expect_eq(#r:lines(), 3)
  for _, mc in ipairs { a, b, c } do
    r:says(("^127%%.0%%.0%%.1:%d: %%x+%%-"):format(mc:login().port))
  end
end)

test("or in one piece, in which ever order they came", function()
  local a, b, c = three()
  local text = a:freeipmi("ipmi-chassis", "--get-system-restart-cause --buffer-output",
                          { with = { b, c } }):ok().stdout
  expect_eq(select(2, text:gsub("%-+\n127%.0%.0%.1:%d+\n%-+\nRestart cause : unknown\n", "")), 3)
end)

test("or those together that say the same", function()
  local a, b, c = three()
  a:sensor("Intrusion"):state(0)
  local text = a:freeipmi("ipmi-chassis", "--get-chassis-status --consolidate-output",
                          { with = { b, c } }):ok().stdout
  expect_eq(select(2, text:gsub("System Power", "")), 2, "one with its lid open, and two")
end)

test("one after the other", function()
  local a, b, c = three()
  local r = a:freeipmi("ipmi-sel", "--info --fanout=1", { with = { b, c } }):ok()
  local seen = {}
  for _, line in ipairs(r:lines()) do
    local port = line:match("^127%.0%.0%.1:(%d+): SEL version")
    if port then seen[#seen + 1] = tonumber(port) end
  end
  expect_eq(seen, { a:login().port, b:login().port, c:login().port })
end)

test("one that fails, and the others", function()
  local a, b, c = three()
  b:answer(0x06, 0x01, { cc = 0xff })
  local r = a:freeipmi("bmc-info", "--get-device-id", { with = { b, c } })
  expect_ne(r.status, 0)
  r:says(("^127%%.0%%.0%%.1:%d: ipmi_cmd_get_device_id: bad completion code$"):format(b:login().port))
  expect_eq(select(2, r.output:gsub("Device ID  ", "")), 2)
end)
