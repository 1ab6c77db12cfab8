-- Several sessions have many requests under way to slow satellites; each gets all of its answers, none
-- twice, and none of another's. The BMC keeps eight at a time; who comes then is told C0h, node busy, and
-- asks again. IPMI v2.0, 6.13 (four at least).
tags("bus", "bridge")

test("four sessions, twelve requests each, to two slow satellites", function()
  local b = bmc "twin"
  for _, address in ipairs { 0x72, 0x74 } do
    b.chassis:mc(address):command(0x30, 0x10, function(request)
      return later(0.05 + math.random() / 4, 0, request.data)
    end)
  end
  local busy = 0
  for who = 1, 4 do
    local session = b:wire():session()
    spawn(function()
      for i = 1, 12 do
        local message = packet.message { rs_addr = i % 2 == 0 and 0x72 or 0x74, rq_addr = 0x20, rq_seq = i,
                                         netfn = 0x30, cmd = 0x10, data = { who, i } }
        while session:cmd(0x06, 0x34, "\x40" .. message).cc == 0xc0 do
          busy = busy + 1
          sleep("30ms")
        end
      end
    end)
  end
  sleep(10)
  local seen, session_of = {}, {}
  for _, frame in ipairs(trace:frames { link = "clear", netfn = 0x30, cmd = 0x10, answer = true }) do
    local who, i = frame.data:byte(1, 2)
    expect(not seen[frame.data], ("answer %d of session %d came before"):format(i, who))
    seen[frame.data] = true
    session_of[who] = session_of[who] or frame.session
    expect_eq({ frame.session, frame.seq }, { session_of[who], i }, "whose it is, and of which request")
  end
  for who = 1, 4 do
    for i = 1, 12 do expect(seen[string.char(who, i)], ("answer %d of session %d"):format(i, who)) end
  end
  expect_eq({ b:stats().bridged, b:stats().bridge_answered, b:stats().bridge_expired }, { 48, 48, 0 })
  expect(busy > 0, "there was no room at times")
end)
