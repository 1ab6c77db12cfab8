-- ipmiutil sel lists what the log has, oldest or newest first.
tags("client", "sel")

test("each record is there, with its sensor", function()
  local mc = bmc "server-1u"
  local r = mc:ipmiutil "sel":ok()
  for _, entry in ipairs(mc:sel()) do
    r:says(("^%04x "):format(entry.id))
  end
  r:says(("%%(Used=%d, Free=%d%%)"):format(mc:sel_info().entries, mc:sel_info().free // 16))
end)

test("-l gives the newest, backwards", function()
  local mc = bmc "server-1u"
  local lines = {}
  for _, line in ipairs(mc:ipmiutil "sel -l2":ok():lines()) do
    if line:find "^%x%x%x%x %d" then lines[#lines + 1] = tonumber(line:sub(1, 4), 16) end
  end
  local log = mc:sel()
  expect_eq(lines, { log[#log].id, log[#log - 1].id })
end)
