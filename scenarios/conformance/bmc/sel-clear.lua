-- Clearing empties the log, and its progress can be asked for. IPMI v2.0, 31.9.
tags "sel"
writes()

test("a cleared log is empty, and says when it was", function()
  local session = target():connect()
  session:sel_add(packet.sel_event { sensor = 0x54 })
  local reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  local reply = expect_cc(session:cmd(0x0a, 0x47, reservation .. "CLR\xaa"))
  expect(reply[1] & 0x0f <= 1, "clearing is going on, or done")
  poll(function()
    local status = session:cmd(0x0a, 0x47, session:cmd(0x0a, 0x42).data .. "CLR\x00")
    return status.cc == 0 and status[1] & 0x0f == 1
  end, 30, "clearing is done")
  expect(session:sel_info().entries <= 1,
         "the log is empty, but for a note that it was cleared")
  local now = expect_cc(session:cmd(0x0a, 0x48)):le(1, 4)
  expect_near(session:sel_info().erased, now, 30, "the time of the last erasure")
end)

test("an operation that is none is refused", function()
  local session = target():connect()
  local before = session:sel_info().entries
  local reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  expect_refused(session:cmd(0x0a, 0x47, reservation .. "CLR\x55"))
  expect_eq(session:sel_info().entries, before, "the log is as it was")
end)
