-- The cipher suites of the LAN parameters are those that can be listed.
-- IPMI v2.0, 22.15, 23.2.
tags "lan-parameters"

test("parameters 22 to 24 name as many suites as the list has", function()
  local session = target():connect()
  local function get(number) return session:cmd(0x0c, 0x02, { 0x0e, number, 0, 0 }) end
  if get(22).cc == 0x80 then skip "this BMC does not have these parameters" end
  local count = get(22)[2] & 0x1f
  local entries = expect_cc(get(23)).data:sub(3)
  expect(count >= 1 and count <= 16, "there are 1 to 16 entries")
  expect(#entries >= count, "each entry has its suite")

  local list, index = "", 0
  repeat
    local reply = expect_cc(session:cmd(0x06, 0x54, { 0x0e, 0, 0x80 | index }))
    list, index = list .. reply.data:sub(2), index + 1
  until #reply < 17
  local limits = expect_cc(get(24)).data:sub(3)
  for entry = 1, count do
    local limit = limits:byte((entry + 1) // 2) >> (entry % 2 == 1 and 0 or 4) & 0x0f
    local id = entries:byte(entry)
    if limit ~= 0 then
      expect(list:find("\xc0" .. string.char(id), 1, true),
             ("suite %d is listed"):format(id))
    end
  end
end)
