-- What FreeIPMI makes of each completion code, and that it ends with 1 then:
-- several codes share words; ipmi-raw shows them all as they are. IPMI v2.0, 5.2.
tags("client", "errors")

local words = {
  [0xc0] = "BMC busy", [0xc1] = "command invalid or unsupported",
  [0xc2] = "command invalid or unsupported", [0xc3] = "message timeout", [0xc4] = "BMC busy",
  [0xc5] = "bad completion code", [0xc6] = "bad completion code",
  [0xc7] = "command invalid or unsupported", [0xc8] = "command invalid or unsupported",
  [0xc9] = "command invalid or unsupported", [0xca] = "bad completion code",
  [0xcb] = "bad completion code", [0xcc] = "command invalid or unsupported",
  [0xcd] = "bad completion code", [0xce] = "bad completion code", [0xcf] = "bad completion code",
  [0xd0] = "BMC busy", [0xd1] = "BMC busy", [0xd2] = "BMC busy", [0xd3] = "bad completion code",
  [0xd4] = "privilege level insufficient", [0xd5] = "bad completion code",
  [0xd6] = "bad completion code", [0xff] = "bad completion code", [0x80] = "bad completion code",
}

test("ipmi-chassis tells each in words", function()
  local mc = bmc "server-1u"
  for cc, word in pairs(words) do
    local answer = mc:answer(0x00, 0x01, { cc = cc })
    local r = mc:freeipmi("ipmi-chassis", "--get-chassis-status")
    expect_eq(r.status, 1, ("exit status after %02Xh"):format(cc))
    r:says("^ipmi_cmd_get_chassis_status: " .. plain(word) .. "$")
    expect_eq(answer:struck(), 1, "it does not ask again")
    answer:remove()
  end
end)

test("ipmi-raw shows each as it is", function()
  local mc = bmc "server-1u"
  local list, requests, expected = {}, "", {}
  for cc in pairs(words) do
    list[#list + 1] = cc
    requests = requests .. "0 0 1\n"
    expected[#expected + 1] = ("rcvd: 01 %02X "):format(cc)
  end
  local n = 0
  mc:command(0x00, 0x01, function()
    n = n + 1
    return list[n]
  end)
  expect_eq(mc:freeipmi("ipmi-raw", nil, { input = requests }):ok():lines(), expected)
end)
