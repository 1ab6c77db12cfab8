-- "fru read" and "fru write" carry an inventory into a file and back.
-- IPMI v2.0, 34.1 to 34.3.
tags("client", "fru")

test("every octet is in the file", function()
  local mc = bmc "server-1u"
  mc:ipmitool("fru read 0 image"):ok()
  expect_eq(run({ "cat", "image" }).stdout, mc:fru(0))
end)

test("every octet of the file is in the inventory", function()
  local mc = bmc "server-1u"
  local image = mc:fru(0):sub(1, 500) .. "twelve more."
  run { "tee", "image", input = image }:ok()
  mc:ipmitool("fru write 0 image"):ok():says "^Size to Write    : 512 bytes$"
  expect_eq(mc:fru(0), image)
end)

test("a BMC that takes few octets at a time", function()
  local mc = bmc "server-1u"
  mc:command(0x0a, 0x11, function(request)
    if request[4] > 16 then return 0xca end
    return request.original()
  end)
  mc:ipmitool("fru read 0 image"):ok()
  expect_eq(run({ "cat", "image" }).stdout, mc:fru(0))
end)

test("a write that is refused is told",
     { xfail = "ipmitool says nothing and exits with 0, whatever Write FRU Data is answered" },
     function()
  local mc = bmc "server-1u"
  local before = mc:fru(0)
  run { "tee", "image", input = ("x"):rep(512) }:ok()
  mc:answer(0x0a, 0x12, { cc = 0x80 })
  local r = mc:ipmitool("fru write 0 image")
  expect_eq(mc:fru(0), before)
  trace:expect { "Write FRU Data", cc = 0x80, link = "clear" }
  r:fails()
end)
