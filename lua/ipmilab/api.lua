-- api.lua - the names that every scenario has.

local use = ...
local M = {}

local parts = { "time", "expect", "lab", "sensor", "commands", "hook", "on", "node", "fault", "bus",
                "host", "sol", "steps", "trace", "run", "client", "target", "packet", "wire", "login",
                "conform", "fleet", "grade" }

function M.fill(env)
  for _, part in ipairs(parts) do
    for name, value in next, use(part).api do env[name] = value end
  end
end

return M
