-- Scanners open sessions and never close them; others stop after RAKP 1, or after
-- the challenge. None of that lasts longer than a minute. (slots-exhausted)
-- IPMI v2.0, 6.12, 6.12.7.1.
tags "slots"

test("sessions that nobody closes are over after a minute", function()
  local b = bmc "server-1u"
  for _ = 1, 80 do b:console():try_open() end
  expect(not b:console():try_open(), "it is full")
  sleep(55)
  expect(not b:console():try_open(), "it still is")
  sleep(10)
  expect_eq(b:lan():stats().sessions, 0)
  b:connect()
end)

test("half-open log-ins of three hundred scanners keep nobody out", function()
  local b = bmc "server-1u"
  local mine = b:connect()
  for i = 1, 300 do
    local login = b:wire():login()
    login:open()
    if i % 2 == 0 then login:rakp1() end
    if i % 3 == 0 then b:wire():login15():challenge() end
  end
  expect_eq(b:lan():stats().sessions, 1, "they take no session's place")
  expect_eq(mine:device_id().ipmi, "2.0", "mine lives on")
  b:connect():close()
end)
