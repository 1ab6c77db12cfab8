-- A command that is none is answered with C1h. IPMI v2.0, 5.2, table 5-2.
tags "command"

local unknown = {
  { 0x00, 0x7f, "Chassis" }, { 0x04, 0x7f, "Sensor/Event" }, { 0x06, 0x7f, "App" },
  { 0x06, 0x00, "App, the reserved command 00h" }, { 0x0a, 0x7f, "Storage" },
  { 0x0c, 0x7f, "Transport" },
}

test("unknown commands of known network functions are answered with C1h", function()
  local session = target():wire():session()
  for _, c in ipairs(unknown) do
    expect_cc(session:cmd(c[1], c[2]), 0xc1, c[3])
    expect_cc(session:cmd(c[1], c[2], { 1, 2, 3 }), 0xc1, c[3] .. ", with data")
  end
end)

test("reserved network functions are answered with C1h", function()
  local session = target():wire():session()
  for netfn = 0x0e, 0x2a, 2 do
    expect_cc(session:cmd(netfn, 0x01), 0xc1, ("network function %02Xh"):format(netfn))
  end
end)
