-- What ipmitool says of each completion code, and that it ends with 1 then.
-- IPMI v2.0, table 5-2.
tags("client", "errors")

local words = {
  [0xc0] = "Node busy", [0xc1] = "Invalid command", [0xc2] = "Invalid command on LUN",
  [0xc3] = "Timeout", [0xc4] = "Out of space", [0xc5] = "Reservation cancelled or invalid",
  [0xc6] = "Request data truncated", [0xc7] = "Request data length invalid",
  [0xc8] = "Request data field length limit exceeded", [0xc9] = "Parameter out of range",
  [0xca] = "Cannot return number of requested data bytes",
  [0xcb] = "Requested sensor, data, or record not found",
  [0xcc] = "Invalid data field in request",
  [0xcd] = "Command illegal for specified sensor or record type",
  [0xce] = "Command response could not be provided",
  [0xd0] = "SDR Repository in update mode", [0xd1] = "Device firmeware in update mode",
  [0xd2] = "BMC initialization in progress", [0xd3] = "Destination unavailable",
  [0xd4] = "Insufficient privilege level", [0xd5] = "Command not supported in present state",
  [0xd6] = "Cannot execute command, command disabled", [0xff] = "Unspecified error",
  [0x8a] = "Unknown (0x8A)",
}

test("raw shows the code, and its words", function()
  local mc = bmc "server-1u"
  local commands = {}
  for code in pairs(words) do
    mc:command(0x30, code, { privilege = "user" }, function() return code end)
    commands[#commands + 1] = ("raw 0x30 0x%02x"):format(code)
  end
  local r = mc:ipmitool_exec(commands)
  for code, word in pairs(words) do r:says(("rsp=0x%x%%): %s$"):format(code, plain(word))) end
  expect_eq(mc:ipmitool("raw 0x30 0xc0").status, 1)
end)

test("CFh, a duplicate, is waited over as if it were no answer", function()
  local mc = bmc "server-1u"
  mc:command(0x30, 0x01, { privilege = "user" }, function() return 0xcf end)
  mc:ipmitool("raw 0x30 1", { args = { "-N", "1", "-R", "1" } })
    :fails "Unable to send RAW command"
  trace:expect { netfn = 0x30, cmd = 0x01, cc = 0xcf, link = "clear" }
end)
