-- What is added is kept; id and, in a system event, the time stamp are the
-- log's own. IPMI v2.0, 31.6, 32.1.
tags "sel"
writes()

test("a system event record is kept with the log's time", function()
  local session = target():connect()
  local now = expect_cc(session:cmd(0x0a, 0x48)):le(1, 4)
  local body = "\x41\x00\x04\x12\x52\x6f\x01\x23\x45"
  local id = session:sel_add("\x99\x99\x02\x11\x22\x33\x44" .. body)
  local entry = session:sel_entry(id)
  expect_eq(entry.id, id, "the id is the one that was given")
  expect_eq(entry.record:sub(8), body, "the rest is as it was added")
  expect_near(entry.time, now, 2, "the time stamp is the log's")
end)

test("an OEM record with a time stamp keeps its manufacturer and data", function()
  local session = target():connect()
  local now = expect_cc(session:cmd(0x0a, 0x48)):le(1, 4)
  local entry = session:sel_entry(session:sel_add("\0\0\xc0\0\0\0\0" .. "\x57\x01\x00abcdef"))
  expect_eq(entry.record:sub(8), "\x57\x01\x00abcdef", "manufacturer and data")
  expect_near(string.unpack("<I4", entry.record, 4), now, 2, "the time stamp is the log's")
end)

test("an OEM record without a time stamp is kept whole", function()
  local session = target():connect()
  local entry = session:sel_entry(session:sel_add("\0\0\xe0" .. "thirteen bits"))
  expect_eq(entry.record:sub(4), "thirteen bits")
end)
