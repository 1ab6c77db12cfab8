-- Frames with a wrong checksum are dropped without a word. IPMB v1.0, message
-- format.
tags "ipmb"
only_lab()

local function sent(session, fields)
  fields.rs_addr, fields.rq_addr, fields.netfn, fields.cmd = 0x72, 0x20, 0x06, 0x01
  local mark = trace:mark()
  expect_cc(session:cmd(0x06, 0x34, "\x80" .. packet.message(fields)), 0x00, "Send Message, raw")
  sleep(0.1)
  return trace:count { link = "ipmb", from = 0x72, netfn = 0x06, cmd = 0x01, answer = true,
                       since = mark }
end

test("a controller answers what is whole, and nothing else", function()
  local session = target "twin":wire():session()
  expect_eq(sent(session, { rq_seq = 1 }), 1, "answers to a good frame")
  expect_eq(sent(session, { rq_seq = 2, checksum1 = 0x00 }), 0, "the first checksum is wrong")
  expect_eq(sent(session, { rq_seq = 3, checksum2 = 0x00 }), 0, "the second checksum is wrong")
  expect_eq(sent(session, { rq_seq = 4 }), 1, "answers to a good frame afterwards")
end)
