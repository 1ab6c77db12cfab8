-- What holds of any BMC: one of the lab, or the one that --target names.

test("it tells who it is", function()
  local id = target():device_id()
  print("device id", id.id)
  expect_eq(id.ipmi, "2.0")
end)

test("a session opens, works and closes", function()
  local session = target():connect()
  expect_cc(session:cmd(0x06, 0x01))
  expect_cc(session:cmd(0x06, 0x37))
  session:close()
  expect_eq(session:state(), "closed")
end)

test("a wrong password opens nothing", function()
  local ok = target():console({ password = "nonsense" }):try_open()
  expect(not ok)
end)

test("IPMI 1.5 as well", function()
  expect_cc(target():connect({ lan15 = "md5" }):cmd(0x06, 0x01))
end)

test("ipmitool agrees", { needs = "ipmitool" }, function()
  local t = target()
  local id = t:device_id()
  expect_eq(tonumber(t:ipmitool("mc info"):ok():says("^Device ID +: (%d+)")), id.id)
end)

test("it takes a new boot device", { writes = true }, function()
  target():ipmitool("chassis bootdev pxe"):ok()
end)

test("its inside is as it should be", { only_lab = true }, function()
  expect(#target():sensors() > 0)
end)
