-- A record that is added is kept as it was sent, but for its id.
-- IPMI v2.0, 33.13, 33.15.
tags "sdr"
writes()

local record = "\xff\xff\x51\xc0\x0b" .. "\x57\x01\x00" .. "lab data"

test("an OEM record is added, read and deleted", function()
  local session = target():connect()
  local count = #session:sdrs()
  local reply = optional(session:cmd(0x0a, 0x24, record), "Add SDR")
  if reply.cc == 0xd5 then skip "this BMC adds records in update mode only" end
  local id = expect_cc(reply).data
  local read = expect_cc(session:cmd(0x0a, 0x23, "\0\0" .. id .. "\x00\xff"))
  expect_eq(read.data:sub(3), id .. record:sub(3), "it is as it was sent")
  local reservation = expect_cc(session:cmd(0x0a, 0x22)).data
  expect_eq(expect_cc(session:cmd(0x0a, 0x26, reservation .. id)).data, id,
            "its id is said")
  expect_eq(#session:sdrs(), count, "there are as many as before")
end)

test("a record whose length is not its length is refused", function()
  local session = target():connect()
  for _, bad in ipairs { record:sub(1, -2), record .. "x" } do
    expect_refused(optional(session:cmd(0x0a, 0x24, bad), "Add SDR"))
  end
end)
