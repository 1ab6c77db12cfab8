#!/bin/sh
# vendors.sh - a machine that speaks all vendors' dialects at once answers the
# tools of each: no profile stands before what another's tool asks for. What the
# profiles do is tested with each alone; here it is one command of each group.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool ipmi-oem

# each COMMAND...: with the words of each line of the input; its first is what it is to say.
each()
{
    while read -r regex words; do
        # shellcheck disable=SC2086
        expect_ok "$@" $words </dev/null
        expect_text "$regex"
    done
}

oem()
{
    free20 ipmi-oem -l ADMIN --quiet-cache --sdr-cache-directory="$WORK" "$@"
}

for machine in twin vendors; do
    lab_start "$MACHINES/$machine.emu"

    it "answers ipmitool's vendor commands as $machine"
    each lanplus <<'END'
[1-9]\.[0-9]+.?kWh|Cumulative delloem powermonitor
^https:// mc getsysinfo delloem_url
^Version: sunoem version
2.packets.received sunoem ping 2
set.successfully kontronoem nextboot HDD
^IPMC.Info fwum info
Version.3\.0 nm discover
Watts nm statistics power
Watts -b 0 -t 0x2c nm statistics power
^Manufacturer.*Intel -b 0 -t 0x2c ime info
^PICMG.Ext picmg properties
^IPMB-0.Address.*0x20 picmg addrinfo
Count:.*0x.1 picmg led prop 0
VITA.46\.11 vita properties
BOOTLOADER hpm check
completion.code:.0 hpm upgstatus
END

    it "answers ipmi-oem as $machine"
    each oem <<'END'
^SNTW dell get-system-info service-tag
Head.Room dell get-power-head-room
Enabled dell get-ssh-config
^System.Power.*On fujitsu get-system-status
^off$ fujitsu get-identify-led
ssh:.enabled gigabyte get-bmc-services
^[0-9]+$ intel get-power-restore-delay
disabled intel get-smtp-config
^shared$ inventec get-nic-mode
^Lockout.Window inventec get-authentication-config
^[0-9A-F:]+$ inventec get-mac-address
^Processor.1 quanta get-processor-information
^[0-9A-F:]+$ quanta read-mac-address s99q dedicated
^Firmware.Version supermicro extra-firmware-info
^good$ supermicro get-power-supply-status 1
^DNS.Server.1 wistron get-dns-config
^clear$ wistron get-shared-nic-selection
^IPv6.Enable wistron get-ipv6-settings
END
    lab_stop
done

lab_start "$MACHINES/vendors.emu"

it "has the records that some of them look for"
expect_answer '^LOCATE +\| OFF' lanplus sunoem led get
expect_answer '^[0-9]+ +\| LOCATE +\| Off' oem sun get-led
expect_answer '^[0-9]+ +\| LED = 0000h' oem ibm get-led
expect_answer '^Node Manager Version +: 3\.0' oem intelnm get-node-manager-version
expect_answer '^Current Power +: [1-9][0-9]* Watts' \
    oem intelnm get-node-manager-statistics mode=globalpower
expect_answer '^on$' oem dell slot-power-control c410x status 1
expect_ok oem dell slot-power-control c410x off 1
expect_answer '^off$' oem dell slot-power-control c410x status 1
expect_answer '^iPass 1: PCIe1' oem dell get-port-map
