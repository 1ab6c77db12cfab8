-- What is no ping is not answered with a pong. IPMI v2.0, 13.2.3; ASF 2.0, 3.2.4.
tags "rmcp"

local wrong = {
  { "another enterprise number", { iana = 4541 } },
  { "a pong", { type = 0x40 } },
  { "an unknown message type", { type = 0x3f } },
  { "a message cut before its length", { cut = 1 } },
  { "a message cut in its enterprise number", { cut = 6 } },
}

for _, case in ipairs(wrong) do
  test(case[1] .. " is not answered", function()
    local wire = target():wire()
    wire:send(packet.asf(case[2]))
    wire:expect_silence(case[1] .. " is dropped")
    expect(wire:exchange(packet.asf()), "a good ping is still answered")
  end)
end
