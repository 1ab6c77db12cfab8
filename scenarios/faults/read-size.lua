-- CAh, cannot return so many octets: a client asks for half as many, until they
-- come, and has the same record in the end. (ca-cannot-return) IPMI v2.0, 5.2.
tags "sdr"

-- A record read in pieces, as large as the BMC gives them.
local function read_record(console, id, size)
  local reservation = expect_cc(console:cmd(0x0a, 0x22)).data
  local record, length, refused = "", 5, 0
  while #record < length do
    local count = math.min(size, math.max(5, length - #record), 0xff)
    local reply = console:cmd(0x0a, 0x23,
                              reservation .. string.pack("<I2BB", id, #record, count))
    if reply.cc == 0xca then
      size, refused = size // 2, refused + 1
    else
      record = record .. expect_cc(reply).data:sub(3)
      if #record >= 5 then length = 5 + record:byte(5) end
    end
  end
  return record, refused
end

for _, room in ipairs { 64, 32, 16, 8 } do
  test(("a BMC that gives %d octets at a time"):format(room), function()
    local b = bmc "server-1u"
    local want = b:sdrs()[3]
    b:command(0x0a, 0x23, function(request)
      if request[6] > room then return 0xca end
      return request.original()
    end)
    local record, refused = read_record(b:connect(), string.unpack("<I2", want), 128)
    expect_eq(record:sub(1, #want), want)
    expect(refused <= 4 and (refused > 0) == (#want - 5 > room), "it was told, and believed it")
  end)
end
