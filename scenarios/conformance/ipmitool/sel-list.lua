-- "sel list" and "sel elist" show each entry in words: what it says of which sensor,
-- and when. IPMI v2.0, 32.1, 42.
tags("client", "sel")

local events = {
  { { sensor_type = 0x0c, sensor = 0x2e, event_type = 0x6f, data = { 0x01 },
      generator = 0x20 }, "Memory Memory", "Uncorrectable ECC", "Asserted" },
  { { sensor_type = 0x05, sensor = 0x29, event_type = 0xef, data = { 0x00 },
      generator = 0x20 },
    "Physical Security Intrusion", "General Chassis intrusion", "Deasserted" },
  { { sensor_type = 0x0b, sensor = 0x2f, event_type = 0x0b, data = { 0x01 } },
    nil, "Redundancy Lost", "Asserted" },
  { { sensor_type = 0x12, sensor = 0x99, event_type = 0x6f, data = { 0x02 } },
    "System Event #0x99", "Undetermined system hardware failure", "Asserted" },
}

test("in words, with the sensor's name where it has one", function()
  local mc = bmc "server-1u"
  mc:sel_clear()
  wait_until(function() return mc:sel_info().entries <= 1 end)
  for _, event in ipairs(events) do mc:sel_add(packet.sel_event(event[1])) end
  local rows = mc:ipmitool("sel elist"):ok():table()
  for i, event in ipairs(events) do
    local row = rows[#rows - #events + i]
    if event[2] then expect_eq(row[4], event[2]) end
    expect_eq({ row[5], row[6] }, { event[3], event[4] })
  end
  mc:ipmitool("sel list last 1"):ok():says "| System Event #0x99 |"
end)

test("a threshold's event with the reading that raised it", function()
  local mc = bmc "server-1u"
  mc:sensor "Inlet Temp":set(45)
  mc:ipmitool("sel elist last 1"):ok()
    :says "Upper Critical going high | Asserted | Reading 45 > Threshold 43 degrees C$"
end)

test("the first, the last, and with commas", function()
  local mc = bmc "server-1u"
  local all = mc:ipmitool("sel list"):ok():lines()
  expect_eq(#all, mc:sel_info().entries)
  expect_eq(mc:ipmitool("sel list first 2"):ok():lines(), { all[1], all[2] })
  expect_eq(mc:ipmitool("sel list last 1"):ok():lines(), { all[#all] })
  mc:ipmitool("sel list first 1", { args = { "-c" } }):ok():says "^1,%d+/%d+/%d+,.*,Asserted$"
end)
