-- Who is there? Get Device ID is broadcast to one address after the other: 00h, then a request as
-- ever. The one addressed answers, all others leave. IPMI v2.0, 20.9.
tags("bus", "discovery")

test("a walk over all addresses finds the controllers that are there", function()
  local chassis = bmc("shelf").chassis
  local node, found = chassis:controller(0x12), {}
  for address = 0x10, 0xee, 2 do
    local reply = node:ask(address, 0x06, 0x01, nil, { broadcast = true })
    if reply.ended == "answered" then
      found[#found + 1] = ("%02x"):format(address)
    else
      expect_eq(reply.ended, "not acknowledged")
    end
  end
  expect_eq(table.concat(found, " "), "20 5e 82 84 86 88", "72h and 74h are on a bus of the carrier's")
  trace:expect { link = "ipmb", fate = "NAKed" }
end)

test("a broadcast is a request with 00h in front, and has an answer like any", function()
  local chassis = bmc("bench.emu").chassis
  local node = chassis:controller(0x10)
  local plain = node:ask(0x74, 0x06, 0x01)
  local mark = trace:mark()
  expect_eq(node:ask(0x74, 0x06, 0x01, nil, { broadcast = true }).data, plain.data)
  local frame = trace:frames({ link = "ipmb", since = mark })[1]
  expect_eq(frame.bytes:sub(1, 3), hex "00 74 18", "the checksum covers from 74h on")
  expect_eq(frame.bytes:byte(4), packet.checksum(hex "74 18"))
end)

test("other commands are not broadcast", function()
  local node = bmc("bench.emu").chassis:controller(0x10)
  expect_error(function() node:ask(0x74, 0x06, 0x04, nil, { broadcast = true }) end, "request")
  local head = hex "00 74 18"
  local frame = head .. string.char(packet.checksum("\x74\x18")) .. "\x10\x00\x04"
  expect_eq(node:send(frame .. string.char(packet.checksum("\x10\x00\x04"))), "sent")
  sleep(0.1)
  trace:none { link = "ipmb", from = 0x74 }
end)
