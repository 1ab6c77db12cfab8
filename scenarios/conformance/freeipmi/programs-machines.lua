-- FreeIPMI has nothing to complain of in any shipped machine: its records, sensors,
-- inventories and log are as the specification has them.
tags("client", "machines")

for _, machine in ipairs { "server-1u", "server-2s", "twin", "shelf" } do
  test(machine, function()
    local mc = bmc(machine)
    local function ask(program, words)
      return mc:freeipmi(program, words, { privilege = "operator" }):ok()
               :lacks("[Uu]nrecognized"):lacks("Error:"):lacks("[Ii]nvalid"):lacks("[Uu]nknown")
    end
    local sensors = ask("ipmi-sensors", "--quiet-cache --bridge-sensors"):table(true)
    expect(#sensors > 20, "there are sensors")
    ask("ipmi-sensors", "--quiet-cache -vv")
    expect_match(ask("ipmi-fru", "--quiet-cache --bridge-fru -v").stdout, "FRU Product Name: %S")
    expect_eq(#ask("ipmi-sel", "--quiet-cache --no-header-output"):table(), #mc:sel())
    ask("ipmi-sensors", "--sdr-info")
  end)
end
