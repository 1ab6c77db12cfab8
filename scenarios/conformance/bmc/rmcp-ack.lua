-- An RMCP acknowledgement is never answered, and no IPMI packet is
-- acknowledged. IPMI v2.0, 13.1.2, 13.1.3.
tags "rmcp"

test("an acknowledgement is not answered", function()
  local wire = target():wire()
  for _, class in ipairs { 0x86, 0x87 } do
    wire:send(packet.rmcp { sequence = 0x01, class = class })
    wire:expect_silence(("an acknowledgement of class %02Xh is dropped"):format(class & 0x1f))
  end
end)

test("a request of IPMI has one answer and no acknowledgement", function()
  local wire = target():wire()
  expect_cc(wire:cmd(0x06, 0x38, { 0x0e, 0x04 }))
  wire:expect_silence("nothing follows the answer")
end)
