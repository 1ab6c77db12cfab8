-- trace_claim.lua:4: the trace has fate lost, "RAKP 2" within 100 ms
test("a claim about the trace that does not hold fails", function()
  bmc("server-1u"):connect()
  trace:expect { "RAKP 2", fate = "lost", within = "100ms" }
end)
