-- A datagram that was cut on the way is dropped by either end before anything of
-- it is believed, and sent again. (truncated-datagram)
tags "login"

local function claims(format, side)
  local b = bmc "server-1u"
  for _, step in ipairs(session_steps(format)) do
    local what = ("%s of %s: "):format(side, step.name)
    local fault = b:fault(step[side] { effect = "truncate", times = 3 })
    local console = whole_session(b, format)
    expect_eq(fault:struck(), step.closing and side == "answer" and 1 or 3, what .. "it was cut")
    expect_eq({ console:state(), b:lan():stats().sessions }, { "closed", 0 }, what .. "and it went on")
  end
end

for _, format in ipairs { "2.0", "1.5" } do
  for _, side in ipairs { "request", "answer" } do
    test(("%s: one %s after the other is cut"):format(format, side), function()
      claims(format, side)
    end)
  end
end

test("an open session drops what is cut, at whichever octet", function()
  local b = bmc "server-1u"
  local session = b:wire():session()
  local before = b:sel_info().entries
  local message = session:message { netfn = 0x0a, cmd = 0x44, data = packet.sel_event {} }
  local whole = session:packet(message)
  for length = 1, #whole - 1 do session.wire:send(whole:sub(1, length)) end
  session.wire:expect_silence "no piece is answered"
  expect_eq(b:sel_info().entries, before, "nor carried out")
  session.wire:send(whole)
  expect(session.wire:receive(), "the whole is")
end)
