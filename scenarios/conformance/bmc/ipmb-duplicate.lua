-- A request that comes again is not carried out again: its answer may have been
-- lost on the wire. IPMB v1.0, message retries.
tags "ipmb"
only_lab()

-- Reserve Device SDR Repository: each time it is done, the number is another.
local function frame(rq_seq)
  return packet.message { rs_addr = 0x72, rq_addr = 0x20, rq_seq = rq_seq, netfn = 0x04, cmd = 0x22 }
end

-- Put a frame on the bus as it is; the data of what 72h answers.
local function send(session, octets)
  local mark = trace:mark()
  expect_cc(session:cmd(0x06, 0x34, "\x80" .. octets), 0x00, "Send Message, raw")
  sleep(0.1)
  local answer = trace:expect { link = "ipmb", from = 0x72, netfn = 0x04, cmd = 0x22, answer = true,
                                since = mark }
  return packet.parse_message(answer.bytes).data
end

test("a repeated request gets the first one's answer", function()
  local session = target "twin":wire():session()
  local first = send(session, frame(0x10))
  expect_eq(send(session, frame(0x10)), first, "the same reservation")
  expect_ne(send(session, frame(0x11)), first, "a new request gets another")
end)
