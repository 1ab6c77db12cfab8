-- A completion code that is no success is among what openipmicmd prints.
tags("client", "raw")

test("a command that is none", function()
  bmc "server-1u":openipmicmd "0f 00 06 ff":says "^0f 07 00 ff c1"
end)

test("a request that is too short", function()
  bmc "server-1u":openipmicmd "0f 00 04 2d":says "^0f 05 00 2d c7"
end)
