-- Serial over LAN cannot be activated as it is not offered.
-- IPMI v2.0, 24.1, 26.3.
tags "sol"
only_lab()

local function activate(session, kind, instance, aux)
  return session:cmd(0x06, 0x48, { kind, instance, aux, 0, 0, 0 })
end

test("when it is disabled, that is refused with 81h", function()
  local bmc = target()
  expect_cc(bmc:cmd(0x0c, 0x21, { 1, 1, 0 }), 0x00, "SOL is disabled")
  expect_cc(activate(bmc:wire():session(), 1, 1, 0xc0), 0x81)
end)

test("an instance or a payload that is none is refused", function()
  local session = target():wire():session()
  expect_refused(activate(session, 1, 0, 0xc0), "instance 0")
  expect_refused(activate(session, 1, 9, 0xc0), "instance 9")
  expect_refused(activate(session, 0x0f, 1, 0xc0), "payload type 0Fh")
end)

test("where encryption is forced, a plain one is refused with 84h", function()
  local bmc = target()
  local session = bmc:wire():session()
  expect_cc(session:cmd(0x0c, 0x21, { 0x0e, 2, 0x80 | 0x40 | 0x02 }))
  expect_cc(activate(session, 1, 1, 0x00), 0x84)
end)

test("encryption in a session that has none is refused with 83h", function()
  local session = target():wire():session { suite = 2 }
  expect_cc(activate(session, 1, 1, 0x80 | 0x40), 0x83)
end)
