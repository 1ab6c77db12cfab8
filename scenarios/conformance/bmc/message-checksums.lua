-- A message with a wrong checksum is dropped, whatever protects the packet.
-- IPMI v2.0, 13.8.
tags "message"

for _, kind in ipairs { "RMCP+", "IPMI 1.5" } do
  local options = kind == "IPMI 1.5" and { lan15 = "md5" } or {}

  test(("wrong checksums in a session of %s"):format(kind), function()
    local session = target():wire():session(options)
    local head, body = packet.checksum("\x20\x18"), packet.checksum("\x81\x00\x01")
    expect_silence(session:cmd(0x06, 0x01, nil, { message = { checksum1 = head ~ 1 } }),
                   "the first checksum")
    expect_silence(session:cmd(0x06, 0x01, nil, { message = { rq_seq = 0, checksum2 = body ~ 1 } }),
                   "the second checksum")
    expect_cc(session:cmd(0x06, 0x01))
  end)
end

test("wrong checksums outside a session", function()
  local wire = target():wire()
  for _, name in ipairs { "checksum1", "checksum2" } do
    local reply = wire:cmd(0x06, 0x38, { 0x0e, 0x04 }, { message = { [name] = 0x55 } })
    expect_silence(reply, name)
  end
end)
