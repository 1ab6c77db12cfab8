-- What is for the managed system alone is refused to a remote console.
-- IPMI v2.0, appendix G.
tags "session"

local commands = {
  { 0x06, 0x2e, "Set BMC Global Enables", { 0x00 } },
  { 0x06, 0x30, "Clear Message Flags", { 0x00 } },
  { 0x06, 0x31, "Get Message Flags" },
  { 0x06, 0x33, "Get Message" },
  { 0x06, 0x35, "Read Event Message Buffer" },
}

for _, c in ipairs(commands) do
  test(c[3] .. " is refused in a session", function()
    expect_cc_of(target():wire():session():cmd(c[1], c[2], c[4]), { 0xd4, 0xc1 })
  end)
end
