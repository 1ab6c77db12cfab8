-- ipmi-sel deletes entries and clears the log; what it says is what the BMC has
-- then. IPMI v2.0, 31.8, 31.9.
tags("client", "ipmi-sel")

local function ids(mc)
  local list = {}
  for i, entry in ipairs(mc:sel()) do list[i] = entry.id end
  return list
end

local function sel(mc, words) return mc:freeipmi("ipmi-sel", "--quiet-cache " .. words) end

test("one, several, and a range", function()
  local mc = bmc "server-1u"
  sel(mc, "--delete=2"):ok()
  expect_eq(ids(mc), { 1, 3, 4, 5, 6, 7, 8 })
  sel(mc, "--delete=1,8"):ok()
  expect_eq(ids(mc), { 3, 4, 5, 6, 7 })
  sel(mc, "--delete-range=4-6"):ok()
  expect_eq(ids(mc), { 3, 7 })
end)

test("one that is not there", function()
  local mc = bmc "server-1u"
  sel(mc, "--delete=77"):fails("ipmi_sel_delete_sel_entry: not found")
  trace:expect { "Delete SEL Entry", answer = true, cc = 0xcb }
  expect_eq(#ids(mc), 8)
end)

test("all, at once or after a look", function()
  local mc = bmc "server-1u"
  sel(mc, "--clear"):ok()
  expect_eq(mc:sel_info().entries, 1, "only that it was cleared")
  mc:sel_add(hex "00 00 02 00 00 00 00 20 00 04 01 01 01 59 2d 2b")
  sel(mc, "--post-clear"):ok():says("Inlet Temp")
  expect_eq(mc:sel_info().entries, 1)
  sel(mc, ""):ok():says("^1 +| .* | SEL +| Event Logging Disabled +| Log Area Reset/Cleared$")
end)

test("an operator may, a user may not", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-sel", "--clear", { privilege = "user" }):fails("ipmi_sel_clear_sel")
  trace:expect { "Clear SEL", answer = true, cc = 0xd4 }
  expect_eq(#ids(mc), 8)
  mc:freeipmi("ipmi-sel", "--clear", { privilege = "operator" }):ok()
end)
