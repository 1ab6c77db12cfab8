-- What the watchdog is set to is read back; setting it stops it.
-- IPMI v2.0, 27.6, 27.7.
tags "watchdog"
writes()

local function get(session) return expect_cc(session:cmd(0x06, 0x25)) end

test("the settings are read back", function()
  local session = target():connect()
  for use = 1, 5 do
    expect_cc(session:cmd(0x06, 0x24, string.pack("<BBBBI2", use, 0x00, 0, 0x3e, 3000 + use)))
    local state = get(session)
    expect_eq(#state, 8, "the answer has 8 octets")
    expect_eq(state[1], use, "the use; the timer stands")
    expect_eq({ state[2], state[3] }, { 0, 0 }, "action and pre-timeout")
    expect_eq(state:le(5, 2), 3000 + use, "the count to begin with")
  end
end)

test("a use or an action that is none is refused", function()
  local session = target():connect()
  expect_refused(session:cmd(0x06, 0x24, { 0x00, 0, 0, 0, 0x10, 0x0e }), "use 0")
  expect_refused(session:cmd(0x06, 0x24, { 0x06, 0, 0, 0, 0x10, 0x0e }), "use 6")
  expect_refused(session:cmd(0x06, 0x24, { 0x04, 0x07, 0, 0, 0x10, 0x0e }), "action 7")
end)

test("setting it stops it, unless it is told not to", function()
  local session = target():connect()
  session:watchdog(300)
  expect(session:watchdog_state().running, "it runs")
  expect_cc(session:cmd(0x06, 0x24, { 0x44, 0, 0, 0x3e, 0xb8, 0x0b }))
  expect(session:watchdog_state().running, "told not to stop, it runs on")
  expect_cc(session:cmd(0x06, 0x24, { 0x04, 0, 0, 0x3e, 0xb8, 0x0b }))
  expect(not session:watchdog_state().running, "it stands")
end)
