-- The statistics of IP, UDP and RMCP count what comes. IPMI v2.0, 23.4.
tags "lan-parameters"

test("each request is a packet more", function()
  local session = target():connect()
  local function get()
    return optional(session:cmd(0x0c, 0x04, { 0x0e, 0 }), "Get IP/UDP/RMCP Statistics")
  end
  local before = expect_cc(get())
  expect_eq(#before, 18, "nine counters")
  for _ = 1, 5 do session:cmd(0x06, 0x01) end
  local after = expect_cc(get())
  expect(after:le(13, 2) >= before:le(13, 2) + 5, "valid RMCP packets that were received")
end)
