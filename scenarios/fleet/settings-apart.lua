-- What is set at one BMC is set at that one: users, boot device, log and thresholds of its neighbours,
-- made from the same description, stay as they were.
tags "fleet"

test("the middle one of three is changed, and no other", function()
  local left, middle, right = bmc "server-1u", bmc "server-1u", bmc "server-1u"
  local entries = left:sel_info().entries
  middle:set_user(7, "somebody", "secret")
  middle:set_boot_device("pxe")
  middle:sel_clear()
  middle:write_fru("\x55", 500)
  expect_cc(middle:cmd(0x04, 0x26, { 1, 0x10, 0, 0, 0, 0, 0x41, 0 }))
  middle.chassis.host:power("off")
  middle:connect { user = "somebody", password = "secret" }
  for _, b in ipairs { left, right } do
    expect_eq(b:user_name(7), "")
    expect(not b:boot_device().valid)
    expect_eq(b:sel_info().entries, entries)
    expect_eq(b:fru(0):byte(501), 0)
    expect_ne(b:cmd(0x04, 0x27, { 1 })[6], 0x41)
    expect(b:chassis_status().power)
    expect(not b:console({ user = "somebody", password = "secret" }):try_open())
  end
end)
