-- Close Session ends a session; an id that is none is refused with 87h.
-- IPMI v2.0, 22.19.
tags "session"

for _, kind in ipairs { "RMCP+", "IPMI 1.5" } do
  local options = kind == "IPMI 1.5" and { lan15 = "md5" } or {}

  test(("a closed session of %s is not answered any more"):format(kind), function()
    local session = target():wire():session(options)
    expect_cc(session:close(), 0x00, "closing is answered")
    for _ = 1, 3 do expect_silence(session:cmd(0x06, 0x01)) end
  end)
end

test("closing a session that is not there is refused with 87h", function()
  local session = target():wire():session()
  expect_cc(session:cmd(0x06, 0x3c, "\x78\x56\x34\x12"), 0x87)
  expect_cc(session:cmd(0x06, 0x01), 0x00, "the own one lives on")
end)
