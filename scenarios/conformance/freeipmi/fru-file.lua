-- ipmi-fru reads an inventory from a file as well, such as bmc-device has saved:
-- it prints the same of both.
tags("client", "ipmi-fru", "bmc-device")

test("a file says the same as the BMC", function()
  local mc = bmc "server-1u"
  for fru = 0, 2 do
    local file = ("fru%d.bin"):format(fru)
    mc:freeipmi("bmc-device", ("--read-fru=%s --device-id=%d"):format(file, fru)):ok()
    local from_file = run({ "ipmi-fru", "--fru-file=" .. file }):ok().stdout
    local from_bmc = mc:freeipmi("ipmi-fru", ("--quiet-cache -e %d"):format(fru)):ok().stdout
    expect_eq(from_file:match("\n.*$"), from_bmc:match("\n.*$"))
  end
end)
