-- A packet whose session sequence number came before is carried out once and
-- answered once, however often and however late it comes again. (seq-replay)
-- IPMI v2.0, 6.12.12, 6.12.13.
tags "sequence"

for _, format in ipairs { "2.0", "1.5" } do
  test(format .. ": a packet is replayed", function()
    local b = bmc "server-1u"
    local session = b:wire():session { lan15 = format == "1.5" and "md5" or nil }
    local before = b:sel_info().entries
    local packet = session:packet(session:message { netfn = 0x0a, cmd = 0x44,
                                                    data = packet.sel_event {} })
    session.wire:send(packet)
    expect(session.wire:receive(), "it is answered")
    for _ = 1, 5 do session.wire:send(packet) end
    session.wire:expect_silence "the copies are not"
    for _ = 1, 20 do expect_cc(session:cmd(6, 1)) end
    session.wire:send(packet)
    session.wire:expect_silence "nor one that is out of the window"
    expect_eq(b:sel_info().entries, before + 1, "one event was logged")
  end)

  test(format .. ": every fourth number comes twice from the BMC", function()
    local b = bmc "server-1u"
    local c = b:connect { lan15 = format == "1.5" and "md5" or nil }
    local fault = b:fault { on = "lan", effect = "duplicate", direction = "from bmc", every = 4 }
    for _ = 1, 40 do expect_cc(c:cmd(6, 1)) end
    expect_eq(fault:struck(), 10)
    expect_eq({ c:info().repeats, c:info().retries, c:info().violations }, { 10, 0, 0 },
              "the copies were passed over")
  end)
end
