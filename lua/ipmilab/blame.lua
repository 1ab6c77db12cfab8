-- blame.lua - where in a scenario something went wrong.
--
-- Primitives and the library raise errors without a position; the innermost
-- line of a scenario's own file is the one to blame.

local M = {}

-- "file:line" of the innermost scenario line of a coroutine (nil: the running
-- one), or nil.
function M.where(thread)
  local level = thread and 0 or 2
  while true do
    local info
    if thread then
      info = debug.getinfo(thread, level, "Sl")
    else
      info = debug.getinfo(level, "Sl")
    end
    if not info then return nil end
    if info.source:sub(1, 1) == "@" and info.currentline > 0 then
      return info.source:sub(2) .. ":" .. info.currentline
    end
    level = level + 1
  end
end

-- An error message in words, and its place: error() in a scenario has put a
-- place in front of it already; a primitive that of the library's line.
function M.split(message, where)
  message = tostring(message):gsub("^ipmilab/[%w_]+%.lua:%d+: ", "")
  local place, rest = message:match("^(.-:%d+): (.*)$")
  if place and where and place:match("^(.*):%d+$") == where:match("^(.*):%d+$") then
    return place, rest
  end
  return where, message
end

return M
