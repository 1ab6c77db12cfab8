-- Set User Password tests a password of the size that it was set with, and all
-- of it. IPMI v2.0, 22.30.
tags "users"
writes()

local function test_of(bmc, id, password, size)
  return bmc:cmd(0x06, 0x47, string.pack("BB", id | (size == 20 and 0x80 or 0), 3) ..
                             password .. ("\0"):rep(size - #password))
end

local function forget(bmc, id)
  expect_cc(bmc:cmd(0x06, 0x47, { id, 0x00 }), 0x00, "Set User Password: disable the user")
  expect_cc(bmc:cmd(0x06, 0x45, string.pack("B", id) .. ("\0"):rep(16)), 0x00, "Set User Name: none again")
end

test("a password of 20 octets is not right by its first 16", function()
  local bmc = target()
  local id = bmc:free_user()
  bmc:set_user(id, "longpassword", "0123456789abcdefghij", "user")
  expect_cc(test_of(bmc, id, "0123456789abcdefghij", 20), 0x00, "all of it")
  expect_cc(test_of(bmc, id, "0123456789abcdefghi!", 20), 0x80, "the last octet is wrong")
  expect_cc(test_of(bmc, id, "0123456789abcdef", 16), 0x81, "the size is wrong")
  forget(bmc, id)
end)

test("a password of 16 octets is not one of 20", function()
  local bmc = target()
  local id = bmc:free_user()
  bmc:set_user(id, "shortpassword", "secret", "user")
  expect_cc(test_of(bmc, id, "secret", 16), 0x00, "the password")
  expect_cc(test_of(bmc, id, "Secret", 16), 0x80, "another password")
  expect_cc(test_of(bmc, id, "secret", 20), 0x81, "the size is wrong")
  forget(bmc, id)
end)
