-- on_event.lua:3: on("lunch"): there is no such event; there are power, boot
test("events that there are not are errors", function()
  on("lunch", function() end)
end)
