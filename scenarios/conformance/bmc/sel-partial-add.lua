-- A record can be added in pieces, in order and whole. IPMI v2.0, 31.7.
tags "sel"
only_lab()

local function add(session, reservation, id, offset, last, data)
  return session:cmd(0x0a, 0x45, reservation .. string.pack("<I2BB", id, offset, last) .. data)
end

local record = "\0\0\x02\0\0\0\0\x41\0\x04\x12\x55\x6f\x01\xab\xcd"

test("two pieces make a record", function()
  local session = target():connect()
  local before = session:sel_info().entries
  local reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  local first = optional(add(session, reservation, 0, 0, 0, record:sub(1, 8)),
                         "Partial Add SEL Entry")
  local id = expect_cc(first):le(1, 2)
  expect_eq(session:sel_info().entries, before, "a part is no record")
  local done = expect_cc(add(session, reservation, id, 8, 1, record:sub(9)))
  expect_eq(session:sel_entry(done:le(1, 2)).record:sub(8), record:sub(8),
            "the record is whole")
end)

test("a record that is too short at its end is refused with 80h", function()
  local session = target():connect()
  local reservation = expect_cc(session:cmd(0x0a, 0x42)).data
  local first = optional(add(session, reservation, 0, 0, 1, record:sub(1, 15)),
                         "Partial Add SEL Entry")
  expect_cc(first, 0x80)
end)

test("a piece without a reservation is refused with C5h", function()
  local session = target():connect()
  local reply = add(session, "\0\0", 0, 0, 0, record:sub(1, 8))
  expect_cc(optional(reply, "Partial Add SEL Entry"), 0xc5)
end)
