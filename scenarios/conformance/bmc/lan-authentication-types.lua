-- No authentication type is enabled that is not supported, and what is offered
-- before a session is what is enabled. IPMI v2.0, 22.13, 23.2.
tags "lan-parameters"

test("support, enables and Get Channel Authentication Capabilities agree", function()
  local bmc = target()
  local session = bmc:connect()
  local function get(number) return session:cmd(0x0c, 0x02, { 0x0e, number, 0, 0 }).data:sub(2) end
  local support, enables = get(1):byte(), get(2)
  for level = 1, 5 do
    local enabled = enables:byte(level) & 0x3f
    expect_eq(enabled & ~support, 0, ("level %d has only what is supported"):format(level))
  end
  for level = 1, 4 do
    local offered = expect_cc(bmc:wire():cmd(0x06, 0x38, { 0x0e, level }))[2] & 0x3f
    expect_eq(offered, enables:byte(level) & 0x37, ("level %d is offered what is enabled")
                                                     :format(level))
  end
end)
