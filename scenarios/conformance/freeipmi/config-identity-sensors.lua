-- The same of sensors, all at once: thresholds, hysteresis and the events that
-- are enabled come back as they were.
tags("client", "ipmi-config")

for _, machine in ipairs { "server-1u", "server-2s" } do
  test(machine, function()
    local mc = bmc(machine)
    local function config(...)
      return mc:freeipmi("ipmi-config", { "--category=sensors", "--filename=sensors", ... },
                         { privilege = "admin" })
    end
    config("--checkout"):ok()
    local before = run({ "cat", "sensors" }).stdout
    expect(select(2, before:gsub("\nEndSection", "")) > 30)
    config("--commit"):ok()
    expect_eq(config("--diff").output, "")
    run({ "mv", "sensors", "before" }):ok()
    config("--checkout"):ok()
    expect_eq(run({ "cat", "sensors" }).stdout, before)
  end)
end
