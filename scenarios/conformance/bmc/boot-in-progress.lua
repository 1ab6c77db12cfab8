-- Whoever sets boot options says so first; who comes second learns it.
-- IPMI v2.0, 28.12, parameter 0.
tags "boot"
writes()

test("a second \"set in progress\" is refused with 81h", function()
  local session = target():connect()
  expect_cc(session:cmd(0x00, 0x08, { 0, 1 }), 0x00, "the first")
  expect_eq(session:cmd(0x00, 0x09, { 0, 0, 0 })[3], 1, "options are being set")
  expect_cc(session:cmd(0x00, 0x08, { 0, 1 }), 0x81, "the second")
  expect_cc(session:cmd(0x00, 0x08, { 0, 0 }), 0x00, "the first is ready")
  expect_eq(session:cmd(0x00, 0x09, { 0, 0, 0 })[3], 0, "none are being set")
end)
