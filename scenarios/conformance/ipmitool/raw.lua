-- "raw" sends any octets and shows any answer. IPMI v2.0, 5.
tags("client", "raw")

test("octets there and back", function()
  local mc = bmc "server-1u"
  local asked
  mc:command(0x30, 0x42, { privilege = "user" }, function(request)
    asked = request.data
    return 0x00, request.data:reverse()
  end)
  local r = mc:ipmitool("raw 0x30 0x42 1 2 0xfe 255"):ok()
  expect_eq(asked, "\1\2\xfe\xff")
  expect_eq(r.stdout, " ff fe 02 01\n")
end)

test("as much as a message holds, in lines of sixteen", function()
  local mc = bmc "server-1u"
  mc:command(0x30, 0x43, { privilege = "user" }, function() return 0x00, ("\x5a"):rep(40) end)
  local lines = mc:ipmitool("raw 0x30 0x43"):ok():lines()
  expect_eq({ #lines[1], #lines[2], #lines[3] }, { 48, 48, 24 })
end)

test("a LUN, and words for network functions", function()
  local mc = bmc "server-1u"
  local lun
  mc:command(0x30, 0x44, { privilege = "user" }, function(request) lun = request.lun return 0 end)
  mc:ipmitool("raw 0x30 0x44", { args = { "-l", "1" } }):ok()
  expect_eq(lun, 1)
  expect_eq(mc:ipmitool("raw application 1"):ok().stdout, mc:ipmitool("raw 6 1"):ok().stdout)
end)

test("what is no number is not sent", function()
  local mc = bmc "server-1u"
  mc:ipmitool("raw 0x30"):fails "Not enough parameters given"
  mc:ipmitool("raw 0x30 0x42 0x100"):fails "Given data \"0x100\" is invalid"
  trace:none { netfn = 0x30, link = "clear" }
end)
