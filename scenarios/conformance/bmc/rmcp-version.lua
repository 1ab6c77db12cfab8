-- Packets of another RMCP version are dropped. IPMI v2.0, 13.1.3.
tags "rmcp"

test("only RMCP version 06h is heard", function()
  local wire = target():wire()
  for _, version in ipairs { 0x00, 0x05, 0x07, 0xff } do
    wire:send(packet.asf { rmcp = { version = version } })
    wire:expect_silence(("a ping of RMCP version %02Xh is dropped"):format(version))
  end
  expect(wire:exchange(packet.asf()), "a ping of version 06h is answered")
end)
