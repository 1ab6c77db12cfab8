-- What ipmi-config checks out can be committed, and is the same when it is checked
-- out again, section by section: what the BMC tells, it takes back.
tags("client", "ipmi-config")

local function config(mc, category, ...)
  return mc:freeipmi("ipmi-config", { "--category=" .. category, ... }, { privilege = "admin" })
end

-- "--section=..." for each section whose name matches.
local function sections(mc, category, pattern)
  local words = {}
  for _, line in ipairs(config(mc, category, "--listsections"):ok():lines()) do
    if line:find(pattern) then words[#words + 1] = "--section=" .. line end
  end
  expect(#words > 0)
  return words
end

-- fine is false where a key cannot be had: of authentication types the OEM one,
-- of suites a sixteenth.
local function identity(category, pattern, fine)
  test(("%s: %s"):format(category, pattern), function()
    local mc = bmc "server-1u"
    local words = sections(mc, category, pattern)
    local before = config(mc, category, "--checkout", table.unpack(words))
    expect_eq(before.status, fine == false and 1 or 0)
    expect_eq(select(2, before.stdout:gsub("EndSection", "")), #words)
    run({ "sh", "-c", "cat >config", input = before.stdout }):ok()
    config(mc, category, "--commit", "--filename=config"):ok()
    expect_eq(config(mc, category, "--checkout", table.unpack(words)).stdout, before.stdout)
    expect_eq(config(mc, category, "--diff", "--filename=config").output, "", "no difference")
  end)
end

identity("core", "^User%d$")
identity("core", "^Lan_Channel$")
identity("core", "^Lan6?_Conf$")
identity("core", "^Lan_Conf_Auth$", false)
identity("core", "^Lan_Conf_[SUM]")
identity("core", "^Rmcpplus_Conf_Privilege$", false)
identity("core", "^Serial_")
identity("core", "^SOL_Conf$")
identity("chassis", "_")
identity("dcmi", "_")
identity("pef", "^PEF_Conf$")
identity("pef", "^Community_String$")
identity("pef", "^Lan_Alert_Destination_%d$")
identity("pef", "^Alert_String_%d$")
identity("pef", "^Alert_Policy_%d+$")
identity("pef", "^Event_Filter_%d+$")
