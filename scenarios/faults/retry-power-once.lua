-- A power cycle whose answer is lost, or which comes twice, happens once: a
-- second one would cut the machine off in the midst of its boot. (late-after-retry)
tags "retry"

local faults = {
  ["the answer is lost"] = { effect = "lose", direction = "from bmc", times = 3 },
  ["the answer is late"] = { effect = "delay", span = "1500ms", direction = "from bmc" },
  ["the request is doubled"] = { effect = "duplicate", direction = "to bmc", span = "700ms" },
}

for what, fields in pairs(faults) do
  for name, code in pairs { cycle = 2, reset = 3, off = 0 } do
    test(("power %s: %s"):format(name, what), function()
      local b = bmc "server-1u"
      local c = b:connect { timeout = 1 }
      local told = {}
      b.chassis:on("power", function(e) told[e.what] = (told[e.what] or 0) + 1 end)
      fields.on, fields.cmd = "lan", 0x02
      b:fault(fields)
      expect_cc(c:cmd(0x00, 0x02, { code }))
      sleep(30)
      expect_eq(told.off, name ~= "reset" and 1 or nil, "switched off once, or not at all")
      expect_eq(told.on, name == "cycle" and 1 or nil, "and on")
      expect_eq(told.reset, name == "reset" and 1 or nil, "reset once, or not at all")
    end)
  end
end
