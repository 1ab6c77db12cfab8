-- A satellite describes its own sensors: who finds it asks for its device SDRs over the bus, and reads
-- each sensor that they name. IPMI v2.0, 35.2 to 35.4.
tags("bus", "discovery", "sdr")

local SENSOR_EVENT = 0x04

-- All device SDRs of a controller, whole.
local function device_sdrs(node, address)
  local reservation = expect_cc(node:ask(address, SENSOR_EVENT, 0x22)).data
  local list, id = {}, 0
  repeat
    local record, next_id, length = "", nil, 5
    while #record < length do
      local n = math.min(12, length - #record)
      local r = expect_cc(node:ask(address, SENSOR_EVENT, 0x21,
                                   reservation .. string.pack("<I2BB", id, #record, n)))
      next_id, record = r:le(1, 2), record .. r.data:sub(3)
      if #record == 5 then length = 5 + record:byte(5) end
    end
    list[#list + 1] = record
    id = next_id
  until id == 0xffff
  return list
end

test("the device SDRs of both nodes name their sensors, and each can be read", function()
  local chassis = bmc("twin").chassis
  local node = chassis:controller(0x10)
  for _, address in ipairs { 0x72, 0x74 } do
    local info = expect_cc(node:ask(address, SENSOR_EVENT, 0x20))
    local sensors = 0
    for _, record in ipairs(device_sdrs(node, address)) do
      local kind, owner, number = record:byte(4), record:byte(6), record:byte(8)
      if kind == 0x01 or kind == 0x02 then
        sensors = sensors + 1
        expect_eq(owner, address, ("the owner of sensor %02Xh"):format(number))
        expect_cc(node:ask(address, SENSOR_EVENT, 0x2d, { number }))
      end
    end
    expect_eq(sensors, info[1], "as many as Get Device SDR Info says")
    expect_eq(sensors, #chassis:mc(address):sensors())
  end
end)

test("a reservation is lost by another reservation", function()
  local node = bmc("twin").chassis:controller(0x10)
  local first = node:ask(0x72, SENSOR_EVENT, 0x22).data
  expect_cc(node:ask(0x72, SENSOR_EVENT, 0x22))
  expect_cc(node:ask(0x72, SENSOR_EVENT, 0x21, first .. string.pack("<I2BB", 0, 4, 8)), 0xc5)
end)
