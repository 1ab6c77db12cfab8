-- openipmish clears the log of what it has read of it, and says that it is done
-- before it is: it is told to read it again, and does one after the other.
tags("client", "sel")

test("the log is cleared", function()
  local mc = bmc "server-1u"
  mc:sel_add(packet.sel_event { sensor = 0x77 })
  mc:openipmi({ "mc rescan_sel d(0.20)", "SEL Rescan done",
                "sel list d", "0x77",
                "sel clear d", "SEL Clear done: d",
                "mc rescan_sel d(0.20)", "SEL Rescan done" }, { how = "-noall -sel" }):ok()
  trace:expect { "Clear SEL", direction = "from bmc", cc = 0 }
  for _, entry in ipairs(mc:sel()) do
    expect_ne(entry.sensor, 0x77, "the sensor of what is left")
  end
end)
