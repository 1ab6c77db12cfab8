-- A packet under somebody else's session id, or nobody's, changes nothing and is
-- not answered; an answer under a foreign id is passed over and asked for again.
-- (wrong-session-id) IPMI v2.0, 13.6, 13.14.
tags "session"

test("requests under a foreign id are dropped, and its owner's session lives on", function()
  local b = bmc "server-1u"
  local mine, other = b:wire():session(), b:wire():session()
  local before = b:sel_info().entries
  for _, id in ipairs { other.id, mine.id ~ 0x01000000, 0xffffffff, 1 } do
    expect_silence(mine:cmd(0x0a, 0x44, packet.sel_event {}, { session = id }))
  end
  expect_eq(b:sel_info().entries, before, "nothing was logged")
  expect_cc(mine:cmd(6, 1))
  expect_cc(other:cmd(6, 1))
  expect_silence(mine:cmd(6, 1, nil, { session = other.id }), "the keys are not the other's")
end)

test("set-up messages under a foreign id are refused", function()
  local b = bmc "server-1u"
  local login, open = b:wire():login(), b:wire():session()
  login:open()
  expect_status(login:rakp1 { bmc = login.bmc ~ 0x01000000 }, 0x02)
  expect_status(login:rakp1 { bmc = open.id }, 0x08, "that session is past RAKP 1")
  expect_status(login:rakp1(), 0x00)
  expect_status(login:rakp3 { bmc = login.bmc ~ 0x01000000 }, 0x02)
  expect_status(login:rakp3 { bmc = open.id }, 0x08)
  expect_cc(login:session():cmd(6, 1), 0x00, "the right one is let in all the same")
  expect_cc(open:cmd(6, 1))
end)

test("every third answer comes under a foreign id", function()
  local b = bmc "server-1u"
  local c = b:connect { timeout = "100ms" }
  local fault = b:fault { on = "lan", effect = "corrupt", direction = "from bmc", offset = 6,
                          mask = 0x5a, every = 3 }
  for _ = 1, 60 do expect_cc(c:cmd(6, 1)) end
  expect_eq(c:info().retries, fault:struck(), "each was asked for again")
  expect_eq(c:info().violations, 0)
end)

test("an answer to a set-up message names another console", function()
  for _, step in ipairs(session_steps "2.0") do
    if step.setup then
      local b = bmc "server-1u"
      b:fault(step.answer { effect = "corrupt", offset = 20, mask = 0x5a, times = 1 })
      expect_eq(whole_session(b, "2.0"):info().retries, 1, step.name .. " was sent again")
    end
  end
end)
