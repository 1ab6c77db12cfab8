-- bmc-device tells of the interfaces that the host would use, and of what is
-- enabled. IPMI v2.0, 22.2, 22.10, 22.11, 31.12.
tags("client", "bmc-device")

test("KCS, SSIF and BT", function()
  local mc = bmc "server-1u"
  mc:freeipmi("bmc-device", "--get-kcs-interface-capabilities"):ok()
    :says("^KCS Maximum Input Message Size : %d+ bytes$")
  mc:freeipmi("bmc-device", "--get-ssif-interface-capabilities"):ok()
    :says("^SSIF Maximum Input Message Size +: %d+ bytes$")
  mc:answer(0x06, 0x36, { data = hex "03 40 50 07 02" })
  local r = mc:freeipmi("bmc-device", "--get-bt-interface-capabilities"):ok()
  r:says("^BT Number of Outstanding Requests Supported : 3$")
  r:says("^BT Input Buffer Size +: 64 bytes$")
  r:says("^BT Output Buffer Size +: 80 bytes$")
  r:says("^BT Request to Response Time +: 7 seconds$")
  r:says("^BT Recommended Retries +: 2$")
end)

test("what is enabled", function()
  local mc = bmc "server-1u"
  for _, bits in ipairs { 0x08, 0x0c, 0x2f, 0xe8 } do
    expect_cc(mc:cmd(0x06, 0x2e, { bits }))
    local held = mc:cmd(0x06, 0x2f)[1]
    local r = mc:freeipmi("bmc-device", "--get-bmc-global-enables"):ok()
    for bit, title in pairs { [0] = "Receive Message Queue Interrupt", "Event Message Buffer Full",
                              "Event Message Buffer", "System Event Logging",
                              [5] = "OEM 0", [6] = "OEM 1", [7] = "OEM 2" } do
      r:says(("^%s +: %s$"):format(title, held >> bit & 1 == 1 and "enabled" or "disabled"))
    end
  end
end)

test("the machine check log", function()
  local mc = bmc "server-1u"
  mc:answer(0x0a, 0x5a, { data = string.pack("<I4I4", 1805112000, 5) })
  local r = mc:freeipmi("bmc-device", "--get-mca-auxiliary-log-status"):ok()
  r:says("^Last Entry Added to MCA Log +: 03/15/2027")
  r:says("^Number of entries in MCA log : 5$")
end)
