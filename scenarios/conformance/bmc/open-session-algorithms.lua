-- An algorithm that is none is refused with the status that names its kind.
-- IPMI v2.0, 13.17, 13.24, table 13-15.
tags "open-session"

local cases = {
  { "an unknown authentication algorithm", { auth = 0x3f }, 0x04 },
  { "an unknown integrity algorithm", { integrity = 0x3f }, 0x05 },
  { "an unknown confidentiality algorithm", { confidentiality = 0x3f }, 0x10 },
}

for _, case in ipairs(cases) do
  test(("%s is refused with %02Xh"):format(case[1], case[3]), function()
    expect_status(target():wire():login():open(case[2]), case[3])
  end)
end

test("algorithms that are no suite together are refused", function()
  local wire = target():wire()
  local mixed = expect(wire:login():open { auth = 1, integrity = 4, confidentiality = 1 })
  expect_ne(mixed.status, 0x00, "SHA-1 to log in, SHA-256 for integrity")
  local hollow = expect(wire:login():open { auth = 1, integrity = 0, confidentiality = 1 })
  expect_ne(hollow.status, 0x00, "encryption without integrity")
  local nobody = expect(wire:login():open { auth = 0, integrity = 1, confidentiality = 0 })
  expect_ne(nobody.status, 0x00, "integrity without authentication")
end)
