-- Once the BMC key Kg is set, a session needs it besides the password.
-- IPMI v2.0, 13.26, 13.31, 22.25.
tags "rakp"
writes()

local key = "twenty octets of key"

test("with Kg set, only who knows it shares the session key", function()
  local bmc = target()
  local admin = bmc:connect()
  optional(admin:cmd(0x06, 0x56, { 0x0e, 0x01, 0x01, key }), "Set Channel Security Keys")

  local capabilities = expect_cc(bmc:wire():cmd(0x06, 0x38, { 0x8e, 0x04 }))
  expect_eq(capabilities[3] & 0x20, 0x20, "the authentication status says so")

  local without = bmc:wire():login()
  without:open()
  without:rakp1()
  expect(not expect_status(without:rakp3(), 0x00).code_good, "without Kg the keys differ")

  local session = bmc:wire():login { kg = key }:session()
  expect_cc(session:cmd(0x06, 0x01), 0x00, "with Kg the session works")
  expect_cc(session:cmd(0x06, 0x3b, { 0x04 }))
  expect_cc(session:cmd(0x06, 0x56, { 0x0e, 0x01, 0x01, ("\0"):rep(20) }), 0x00,
            "Kg is unset")
end)
