-- ipmi-sel shows of the log what it is asked for: by number, by date, by type of
-- sensor, by kind of record.
tags("client", "ipmi-sel")

local function chosen(words)
  test(words[1], function()
    local mc = bmc "server-1u"
    mc:sel_add(hex "00 00 e0 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d")
    local ids = {}
    for _, row in ipairs(mc:freeipmi("ipmi-sel", { "--quiet-cache", "--no-header-output",
                                                    words[1] }):ok():table()) do
      ids[#ids + 1] = tonumber(row[1])
    end
    expect_eq(ids, words[2])
  end)
end

for _, words in ipairs {
  { "--display=1,3", { 1, 3 } },
  { "--display=8 2", { 8, 2 } },
  { "--exclude-display=1,3", { 2, 4, 5, 6, 7, 8, 9 } },
  { "--display-range=2-4", { 2, 3, 4 } },
  { "--exclude-display-range=2-7", { 1, 8, 9 } },
  { "--date-range=12/20/2025-12/25/2025", { 4, 5 } },
  { "--sensor-types=Physical_Security", { 4, 5 } },
  { "--sensor-types=temperature,memory", { 6, 7, 8 } },
  { "--exclude-sensor-types=temperature,memory", { 1, 2, 3, 4, 5 } },
  { "--tail=2", { 8, 9 } },
  { "--system-event-only", { 1, 2, 3, 4, 5, 6, 7, 8 } },
  { "--oem-event-only", { 9 } },
} do chosen(words) end
