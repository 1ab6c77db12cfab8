-- An hour in the life of two hundred BMCs, as one number: the same seed gives the same hour, whatever the
-- computer and the number of processes. tests/clients/suite_fleet.sh plays it twice, and with another seed.
tags "fleet"

-- Adler's checksum: one number for a lot of text.
local function digest(text)
  local a, b = 1, 0
  for i = 1, #text do
    a = (a + text:byte(i)) % 65521
    b = (b + a) % 65521
  end
  return b << 16 | a
end

test("two hundred BMCs have an hour", function()
  local room, parts = fleet("server-1u", 200), {}
  for step = 1, 24 do
    sleep("150s")
    local b = room[math.random(#room)]
    if step % 3 == 0 then b.chassis.host:power("cycle") end
    if step % 4 == 0 then b:sensor("Inlet Temp"):set_raw(0xff) end
    if step % 6 == 0 then b:reset("cold") end
    parts[#parts + 1] = b:connect():system_guid()
  end
  for _, b in ipairs(room) do
    for _, name in ipairs { "Inlet Temp", "Fan 1A", "CPU Temp" } do
      local ok, sensor = pcall(b.sensor, b, name)
      if ok then parts[#parts + 1] = tostring(sensor:raw()) end
    end
    for _, entry in ipairs(b:sel()) do parts[#parts + 1] = entry.record end
  end
  print(("the hour's number: %08x"):format(digest(table.concat(parts, "|"))))
  expect(#parts > 2000)
end)
