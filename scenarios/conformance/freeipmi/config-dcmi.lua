-- The DCMI category of ipmi-config. DCMI v1.5, 6.4, 6.6.
tags("client", "ipmi-config", "ipmi-dcmi")

local function config(mc, ...)
  return mc:freeipmi("ipmi-config", { "--category=dcmi", ... }, { privilege = "admin" })
end

test("names and a limit are written, and shown by ipmi-dcmi", function()
  local mc = bmc "server-1u"
  config(mc, "--commit", "-e", "DCMI_Conf:Asset_Tag=rack-7",
         "-e", "DCMI_Conf:Management_Controller_Identifier_String=node-12345678901234567890",
         "-e", "DCMI_Conf:Power_Limit_Requested=120", "-e", "DCMI_Conf:Correction_Time_Limit=2000",
         "-e", "DCMI_Conf:Exception_Actions=LOG_EVENT_TO_SEL_ONLY"):ok()
  local function dcmi(words) return mc:freeipmi("ipmi-dcmi", words, { privilege = "admin" }):ok() end
  dcmi("--get-asset-tag"):says("^rack%-7$")
  dcmi("--get-management-controller-identifier-string"):says("^node%-12345678901234567890$")
  local r = dcmi("--get-power-limit")
  r:says("^Power Limit Requested +: 120 watts$")
  r:says("^Correction time limit +: 2000 milliseconds$")
  r:says("^Exception Actions +: Log event to SEL only")
end)

test("and the other way round", function()
  local mc = bmc "server-1u"
  mc:freeipmi("ipmi-dcmi", "--set-asset-tag=elsewhere", { privilege = "admin" }):ok()
  config(mc, "--checkout"):ok():says("^\tAsset_Tag +elsewhere$")
end)
