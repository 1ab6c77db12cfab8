-- A payload length that does not fit the packet makes it worthless.
-- IPMI v2.0, 13.6.
tags "rmcpp"

test("a payload length that is wrong is not answered", function()
  local session = target():wire():session()
  for _, length in ipairs { 0, 16, 31, 33, 255, 65535 } do
    expect_silence(session:cmd(0x06, 0x01, nil, { length = length }), length .. " said")
  end
  expect_cc(session:cmd(0x06, 0x01))
end)
