-- The system GUID can be had before a session, and is what RAKP message 2
-- names. IPMI v2.0, 22.14, 13.21.
tags "presession"

test("Get System GUID outside a session gives the GUID of RAKP message 2", function()
  local wire = target():wire()
  local outside = wire:system_guid()
  expect_eq(#outside, 16, "a GUID has 16 octets")

  local login = wire:login()
  login:open()
  expect_eq(expect_status(login:rakp1(), 0).guid, outside, "RAKP message 2 names the same")
  expect_eq(wire:session():system_guid(), outside, "so does the command in a session")
end)
