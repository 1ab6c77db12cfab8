-- A channel that is disabled takes nobody in. IPMI v2.0, 6.6, 22.22.
tags "channel"
only_lab()

test("with access disabled there is no log-in, and there is one afterwards", function()
  local bmc = target()
  local access = expect_cc(bmc:cmd(0x06, 0x41, { 1, 0x80 }))
  expect_cc(bmc:cmd(0x06, 0x40, { 1, 0x80 | access[1] & 0x38, 0 }), 0x00, "disabled")
  local answer = bmc:wire():login():open()
  expect(not answer or answer.status ~= 0x00, "nobody is let in")
  expect_cc(bmc:cmd(0x06, 0x40, { 1, 0x80 | access[1] & 0x3f, 0 }), 0x00,
            "always available")
  expect_cc(bmc:wire():session():cmd(0x06, 0x01), 0x00, "it is as before")
end)
