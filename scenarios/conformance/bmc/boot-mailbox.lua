-- The boot initiator's mailbox keeps blocks of 16 octets. IPMI v2.0, 28.12,
-- parameter 7.
tags "boot"
writes()

test("each block of the mailbox is kept", function()
  local session = target():connect()
  for block = 0, 4 do
    local data = ("%d: sixteen-bytes!"):format(block):sub(1, 16)
    local reply = session:cmd(0x00, 0x08, string.pack("BB", 7, block) .. data)
    if reply.cc == 0x80 then skip "this BMC has no mailbox" end
    expect_cc(reply)
  end
  for block = 0, 4 do
    local reply = expect_cc(session:cmd(0x00, 0x09, { 7, block, 0 }))
    expect_eq(reply.data:sub(4), ("%d: sixteen-bytes!"):format(block):sub(1, 16),
              "block " .. block)
  end
end)
