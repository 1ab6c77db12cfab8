-- The host's software bridges untracked: its request has LUN 2 of the BMC as its origin, and the
-- answer waits in the receive message queue until Get Message fetches it. IPMI v2.0, 6.13, 22.6.
tags("bus", "bridge")

test("an answer waits for the host to fetch it", function()
  local b = bmc "bench.emu"
  local message = packet.message { rs_addr = 0x72, rq_addr = 0x20, rq_lun = 2, rq_seq = 9, netfn = 6,
                                   cmd = 1 }
  expect_cc(b:cmd(0x06, 0x33), 0x80, "the queue is empty")
  expect_cc(b:cmd(0x06, 0x34, "\x00" .. message))
  sleep("20ms")
  expect_eq(b:cmd(0x06, 0x31).data:byte(1) & 1, 1, "Get Message Flags: a message is there")
  local reply = expect_cc(b:cmd(0x06, 0x33))
  expect_eq(reply[1] & 0x0f, 0, "it came by channel 0")
  -- All but the BMC's own address: netfn and LUN, checksum, 72h, number and LUN, command, code.
  expect_eq(reply.data:sub(2, 7), string.char(0x07 << 2 | 2, packet.checksum("\x20\x1e"), 0x72, 9 << 2,
                                              0x01, 0x00))
  expect_eq(reply[8], 0x21, "the device id of 72h")
  expect_cc(b:cmd(0x06, 0x33), 0x80, "it was fetched")
end)

test("another controller's request for LUN 2 waits there as well", function()
  local b = bmc "bench.emu"
  local node, reply = b.chassis:controller(0x10), nil
  spawn(function() reply = node:ask(0x20, 0x30, 0x42, { 0xaa, 0xbb }, { lun = 2 }) end)
  sleep("20ms")
  local got = expect_cc(b:cmd(0x06, 0x33))
  local m = expect(packet.parse_message("\x20" .. got.data:sub(2)))
  expect_eq({ m.netfn, m.cmd, m.from, m.data }, { 0x30, 0x42, 0x10, "\xaa\xbb" })
  -- The host answers; LUN 2 is where it was asked.
  local answer = packet.message { rs_addr = 0x10, rq_addr = 0x20, rq_lun = 2, rq_seq = m.rq_seq,
                                  netfn = 0x31, cmd = 0x42, data = { 0x00, 0xcc } }
  expect_cc(b:cmd(0x06, 0x34, "\x00" .. answer))
  wait_until(function() return reply end)
  expect_eq({ reply.cc, reply[1] }, { 0x00, 0xcc })
end)
