-- Firmware and assets of a mixed room, asked for as an inventory does: device id, GUID and FRU of each
-- BMC, in a session of its own.
tags("fleet", "inventory")

local models = { ["server-1u"] = { product = 0x0101, firmware = "20.00", serial = "SN1U%d+" },
                 ["server-2s"] = { product = 0x0202, serial = "SN2S%d+" },
                 ["twin"] = { product = 0x0303 }, ["shelf"] = { product = 0x0404 } }

test("forty BMCs of four models are counted and told apart", function()
  local room, count, guids = {}, {}, {}
  for n = 1, 10 do
    for model in pairs(models) do room[#room + 1] = { model = model, bmc = bmc(model) } end
  end
  for _, place in ipairs(room) do
    local session = place.bmc:connect()
    local id, want = session:device_id(), models[place.model]
    expect_eq({ id.manufacturer, id.product }, { 32473, want.product }, place.model)
    count[id.product] = (count[id.product] or 0) + 1
    local guid = session:system_guid()
    expect(not guids[guid], "a GUID occurs twice")
    guids[guid] = true
    if want.serial then
      local serial = expect_match(session:fru(0), want.serial, place.model)
      expect(not guids[serial], serial .. " occurs twice")
      guids[serial] = true
    end
    session:close()
  end
  expect_eq(count, { [0x0101] = 10, [0x0202] = 10, [0x0303] = 10, [0x0404] = 10 })
end)

test("asset tags that are written to fifty BMCs stay where they were written", function()
  local room = fleet("server-1u", 50)
  for n, b in ipairs(room) do
    local tag = ("RACK-%02d"):format(n)
    expect_cc(b:cmd(0x2c, 0x08, string.pack("BBB", 0xdc, 0, #tag) .. tag))
  end
  for n, b in ipairs(room) do
    local reply = expect_cc(b:cmd(0x2c, 0x06, { 0xdc, 0, 16 }))
    expect_eq(reply.data, ("\xdc\x07RACK-%02d"):format(n), "group, length, tag")
  end
end)
