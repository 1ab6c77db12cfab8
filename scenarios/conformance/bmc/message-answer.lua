-- An answer turns the request's addresses round and repeats what tells it from
-- others. IPMI v2.0, 13.8.
tags "message"

test("an answer repeats sequence number, command and LUNs", function()
  local session = target():wire():session()
  for _, number in ipairs { 0, 1, 31, 63 } do
    for lun = 0, 3 do
      local reply = expect_cc(session:cmd(0x06, 0x01, nil,
                                          { message = { rq_seq = number, rq_lun = lun } }))
      local m = reply.message
      expect_eq(m.netfn, 0x07, "the network function is that of the response")
      expect_eq({ m.rq_seq, m.cmd }, { number, 0x01 }, "sequence number and command")
      expect_eq({ m.to, m.to_lun }, { 0x81, lun }, "it goes to who asked")
      expect_eq({ m.from, m.from_lun }, { 0x20, 0 }, "it comes from who was asked")
    end
  end
end)

test("an answer goes to the software id that asked", function()
  local session = target():wire():session()
  for _, swid in ipairs { 0x81, 0x83, 0x8d } do
    local reply = expect_cc(session:cmd(0x06, 0x01, nil, { message = { rq_addr = swid } }))
    expect_eq(reply.message.to, swid)
  end
end)

test("a refusal has a completion code and nothing else", function()
  local session = target():wire():session()
  expect_eq(#expect_cc(session:cmd(0x06, 0x46), 0xc7), 0, "C7h comes alone")
  expect_eq(#expect_cc(session:cmd(0x06, 0xff), 0xc1), 0, "C1h comes alone")
end)
