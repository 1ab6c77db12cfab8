-- Packets of a message class that is none are dropped. IPMI v2.0, 13.1.3.
tags "rmcp"

test("messages of an unknown class are not answered", function()
  local wire = target():wire()
  local request = packet.message { netfn = 0x06, cmd = 0x38, data = { 0x0e, 0x04 } }
  for _, class in ipairs { 0x00, 0x05, 0x09, 0x1f } do
    wire:send(packet.v15 { message = request, rmcp = { class = class } })
    wire:expect_silence(("class %02Xh is dropped"):format(class))
  end
  expect_cc(wire:cmd(0x06, 0x38, { 0x0e, 0x04 }))
end)
