-- openipmish restarts a controller.
tags("client", "mc")

for kind, name in pairs { warm = "Warm Reset", cold = "Cold Reset" } do
  test(kind, function()
    bmc "server-1u":openipmi { "mc reset d(0.20) " .. kind, "[Rr]eset" }
    trace:expect { name, direction = "to bmc" }
  end)
end
