-- Whoever sets parameters says so first; who comes second learns it.
-- IPMI v2.0, 23.1, LAN parameter 0.
tags "lan-parameters"
writes()

local function set(bmc, state)
  return bmc:cmd(0x0c, 0x01, { 0x01, 0x00, state })
end

test("a second \"set in progress\" is refused with 81h", function()
  local bmc = target()
  expect_cc(set(bmc, 1), 0x00, "the first")
  expect_eq(bmc:lan_parameter(0), "\1", "parameters are being set")
  expect_cc(set(bmc, 1), 0x81, "the second")
  expect_cc(set(bmc, 0), 0x00, "the first is ready")
  expect_eq(bmc:lan_parameter(0), "\0", "no parameters are being set")
  expect_cc(set(bmc, 1), 0x00, "now it is the second's turn")
  expect_cc(set(bmc, 0), 0x00)
end)
