-- Programs have had other names, and still go by them: they say the same.
tags("client")

for old, now in pairs {
  ["bmc-config"] = "core", ["ipmi-chassis-config"] = "chassis", ["ipmi-pef-config"] = "pef",
  ["pef-config"] = "pef", ["ipmi-sensors-config"] = "sensors",
} do
  test(old, { needs = old }, function()
    local mc = bmc "server-1u"
    local function list(program, words)
      return mc:freeipmi(program, words, { privilege = "admin" }):ok().stdout
    end
    local said = list("ipmi-config", "--quiet-cache --listsections --category=" .. now)
    expect_eq(list(old, "--quiet-cache --listsections"), said)
  end)
end

test("ipmi-power and ipmi-console", { needs = { "ipmi-power", "ipmi-console" } }, function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-power", "--stat"):ok():says(": on$")
  run({ "ipmi-console", "--version" }):ok():says("ipmiconsole")
end)
