#!/bin/sh
# freeipmi_oem_others.sh - ipmi-oem's commands of Quanta, Wistron, Inventec,
# Gigabyte and IBM. What the installed program leaves out is passed over.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-oem ipmitool

EMU=$SRCDIR/tests/data/emu
lab_start "$EMU/oem-quanta.emu" "$EMU/oem-wistron.emu" "$EMU/oem-inventec.emu" \
    "$EMU/oem-gigabyte.emu" "$EMU/oem-ibm.emu"

# of VENDOR: whom the next commands ask.
of()
{
    vendor=$1
    PORT=$(lab_port "oem-$1")
}

oem()
{
    free20 ipmi-oem -l ADMIN "$vendor" "$@"
}

# has COMMAND: the program offers it.
has()
{
    oem "$1" >"$WORK/has" 2>&1
    ! grep -q "^OEM Command '$1' unknown" "$WORK/has"
}

extended()
{
    expect_answer '^shared$' oem get-nic-mode
    expect_clean oem set-nic-mode dedicated
    expect_answer '^dedicated$' oem get-nic-mode
    fine='disabled'
    expect_answer '^All services enabled' oem get-bmc-services
    expect_clean oem set-bmc-services disable http
    expect_answer '^HTTP/HTTPS disabled' oem get-bmc-services
    expect_clean oem set-bmc-services enable all
    expect_answer "^$USER_NAME +\\| Enabled" oem get-account-status
    expect_clean oem set-dns-config dnsdhcp=enable dnsserver1=10.0.0.1 dnsserver2=10.0.0.2 \
        dnsregisterbmc=enable dnsbmchostname=node1 dnsdomainnamedhcp=disable \
        dnsdomainname=example.org
    expect_answer '^DNS Server 2 +: 10\.0\.0\.2' oem get-dns-config
    expect_text '^DNS BMC Host Name +: node1'
    expect_text '^DNS Domain Name +: example\.org'
    expect_clean oem set-web-server-config webserver=disable webservertimeout=600 \
        httpportnumber=8080 httpsportnumber=8443
    expect_answer '^Web Server +: Disabled' oem get-web-server-config
    expect_text '^https Port Number +: 8443'
    expect_clean oem set-power-management-config powerstaggeringacrecovery=user \
        powerondelay=5 maxpowerondelay=60
    expect_answer '^Power Staggering AC Recovery +: User' oem get-power-management-config
    expect_text '^Power On Delay +: 5 '
    expect_clean oem set-sol-idle-timeout 10
    expect_answer '^10 minutes' oem get-sol-idle-timeout
}

of quanta
it "keeps what Quanta configures"
extended
expect_clean oem set-telnet-ssh-redirect-status enable
expect_answer '^enabled' oem get-telnet-ssh-redirect-status

it "tells of Quanta's processors"
expect_answer '^Processor 2: Westmere-EP 2\.40 Ghz' oem get-processor-information
expect_no_text '^Processor 3'
expect_fail oem get-processor-information 3

it "writes Quanta's MAC addresses"
expect_clean oem write-mac-address s99q shared 02:11:22:33:44:55
expect_answer '^02:11:22:33:44:55$' oem read-mac-address s99q shared
expect_clean oem write-mac-address s99q dedicated 02:11:22:33:44:56
fine='Invalid password disable'
expect_answer '^MAC Address +: 02:11:22:33:44:56' lanplus lan print 1

it "goes back to Quanta's defaults"
expect_clean oem reset-to-defaults all
expect_answer '^shared$' oem get-nic-mode
expect_no_text '02:11:22' lanplus lan print 1

of wistron
it "keeps what Wistron configures"
extended
expect_clean oem set-shared-nic-selection nic2
expect_answer '^nic2$' oem get-shared-nic-selection
expect_clean oem set-telnet-redirect-function smashenable
expect_answer '^SMASH enabled' oem get-telnet-redirect-function
expect_clean oem set-dhcp-retry 3 2 1
expect_answer '^Retry Interval +: 20 seconds' oem get-dhcp-retry
expect_clean oem set-link-status-change-control link_resilience
expect_answer '^Link Down Resilience' oem get-link-status-change-control
expect_clean oem set-password-policy enable

