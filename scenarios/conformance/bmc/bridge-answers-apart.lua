-- What several consoles ask over the BMC at once goes back to each of them, in
-- whatever order it comes, with the numbers that it was asked with. IPMI v2.0, 6.13, 22.7.
tags "bridge"
only_lab()

local SEND_MESSAGE = 0x34

-- Ask a satellite for a sensor's reading: the message of its answer, which
-- stands in the answer to Send Message, or follows it.
local function ask(session, address, rq_seq)
  local message = packet.message { rs_addr = address, rq_addr = 0x20, rq_seq = rq_seq,
                                   netfn = 0x04, cmd = 0x2d, data = { 0x01 } }
  local reply = expect_cc(session:cmd(0x06, SEND_MESSAGE, "\x40" .. message), 0x00, "Send Message")
  if #reply > 0 then return packet.parse_message(reply.data) end
  local datagram = expect(session.wire:receive(), "an answer follows")
  return packet.parse_message(session:payload(packet.parse(datagram)))
end

test("consoles that ask at once get the answers of those they asked", function()
  local bmc = target "twin"
  local reading = { [0x72] = 0x31, [0x74] = 0x42 }
  for address, raw in pairs(reading) do bmc.chassis:mc(address):sensor(1):set_raw(raw) end
  bmc.chassis:mc(0x72):answer(0x04, 0x2d, { after = "30ms" })
  local asked = { { 0x72, 0x05 }, { 0x74, 0x2a }, { 0x74, 0x3f }, { 0x72, 0x01 } }
  local answers, count = {}, 0
  for i, row in ipairs(asked) do
    local session = bmc:wire():session()
    spawn(function()
      answers[i] = ask(session, row[1], row[2])
      count = count + 1
    end)
  end
  wait_until(function() return count == #asked end, 10, "all are answered")
  for i, row in ipairs(asked) do
    local answer = answers[i]
    expect_eq(answer.rq_seq, row[2], ("console %d asked with rqSeq %02Xh"):format(i, row[2]))
    expect_eq(answer.cmd, 0x2d, "the command")
    expect_eq(answer.cc, 0x00, "the completion code")
    expect_eq(answer.data:byte(1), reading[row[1]], ("console %d asked %02Xh"):format(i, row[1]))
  end
end)
