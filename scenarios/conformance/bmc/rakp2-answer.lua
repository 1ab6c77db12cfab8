-- RAKP message 2 has a fresh random number, and a code that only who knows the
-- password can make. IPMI v2.0, 13.21, 13.28.1.
tags "rakp"

for suite, name in pairs { [1] = "HMAC-SHA1", [6] = "HMAC-MD5", [15] = "HMAC-SHA256" } do
  test(("the key exchange code of RAKP-%s is right"):format(name), function()
    local login = target():wire():login { suite = suite }
    login:open_or_skip()
    local answer = expect_status(login:rakp1(), 0x00)
    expect(answer.code_good, "the code is right")
    local sizes = { [1] = 20, [6] = 16, [15] = 32 }
    expect_eq(#answer.code, sizes[suite], "the code's length")
    expect_eq(answer.console, login.console, "the console's session id")
  end)
end

test("the BMC's random number is another each time", function()
  local wire, seen = target():wire(), {}
  for _ = 1, 8 do
    local login = wire:login()
    login:open()
    local answer = expect_status(login:rakp1(), 0x00)
    expect(not seen[answer.random], "it did not come before")
    seen[answer.random] = true
  end
end)
