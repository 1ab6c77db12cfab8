-- packet_octets.lua:3: octet 2: found 256; expected a whole number, 0 to 255
test("data of a packet are octets", function()
  packet.message { data = { 1, 256 } }
end)
