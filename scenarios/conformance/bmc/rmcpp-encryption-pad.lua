-- Behind AES-CBC data there are pads 1, 2, 3 ... and their number; other pads
-- are not taken for good. IPMI v2.0, 13.29.2.
tags "rmcpp"

local message = packet.message { netfn = 0x06, cmd = 0x01 }    -- 7 octets

local cases = {
  { "pads that are all 0", { pad = ("\0"):rep(8) } },
  { "pads that count from 0", { pad = "\0\1\2\3\4\5\6\7" } },
  { "more pads said than there are octets", { pad_length = 32 } },
  { "a pad length of FFh", { pad_length = 0xff } },
}

for _, case in ipairs(cases) do
  test(case[1] .. " are not accepted", function()
    local session = target():wire():session()
    session.wire:send(session:packet(message, case[2]))
    session.wire:expect_silence(case[1])
    expect_cc(session:cmd(0x06, 0x01))
  end)
end

test("ciphertext that is no whole number of blocks is dropped", function()
  local session = target():wire():session()
  local payload = session:encrypt(message)
  for _, size in ipairs { 0, 1, 15, 16, 17, 31 } do
    session.wire:send(session:packet(message, { payload = payload:sub(1, size) }))
    session.wire:expect_silence(size .. " octets of payload")
  end
  expect_cc(session:cmd(0x06, 0x01))
end)
