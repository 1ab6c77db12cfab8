-- trace_folder.lua:4: expected the name of a file, without a folder
test("a trace is saved in its folder alone", function()
  bmc "server-1u"
  trace:save "../elsewhere.pcapng"
end)
