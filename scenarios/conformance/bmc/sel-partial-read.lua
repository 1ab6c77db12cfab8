-- A record can be read in pieces under a reservation. IPMI v2.0, 31.5.
tags "sel"

local function read(session, reservation, id, offset, count)
  return session:cmd(0x0a, 0x43, reservation .. string.pack("<I2BB", id, offset, count))
end

test("pieces of a record make the whole", function()
  local session = target():connect()
  if session:sel_info().entries == 0 then skip "the log is empty" end
  local whole = session:sel_entry(0)
  local reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  for size = 1, 16 do
    local pieces = ""
    for offset = 0, 15, size do
      local reply = read(session, reservation, whole.id, offset, math.min(size, 16 - offset))
      expect_cc(reply, 0x00, ("octets %d and on"):format(offset))
      pieces = pieces .. reply.data:sub(3)
    end
    expect_eq(pieces, whole.record, ("read %d octets at a time"):format(size))
  end
end)

test("FFh reads to the end of the record", function()
  local session = target():connect()
  if session:sel_info().entries == 0 then skip "the log is empty" end
  local reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  expect_eq(#expect_cc(read(session, reservation, 0, 0, 0xff)), 18, "from the beginning")
  expect_eq(#expect_cc(read(session, reservation, 0, 10, 0xff)), 8, "from octet 10")
end)

test("what is beyond the record is refused", function()
  local session = target():connect()
  if session:sel_info().entries == 0 then skip "the log is empty" end
  local reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  expect_refused(read(session, reservation, 0, 16, 1), "offset 16")
  expect_refused(read(session, reservation, 0, 0, 17), "17 octets")
  expect_refused(read(session, reservation, 0, 15, 2), "2 octets where there is 1")
end)
