-- Thresholds that are set are read back; what is not named stays.
-- IPMI v2.0, 35.8, 35.9.
tags "sensor"
writes()

-- The first sensor whose upper non-critical threshold can be set.
local function settable(session)
  for _, record in ipairs(session:sdrs()) do
    if record:byte(4) == 0x01 and record:byte(6) == 0x20 and record:byte(14) == 0x01 and
       record:byte(12) >> 2 & 3 == 2 and record:byte(20) & 0x08 ~= 0 then
      return record:byte(8)
    end
  end
  skip "no sensor's thresholds can be set"
end

test("one threshold is set, the others stay", function()
  local session = target():connect()
  local number = settable(session)
  local before = expect_cc(session:cmd(0x04, 0x27, { number }))
  local unc = before[5]
  expect_cc(session:cmd(0x04, 0x26, { number, 0x08, 0, 0, 0, unc - 1, 0, 0 }))
  local after = expect_cc(session:cmd(0x04, 0x27, { number }))
  expect_eq(after[5], unc - 1, "the upper non-critical threshold")
  expect_eq(after.data:sub(1, 4) .. after.data:sub(6), before.data:sub(1, 4) .. before.data:sub(6),
            "the others")
  expect_cc(session:cmd(0x04, 0x26, { number, 0x08, 0, 0, 0, unc, 0, 0 }))
end)

test("a set that names no threshold changes none", function()
  local session = target():connect()
  local number = settable(session)
  local before = expect_cc(session:cmd(0x04, 0x27, { number }))
  expect_cc(session:cmd(0x04, 0x26, { number, 0x00, 1, 2, 3, 4, 5, 6 }))
  expect_eq(session:cmd(0x04, 0x27, { number }).data, before.data)
end)
