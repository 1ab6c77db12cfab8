-- A presence ping is answered with a pong that has the same tag and says that
-- IPMI is spoken here. IPMI v2.0, 13.2.3, 13.2.4.
tags "rmcp"

test("a presence pong repeats the ping's tag and names IPMI", function()
  local wire = target():wire()
  for _, tag in ipairs { 0x00, 0x01, 0x7f, 0xfe } do
    local pong = expect(wire:exchange(packet.asf { tag = tag }), "the ping is answered")
    expect_eq(pong.type, 0x40, "the message type is presence pong")
    expect_eq(pong.iana, 4542, "the message is ASF's own")
    expect_eq(pong.tag, tag, "the tag is the ping's")
    expect_eq(pong.length, 16, "the pong has 16 octets of data")
    expect_eq(#pong.data, pong.length, "the length is that of the data")
    expect_eq(pong.data:byte(9) & 0x80, 0x80, "supported entities: IPMI")
    expect_eq(pong.data:byte(9) & 0x0f, 0x01, "supported entities: ASF version 1.0")
    expect_eq(pong.data:sub(11), ("\0"):rep(6), "the reserved octets are 0")
  end
end)
