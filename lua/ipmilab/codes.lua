-- codes.lua - completion codes and privileges in words. IPMI v2.0, 5.2.

local M = {}

local words = {
  [0x00] = "completed normally", [0xc0] = "node busy", [0xc1] = "invalid command",
  [0xc2] = "invalid for this LUN", [0xc3] = "time-out", [0xc4] = "out of space",
  [0xc5] = "reservation cancelled", [0xc6] = "request data truncated",
  [0xc7] = "request data length invalid", [0xc8] = "length limit exceeded",
  [0xc9] = "parameter out of range", [0xca] = "cannot return so many octets",
  [0xcb] = "not present", [0xcc] = "invalid data field", [0xcd] = "illegal for this sensor",
  [0xce] = "no response could be given", [0xcf] = "duplicated request",
  [0xd0] = "SDR repository in update mode", [0xd1] = "firmware in update mode",
  [0xd2] = "initialising", [0xd3] = "destination unavailable",
  [0xd4] = "insufficient privilege", [0xd5] = "not in this state", [0xd6] = "disabled",
  [0xff] = "unspecified error",
}

-- "C7h (request data length invalid)"
function M.cc(cc)
  return ("%02Xh (%s)"):format(cc, words[cc] or "of the command's own")
end

M.privileges = { callback = 1, user = 2, operator = 3, admin = 4, administrator = 4, oem = 5 }

return M
