-- Activate Session refuses what cannot be. IPMI v2.0, 22.17.
tags "lan15"

local function challenged()
  local login = target():wire():login15()
  expect_cc(login:challenge())
  return login
end

test("an outbound sequence number of 0 is refused with 84h", function()
  expect_cc(challenged():activate { outbound = 0 }, 0x84)
end)

test("another authentication type than challenged for is refused", function()
  expect_refused(challenged():activate { auth_type = 4 })
end)

test("another challenge opens no session", function()
  expect_ne(challenged():activate { challenge = ("\x55"):rep(16) }.cc, 0x00)
end)

test("a privilege level that is none is refused", function()
  for _, level in ipairs { 0, 6, 15 } do
    expect_refused(challenged():activate { privilege = level }, ("level %d"):format(level))
  end
end)

test("more privilege than the user has is refused with 86h", { only_lab = true }, function()
  local login = target():wire():login15 { user = "monitor", password = "monitor" }
  expect_cc(login:challenge())
  expect_cc(login:activate(), 0x86)
end)
