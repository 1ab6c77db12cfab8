-- The language itself: packets made by hand, and log-ins and sessions of them.

local message = hex "20 18 c8 81 04 01 7a"     -- Get Device ID

test("a message has its checksums, and any field can be otherwise", function()
  expect_eq(packet.message { netfn = 0x06, cmd = 0x01, rq_seq = 1 }, message)
  expect_eq(packet.message { netfn = 0x06, cmd = 0x01, rq_seq = 1, checksum1 = 0, checksum2 = 1 },
            hex "20 18 00 81 04 01 01")
  expect_eq(packet.message { netfn = 0x06, cmd = 0x01, rq_seq = 1, cut = 2, extra = { 0x99 } },
            hex "20 18 c8 81 04 99")
  expect_eq(packet.message { rs_addr = 0x24, rs_lun = 3, rq_addr = 0x8d, rq_lun = 2, rq_seq = 63,
                             netfn = 0x0a, cmd = 0x43, data = { 1, 2 } },
            hex "24 2b b1 8d fe 43 01 02 2f")
end)

test("a message is parsed into its fields", function()
  local m = packet.parse_message(hex "81 1c 63 20 04 01 00 20 bb")
  expect_eq({ m.to, m.netfn, m.from, m.rq_seq, m.cmd, m.cc, m.data, m.sums },
            { 0x81, 0x07, 0x20, 1, 0x01, 0x00, "\x20", true })
  expect_eq(packet.parse_message(hex "20 18 c9 81 04 01 7a").sums, false, "the first checksum")
  expect_eq(packet.parse_message(hex "20 18 c8 81 04 01 7b").sums, false, "the second checksum")
  expect_eq(packet.parse_message(message:sub(1, 6)), nil)
end)

test("an ASF message is a ping unless it is said otherwise", function()
  expect_eq(packet.asf { tag = 7 }, hex "06 00 ff 06 00 00 11 be 80 07 00 00")
  expect_eq(packet.asf { type = 0x40, iana = 1, length = 9, data = "x", rmcp = { class = 8 } },
            hex "06 00 ff 08 00 00 00 01 40 00 00 09 78")
end)

test("an IPMI 1.5 packet has the right code", function()
  local activate = hex "20 18 c8 81 0c 3a 02 04" ..
                   hex "10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f 44 33 22 11 11"
  local code = packet.auth_code(2, "test", 0x0182, activate, 0)
  expect_eq(code, hex "bf 80 d8 1a f0 d3 a7 04 9c c8 02 74 5e 64 60 6f", "MD5")
  expect_eq(packet.v15 { auth_type = 2, session = 0x0182, code = code, message = activate },
            hex "06 00 ff 07 02 00 00 00 00 82 01 00 00" .. code .. "\x1d" .. activate)
  local next_one = hex "20 18 c8 81 10 3b 04 30"
  expect_eq(packet.auth_code(1, "test", 0x0182, next_one, 0x7860cb96),
            hex "47 a1 55 96 7c d1 0f 6c 45 6d ea f9 22 b0 8c 9e", "MD2")
  expect_eq(packet.auth_code(4, "test", 1, message, 1), "test" .. ("\0"):rep(12), "straight")
end)

test("packets and answers are those that were built", function()
  local p = packet.parse(packet.v20 { payload_type = 0x12, session = 5, sequence = 6,
                                      payload = "abc", authenticated = true, code = "123456789012" })
  expect_eq({ p.kind, p.payload_type, p.session, p.sequence, p.payload, p.authenticated },
            { "2.0", 0x12, 5, 6, "abc", true })
  expect_eq(p.rest, "\xff\xff\xff\x03\x07" .. "123456789012")
  p = packet.parse(packet.v15 { session = 7, sequence = 8, message = message, extra = "\0" })
  expect_eq({ p.kind, p.session, p.sequence, p.payload, p.rest },
            { "1.5", 7, 8, message, "\0" })
  expect_eq(packet.parse(packet.rmcp { class = 0x86, sequence = 1 }).kind, "ack")
  local nothing, why = packet.parse(packet.v20 { payload = "abc", length = 4 })
  expect_eq({ nothing or "nil", why }, { "nil", "the payload is cut" })
end)

test("the payloads that set a session up are those of the specification", function()
  expect_eq(packet.open_session { console = 0xa0a2a3a4, privilege = 0 },
            hex "00 00 00 00 a4 a3 a2 a0 00 00 00 08 01 00 00 00" ..
            hex "01 00 00 08 01 00 00 00 02 00 00 08 01 00 00 00")
  expect_eq(packet.rakp1 { tag = 1, bmc = 2, random = ("r"):rep(16), role = 0x14, name = "me",
                           name_length = 9 },
            hex "01 00 00 00 02 00 00 00" .. ("r"):rep(16) .. hex "14 00 00 09" .. "me")
  expect_eq(packet.rakp3 { tag = 2, status = 0x0f, bmc = 0x01020304, code = "x" },
            hex "02 0f 00 00 04 03 02 01 78")
end)

test("every suite that a machine offers can be used by hand", function()
  local b = bmc "server-1u"
  for suite = 1, 17 do
    local s = b:wire():session { suite = suite }
    for _ = 1, 3 do expect_eq(s:device_id().id, 0x20) end
    expect_cc(s:close())
  end
end)

test("so can every authentication type of IPMI 1.5", function()
  local b = bmc "server-1u"
  for _, auth in ipairs { "none", "md2", "md5", "straight" } do
    local s = b:wire():session { lan15 = auth }
    for _ = 1, 3 do expect_eq(s:device_id().id, 0x20) end
    expect_cc(s:close())
  end
end)

test("a console's session goes on by hand, and the console as well", function()
  for _, options in ipairs { { suite = 2 }, { suite = 3 }, { suite = 12 }, { lan15 = "md5" } } do
    local c = bmc("server-1u"):connect(options)
    local s = c:by_hand()
    for _ = 1, 3 do
      expect_eq(s:device_id().id, 0x20, "by hand")
      expect_eq(c:device_id().id, 0x20, "by the console")
    end
    expect_silence(s:cmd(6, 1, nil, { sequence = 1 }), "a number that was used")
    expect_eq(c:info().violations, 0, "no rule was broken")
  end
end)

test("a wire hears what was sent to it, in its order, and silence", function()
  local wire = bmc("server-1u"):wire()
  for tag = 1, 3 do wire:send(packet.asf { tag = tag }) end
  for tag = 1, 3 do expect_eq(packet.parse(wire:receive()).tag, tag) end
  local before = now()
  expect_eq(wire:receive "250ms", nil)
  expect_near(now() - before, 0.25, 1e-9)
end)
