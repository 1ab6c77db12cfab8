-- What ipmitool does not understand is told, and not sent; exit status 1.
tags("client", "errors")

local mistakes = {
  ["nonsense"] = "Invalid command: nonsense",
  ["mc nonsense"] = "Invalid mc/bmc command: nonsense",
  ["chassis nonsense"] = "Invalid chassis command: nonsense",
  ["power nonsense"] = "Invalid chassis power command: nonsense",
  ["sel nonsense"] = "Invalid SEL command: nonsense",
  ["channel info 99"] = "Given Channel number '99' is either invalid or out of range",
  ["user set name 99 x"] = "User ID is limited to range",
}

for words, answer in pairs(mistakes) do
  test(words, function()
    local mc = bmc "server-1u"
    mc:ipmitool(words):fails(answer)
  end)
end

test("without a command it shows what there is", function()
  local r = bmc "server-1u":ipmitool ""
  r:fails "No command provided!"
  r:says "^%sdcmi +Data Center Management Interface"
  run({ "ipmitool", "-V" }):ok():says "^ipmitool version 1%."
end)
