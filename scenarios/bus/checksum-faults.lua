-- A frame with a wrong checksum is dropped without a word: no negative acknowledgement exists. The
-- request comes again when its time is over, octet for octet. IPMB v1.0; IPMI v2.0, 13.8.
tags("bus", "loss")

for _, place in ipairs { "header checksum", "data", "data checksum" } do
  test("damage of the " .. place .. " costs one time-out", function()
    local chassis = bmc("bench.emu").chassis
    local node = chassis:controller(0x10)
    chassis:bus():fault { effect = "corrupt", place = place, to = 0x72, mask = 0x04, times = 1 }
    expect_cc(node:ask(0x72, 0x06, 0x09, { 0x01, 0x02 }), 0xc1)
    local frames = trace:frames { link = "ipmb", to = 0x72 }
    trace:expect { link = "ipmb", fate = "ignored", why = "checksum" }
    -- Nine octets take 830 us; 250 ms after that it is sent again.
    local last = frames[#frames]
    expect_eq(last.instant, 830000 + 250000000 + 830000)
    expect_eq(chassis:bus():node(0x72).frames_sent, 1, "only one is answered")
  end)
end

test("a damaged answer costs one as well, and is given again, not made again", function()
  local chassis = bmc("bench.emu").chassis
  local node, asked = chassis:controller(0x10), 0
  chassis:controller(0x30, { otherwise = function() asked = asked + 1; return 0, asked end })
  chassis:bus():fault { effect = "corrupt", place = "data checksum", to = 0x10, mask = 1, times = 1 }
  expect_eq(node:ask(0x30, 0x30, 0x01)[1], 1)
  expect_eq(asked, 1)
end)
