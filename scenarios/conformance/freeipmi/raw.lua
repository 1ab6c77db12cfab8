-- ipmi-raw sends any octets, and shows any octets: those of its arguments, of its
-- input, or of a file.
tags("client", "ipmi-raw")

test("the answer is the BMC's, octet by octet", function()
  local mc = bmc "server-1u"
  for _, c in ipairs { { 0x06, 0x01 }, { 0x00, 0x01 }, { 0x0a, 0x40 }, { 0x06, 0x37 } } do
    local reply = expect_cc(mc:cmd(c[1], c[2]))
    local shown = mc:freeipmi("ipmi-raw", ("0 0x%02x 0x%02x"):format(c[1], c[2])):ok()
                    :says("^rcvd: (.*%x) *$")
    expect_eq(hex(shown):sub(3), reply.data, ("%02X %02X"):format(c[1], c[2]))
  end
end)

test("a request of every length", function()
  local mc = bmc "server-1u"
  local seen
  mc:command(0x30, 0x11, { privilege = "user" }, function(request)
    seen = request.data
    return 0, request.data
  end)
  for _, n in ipairs { 0, 1, 25, 40 } do
    local octets = {}
    for i = 1, n do octets[i] = ("%02x"):format(i * 7 % 256) end
    local shown = mc:freeipmi("ipmi-raw", "0 30 11 " .. table.concat(octets, " ")):ok()
                    :says("^rcvd: 11 00 ?(.-) *$")
    expect_eq(#seen, n)
    expect_eq(hex(shown), seen)
  end
end)

test("a file of requests, and the input", function()
  local mc = bmc "server-1u"
  run({ "sh", "-c", "printf '0 6 1\\n0 0a 40\\n' >requests" }):ok()
  local r = mc:freeipmi("ipmi-raw", "--file=requests"):ok()
  expect_eq(#r:lines(), 2)
  r:says("^rcvd: 40 00 51 ")
  expect_eq(#mc:freeipmi("ipmi-raw", nil, { input = "0 6 1\n0 0 1\n0 6 37\n" }):ok():lines(), 3)
end)

test("what is no request", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-raw", "0 6"):fails("Invalid number of hex bytes")
  mc:freeipmi("ipmi-raw", "0 6 zz"):fails("invalid hex byte argument")
  trace:none { "Get Device ID" }
end)

test("without a session: what may be asked, and what may not", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-raw", "--no-session 0 6 38 0e 04", { lan15 = "none" }):ok():says("^rcvd: 38 00 01 ")
  mc:freeipmi("ipmi-raw", "--no-session 0 0 1", { lan15 = "none" }):ok():says("^rcvd: 01 D4 *$")
  trace:none "Get Session Challenge"
end)
