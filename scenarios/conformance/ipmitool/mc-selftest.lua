-- "mc selftest" tells the result of the self-test in words: each result, and each
-- part that may have failed. IPMI v2.0, 20.4.
tags("client", "device")

local results = {
  { 0x55, 0x00, { "^Selftest: passed$" }, 0 },
  { 0x56, 0x00, { "^Selftest: not implemented$" }, 1 },
  { 0x57, 0xff, { "^Selftest: device corrupted$", "SEL device not accessible",
                  "SDR repository not accessible", "FRU device not accessible",
                  "IPMB signal lines do not respond", "SDR repository empty",
                  "Internal Use Area corrupted", "boot block corrupted",
                  "operational firmware corrupted" }, 1 },
  { 0x58, 0x2a, { "^Selftest     : fatal error$", "^Failure code : 2a$" }, 1 },
  { 0x70, 0x2a, { "device specific %(70h%)", "^Failure code : 2Ah$" }, 0 },
}

for _, expected in ipairs(results) do
  local code, more, words, status = table.unpack(expected)
  test(("%02Xh %02Xh"):format(code, more), function()
    local mc = bmc "server-1u"
    mc:answer(0x06, 0x04, { data = { code, more } })
    local r = mc:ipmitool "mc selftest"
    for _, word in ipairs(words) do r:says(word) end
    expect_eq(r.status, status)
  end)
end

test("the BMC passes its own", function()
  local mc = bmc "server-1u"
  expect_eq(expect_cc(mc:cmd(0x06, 0x04)).data, "\x55\x00")
  mc:ipmitool("mc selftest"):ok():says "^Selftest: passed$"
  mc:ipmitool("chassis selftest"):ok():says "^Self Test Results    : passed$"
end)
