-- "sel delete" forgets entries, one or several. IPMI v2.0, 31.8.
tags("client", "sel")

local function ids(mc)
  local list = {}
  for i, entry in ipairs(mc:sel()) do list[i] = entry.id end
  return list
end

test("those that are named, and no other", function()
  local mc = bmc "server-1u"
  local before = ids(mc)
  mc:ipmitool(("sel delete %d %d"):format(before[2], before[4])):ok():says "^Deleted entry"
  table.remove(before, 4)
  table.remove(before, 2)
  expect_eq(ids(mc), before)
end)

test("one that there is not", function()
  local mc = bmc "server-1u"
  local before = ids(mc)
  mc:ipmitool("sel delete 0x7777"):fails "Unable to delete entry 30583"
  trace:expect { "Delete SEL Entry", cc = 0xcb, link = "clear" }
  expect_eq(ids(mc), before)
end)
