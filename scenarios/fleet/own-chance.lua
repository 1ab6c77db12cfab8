-- Each BMC has chance of its own: readings wander differently, nonces and session ids differ, although
-- all come from one seed.
tags "fleet"

test("the inlet temperatures of 50 servers wander apart", function()
  local room, histories = fleet("server-1u", 50), {}
  for _ = 1, 20 do
    sleep(30)
    for i, b in ipairs(room) do
      histories[i] = (histories[i] or "") .. " " .. b:sensor("Inlet Temp"):raw()
    end
  end
  local seen, distinct = {}, 0
  for _, history in ipairs(histories) do
    if not seen[history] then distinct = distinct + 1 end
    seen[history] = true
  end
  expect(distinct >= 49, ("different histories: %d of 50"):format(distinct))
end)

test("fifty BMCs give fifty random numbers and session ids", function()
  local seen = {}
  for _, b in ipairs(fleet("server-1u", 50)) do
    local login = b:wire():login()
    local opened = expect(login:open())
    local answer = expect(login:rakp1())
    expect(not seen[answer.random] and not seen[opened.bmc], "seen before")
    seen[answer.random], seen[opened.bmc] = true, true
  end
end)