it "tells who Wistron's is"
expect_answer '^AT-0417$' oem get-system-info asset-tag
expect_answer '^SN1U000$' oem get-system-info service-tag
expect_answer '^Server 1U$' oem get-system-info product-name

it "sets the LAN's IPv6 addresses for Wistron"
expect_clean oem set-ipv6-settings ipv6=enable ipv6address=2001:db8::5 ipv6prefixlength=48 \
    ipv6dnsserver1=2001:db8::53
expect_answer '^IPv6 Address +: 2001:db8::5' oem get-ipv6-settings
expect_text '^IPv6 Link Local Address +: fe80::'
expect_answer 'IPv6 Static Address 0' lanplus lan6 print 1
expect_text '2001:db8::5'
expect_clean oem set-ipv6-trap-settings 1 destinationtype=pet retries=2 \
    ipv6snmptrapaddress=2001:db8::99
expect_answer '^1: IPv6 SNMP Trap Destination IP Address : 2001:db8::99' \
    oem get-ipv6-trap-settings

it "keeps a string for Wistron"
expect_clean oem write-proprietary-string abcdefghijklmnopqrstuvwxyz0123456789
expect_answer '^abcdefghijklmnopqrstuvwxyz0123456789$' oem read-proprietary-string
expect_ok oem clear-proprietary-string
expect_no_text abc oem read-proprietary-string

of inventec
it "keeps what Inventec configures"
extended
expect_clean oem set-telnet-ssh-redirect-status enable
expect_answer '^enabled' oem get-telnet-ssh-redirect-status
expect_clean oem set-authentication-config maxauthenticationfailures=3 lockoutwindow=60 \
    lockouttime=120
fine='Failures'
expect_answer '^Lockout Time +: 120 ' oem get-authentication-config
expect_clean oem set-sol-inactivity-timeout 15
expect_answer ': 15 minutes' oem get-sol-inactivity-timeout
expect_clean oem set-board-id 7
expect_answer '^7h$' oem get-board-id
expect_clean oem set-fcb-version 2 9
expect_answer '^2\.09$' oem get-fcb-version

it "sets Inventec's MAC address"
expect_clean oem set-mac-address dedicated 02:aa:bb:cc:dd:ee
expect_answer '^02:AA:BB:CC:DD:EE$' oem get-mac-address
expect_clean oem set-mac-address shared 02:aa:bb:cc:dd:ef

it "restores Inventec's defaults"
expect_clean oem restore-to-defaults all
expect_no_text '02:AA' oem get-mac-address

it "updates Inventec's firmware, where the program can"
if has get-firmware-information; then
    expect_answer '^Firmware Version +: 1\.30' oem get-firmware-information
    expect_clean oem update-firmware tftp
    expect_clean oem set-asset-tag abc123
    expect_clean oem set-dhcp-retry 3 2 1
    expect_answer '^Retry Count +: 3' oem get-dhcp-retry
fi

of gigabyte
it "keeps what Gigabyte configures"
expect_answer '^failover$' oem get-nic-mode
expect_clean oem set-nic-mode shared
expect_answer '^shared$' oem get-nic-mode
expect_clean oem set-bmc-services disable ssh
expect_answer '^ssh: disabled' oem get-bmc-services
expect_text '^https: enabled'

of ibm
it "lights IBM's LEDs"
expect_answer '\| Location +\| Inactive' oem get-led
expect_text '\| FAN +\| Inactive'
expect_clean lanplus chassis identify force
expect_answer '\| Location +\| Active +\| LED Activated by User' oem get-led
IPMI_OEM_IBM_DATAFILE=/dev/null
export IPMI_OEM_IBM_DATAFILE
expect_clean lanplus -o ibm sel list
