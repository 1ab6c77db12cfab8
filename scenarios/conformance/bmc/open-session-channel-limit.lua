-- No session gets a privilege that its channel does not allow anybody.
-- IPMI v2.0, 6.8, 13.18, 22.22.
tags "open-session"
only_lab()

test("a log-in above the channel's privilege limit is refused", function()
  local bmc = target()
  expect_cc(bmc:cmd(0x06, 0x40, { 0x01, 0x00, 0x83 }), 0x00, "Set Channel Access: up to Operator")
  local wire = bmc:wire()
  expect_status(wire:login():open { privilege = 4 }, 0x0a, "Open Session for Administrator")
  expect_status(wire:login():open { privilege = 3 }, 0x00, "Open Session for Operator")
  local highest = expect_status(wire:login():open { privilege = 0 }, 0x00, "for the highest level")
  expect_eq(highest.privilege, 3, "the highest level is Operator")
end)
