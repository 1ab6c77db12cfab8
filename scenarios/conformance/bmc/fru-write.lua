-- What is written into an inventory is read back. IPMI v2.0, 34.3.
tags "fru"
writes()

test("octets that are written are read, and nothing else has changed", function()
  local session = target():connect()
  local before = session:fru()
  local at = #before - 6
  local reply = session:cmd(0x0a, 0x12, string.pack("<BI2", 0, at) .. "hello")
  if reply.cc == 0x80 then skip "this inventory is protected" end
  expect_eq(expect_cc(reply)[1], 5, "five octets are written")
  expect_eq(session:fru(), before:sub(1, at) .. "hello" .. before:sub(at + 6))
  session:write_fru(before:sub(at + 1, at + 5), at)
  expect_eq(session:fru(), before, "it is as it was")
end)
