-- Who does not know the password is told so with status 0Fh, and his log-in is
-- over. IPMI v2.0, 13.22 to 13.24.
tags "rakp"

test("a wrong key exchange code is refused with 0Fh", function()
  local login = target():wire():login()
  login:open()
  expect_status(login:rakp1(), 0x00)
  local answer = expect_status(login:rakp3 { password = "not-the-password" }, 0x0f)
  expect_eq(answer.length, 8, "the answer has 8 octets and no code")
  local after = login:rakp3()
  expect(not after or after.status ~= 0x00,
         "the right one does not open that session any more")
end)

test("a key exchange code that is cut or missing is refused", function()
  for _, cut in ipairs { 1, 8, 20 } do
    local login = target():wire():login()
    login:open()
    login:rakp1()
    local answer = login:rakp3 { cut = cut }
    expect(not answer or answer.status ~= 0x00, cut .. " octets less open no session")
  end
end)

test("the code of another log-in is refused", function()
  local wire = target():wire()
  local one, other = wire:login(), wire:login()
  for _, login in ipairs { one, other } do
    login:open()
    login:rakp1()
  end
  one.bmc_random = other.bmc_random
  expect_status(one:rakp3(), 0x0f)
end)
