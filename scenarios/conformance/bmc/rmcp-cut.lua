-- A packet that is cut anywhere is dropped. IPMI v2.0, 13.1, 13.6.
tags "rmcp"

local request = packet.message { netfn = 0x06, cmd = 0x38, data = { 0x0e, 0x04 } }

test("a packet of IPMI 1.5 is answered only when it is whole", function()
  local wire, whole = target():wire(), packet.v15 { message = request }
  for length = 1, #whole - 1 do
    wire:send(whole:sub(1, length))
    wire:expect_silence(("%d octets of %d are dropped"):format(length, #whole), "300ms")
  end
  expect(wire:exchange(whole), "the whole packet is answered")
end)

test("a packet of RMCP+ is answered only when it is whole", function()
  local wire, whole = target():wire(), packet.v20 { payload = request }
  for length = 1, #whole - 1 do
    wire:send(whole:sub(1, length))
    wire:expect_silence(("%d octets of %d are dropped"):format(length, #whole), "300ms")
  end
end)
