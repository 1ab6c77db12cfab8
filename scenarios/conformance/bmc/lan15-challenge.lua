-- Get Session Challenge refuses users and types that are not there.
-- IPMI v2.0, 22.16.
tags "lan15"

test("an unknown user is refused with 81h", function()
  expect_cc(target():wire():login15():challenge { name = "nobody-at-all" }, 0x81)
end)

test("a null user that is not enabled is refused with 82h", function()
  local wire = target():wire()
  local status = expect_cc(wire:cmd(0x06, 0x38, { 0x0e, 0x04 }))[3]
  if status & 0x03 ~= 0 then skip "this BMC has a null user" end
  expect_cc(wire:login15():challenge { name = "" }, 0x82)
end)

test("an authentication type that is none is refused", function()
  local login = target():wire():login15()
  for _, kind in ipairs { 0x03, 0x06, 0x0f } do
    expect_refused(login:challenge { auth_type = kind },
                   ("type %d is refused"):format(kind))
  end
end)

test("each challenge is another, under another session id", function()
  local wire = target():wire()
  local one, other = wire:login15(), wire:login15()
  expect_cc(one:challenge())
  expect_cc(other:challenge())
  expect_ne(one.challenge_octets, other.challenge_octets, "the challenges differ")
  expect_ne(one.id, other.id, "the session ids differ")
  expect_ne(one.id, 0, "no session id is 0")
end)
