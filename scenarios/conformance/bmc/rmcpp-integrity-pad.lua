-- The session trailer has pads, their number and the next header, 07h.
-- IPMI v2.0, 13.6, table 13-8.
tags "rmcpp"

local cases = {
  { "another next header", { next_header = 0x00 }, "the next header may be ignored" },
  { "a pad length that is too great", { pad_length = 200 } },
}

for _, case in ipairs(cases) do
  test(case[1] .. " is not accepted", function()
    local session = target():wire():session()
    local reply = session:cmd(0x06, 0x01, nil, case[2])
    if case[3] then
      left_open(case[3], function() expect_silence(reply) end)
    end
    expect_silence(reply)
    expect_cc(session:cmd(0x06, 0x01))
  end)
end
