#include <string.h>

#include "sim/mc/mc_parts.h"

/* Serial/modem parameters 0 to 54. Spec: IPMI v2.0 table 25-4. */

#define AUTH_LEVELS 5
#define AUTH_SUPPORT (AUTH_BIT_NONE | AUTH_BIT_MD2 | AUTH_BIT_MD5 | AUTH_BIT_STRAIGHT)
#define ACK_TIMEOUT 5              /* seconds, of a destination */
#define RATES_SUPPORTED 0x1f       /* 9600 .. 115200 */
#define TERMINAL_OPERATION 6       /* shift, parameter 29 */
#define TERMINAL_BITS 0x2f
#define NEWLINE_OUT_MAX 5          /* [7:4] of its second octet */
#define NEWLINE_IN_MAX 2           /* [3:0] */

enum { TERMINAL_SET_NOW, TERMINAL_SET_KEPT, TERMINAL_RESTORE };

#define DESTINATION { .info = { 0, ACK_TIMEOUT, 0, 0 }, .comm = { 0, 10 } }
#define TAP_SERVICE                                                                       \
    { .service = { 0, 'P', 'G', '1', 0xff, 0xff, 0xff, 0xff, 0x11, 0x43, 0x31, 0x33, 0x33 } }
#define PPP { .hold = 30 }

/* As after delivery. */
const struct serial_config serial_factory = {
    .auth_enables = { AUTH_SUPPORT, AUTH_SUPPORT, AUTH_SUPPORT, AUTH_SUPPORT, 0 },
    .mode = 0x85,                          /* direct; terminal and basic mode */
    .callback = { 0, 0, 0xff, 0xff, 0xff },
    .termination = 0x01,                   /* with DCD */
    .comm = { 0x00, 10 },                  /* no flow control, 115,200 */
    .mux = { 0x1e, 0x08 },
    .ring = { 0x14, 0x04 },
    .init = { { "ATE1Q0V1X4&D0&C1" }, { "S0=0" } },
    .escape = "+++", .hang_up = "ATH", .dial = "ATD",
    .community = "public",
    .destinations = { DESTINATION, DESTINATION, DESTINATION, DESTINATION, DESTINATION },
    .call_retry = 60,
    .taps = { TAP_SERVICE, TAP_SERVICE, TAP_SERVICE, TAP_SERVICE },
    .terminal = { 0x2e, 0x10 }, .terminal_now = { 0x2e, 0x10 },
    .rmcp_port = { 0x6f, 0x02 }, .rmcp_port_2 = { 0x98, 0x02 },
    .ppps = { PPP, PPP, PPP, PPP },
    .association = { { 0x20, 0x03 }, { 0x00, 0x00 } },
    .connector = { "COM1", "" }, .name = { "ttyS0", "" },
};

/* What is told of single octets: bits that are kept, and the values that some
 * of them may have. */
static const struct field {
    uint8_t selector, octet;
    uint8_t kept;                  /* others are cleared */
    uint8_t bits, min, max;        /* bits 0: any value */
} fields[] = {
    { 3, 0, 0x87, 0, 0, 0 },
    { 4, 0, 0x0f, 0, 0, 0 },
    { 5, 0, 0x03, 0, 0, 0 },
    { 5, 1, 0x0f, 0, 0, 0 },
    { 6, 0, 0x03, 0, 0, 0 },
    { 7, 0, 0xe0, 0xc0, 0, 0x80 },
    { 7, 1, 0x0f, 0x0f, SOLPORT_RATE_FIRST, SOLPORT_RATE_LAST },
    { 8, 0, 0x7f, 0, 0, 0 },
    { 8, 1, 0x0f, 0, 0, 0 },
    { 9, 0, 0x3f, 0x3f, 0, 0x3e },
    { 9, 1, 0x0f, 0, 0, 0 },
    { 17, 0, 0x8f, 0, 0, 0 },
    { 17, 2, 0x77, 0, 0, 0 },
    { 19, 0, 0xdf, 0xc0, 0, 0x80 },
    { 19, 1, 0x0f, 0x0f, SOLPORT_RATE_FIRST, SOLPORT_RATE_LAST },
    { 28, 0, 0x03, 0, 0, 0 },
    { 33, 0, 0x0f, 0x0f, 0, 5 },
    { 38, 0, 0x0f, 0x0f, 0, SERIAL_DESTINATIONS },
    { 43, 0, 0x0f, 0x0f, 0, 5 },
    { 54, 0, 0x01, 0, 0, 0 },
};

#define FIELDS (sizeof fields / sizeof fields[0])

static enum ipmi_cc
check_fields(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    for (size_t i = 0; i < FIELDS; i++) {
        const struct field *f = &fields[i];
        uint8_t value;

        if (f->selector != ask->selector || f->octet >= len)
            continue;
        value = data[f->octet] & f->bits;
        if (f->bits != 0 && (value < f->min || value > f->max))
            return CC_INVALID_FIELD;
        data[f->octet] &= f->kept;
    }
    return CC_OK;
}

static enum ipmi_cc
check_auth_enables(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    for (size_t i = 0; i < len; i++)
        if (data[i] & ~AUTH_SUPPORT)
            return CC_INVALID_FIELD;
    return CC_OK;
}

/* Destination types: dial page, TAP page, PPP alert, two callbacks, OEM. */
static enum ipmi_cc
check_destination(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    uint8_t kind = data[0] & 0x0f;

    if (kind > 4 && kind < 0x0e)
        return CC_INVALID_FIELD;
    return check_fields(of, ask, data, len);
}

/* Parameter 29 says of itself which copy it is for. */
static enum ipmi_cc
set_terminal(void *of, const struct param_ask *ask, struct rd *data)
{
    struct serial_config *config;
    uint8_t first = rd_u8(data), second = rd_u8(data);
    uint8_t value[2] = { first & TERMINAL_BITS, second };
    unsigned operation = first >> TERMINAL_OPERATION;

    (void)ask;
    if (operation > TERMINAL_RESTORE || second >> 4 > NEWLINE_OUT_MAX ||
        (second & 0x0f) > NEWLINE_IN_MAX)
        return CC_INVALID_FIELD;
    config = serial_own_config(of);
    if (config == NULL)
        return CC_NO_SPACE;
    if (operation == TERMINAL_RESTORE)
        memcpy(config->terminal_now, config->terminal, sizeof value);
    else
        memcpy(operation == TERMINAL_SET_NOW ? config->terminal_now : config->terminal, value,
               sizeof value);
    return CC_OK;
}

static enum ipmi_cc
get_terminal(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct serial *serial = of;

    (void)ask;
    wr_bytes(rs, serial_config(serial)->terminal_now, sizeof serial->config->terminal_now);
    return CC_OK;
}

static const uint8_t auth_support[] = { AUTH_SUPPORT };
static const uint8_t destinations[] = { SERIAL_DESTINATIONS };
static const uint8_t tap_accounts[] = { SERIAL_TAP_ACCOUNTS };
static const uint8_t ppp_accounts[] = { SERIAL_PPP_ACCOUNTS };
static const uint8_t proxy_size[] = { SERIAL_PROXY & 0xff, SERIAL_PROXY >> 8 };
static const uint8_t rates[] = { RATES_SUPPORTED };

#define AT(field) .at = offsetof(struct serial_config, field)
#define FIXED(data) .access = PARAM_RO, .fixed = data
#define STRING .keys = PARAM_BLOCKS, .block_min = 1, .block_max = SERIAL_BLOCKS, \
               .size = SERIAL_BLOCK
#define DEST .set_max = SERIAL_DESTINATIONS, .stride = sizeof(struct serial_destination), \
             .keep = PARAM_SET0_VOLATILE
#define TAP .keys = PARAM_SETS, .set_min = 1, .set_max = SERIAL_TAP_ACCOUNTS, \
            .stride = sizeof(struct serial_tap)
#define ACCOUNT .keys = PARAM_SETS, .set_min = 1, .set_max = SERIAL_PPP_ACCOUNTS, \
                .stride = sizeof(struct serial_ppp)
#define PORT(octets) .keys = PARAM_SETS, .set_min = 1, .set_max = SERIAL_PORTS, \
                     .size = octets, .stride = octets
#define CHECKED .check = check_fields

static const struct param rows[] = {
    { PARAM_PROGRESS, "Set In Progress", .size = 1, AT(progress), .keep = PARAM_VOLATILE },
    { 1, "Authentication Type Support", .size = 1, FIXED(auth_support) },
    { 2, "Authentication Type Enables", .size = AUTH_LEVELS, AT(auth_enables),
      .check = check_auth_enables },
    { 3, "Connection Mode", .size = 1, AT(mode), CHECKED },
    { 4, "Session Inactivity Timeout", .size = 1, AT(inactivity), CHECKED },
    { 5, "Channel Callback Control", .size = 5, AT(callback), CHECKED },
    { 6, "Session Termination", .size = 1, AT(termination), CHECKED },
    { 7, "IPMI Messaging Comm Settings", .size = 2, AT(comm), CHECKED },
    { 8, "Mux Switch Control", .size = 2, AT(mux), CHECKED },
    { 9, "Modem Ring Time", .size = 2, AT(ring), CHECKED },
    { 10, "Modem Init String", STRING, AT(init) },
    { 11, "Modem Escape Sequence", .size = 5, AT(escape) },
    { 12, "Modem Hang-up Sequence", .size = 8, AT(hang_up) },
    { 13, "Modem Dial Command", .size = 8, AT(dial) },
    { 14, "Page Blackout Interval", .size = 1, AT(blackout) },
    { 15, "Community String", .size = 18, AT(community) },
    { 16, "Number of Alert Destinations", .size = 1, FIXED(destinations) },
    { 17, "Destination Info", .keys = PARAM_SETS, .size = 4, DEST,
      AT(destinations[0].info), .check = check_destination },
    { 18, "Call Retry Interval", .size = 1, AT(call_retry) },
    { 19, "Destination Comm Settings", .keys = PARAM_SETS, .size = 2, DEST,
      AT(destinations[0].comm), CHECKED },
    { 20, "Number of Dial Strings", .size = 1, FIXED(destinations) },
    { 21, "Destination Dial Strings", .keys = PARAM_SETS_BLOCKS, .size = SERIAL_BLOCK, DEST,
      .block_min = 1, .block_max = SERIAL_BLOCKS, AT(destinations[0].dial) },
    { 22, "Number of Alert Destination IP Addresses", .size = 1, FIXED(destinations) },
    { 23, "Alert Destination IP Address", .keys = PARAM_SETS, .size = 4, DEST,
      AT(destinations[0].ip) },
    { 24, "Number of TAP Accounts", .size = 1, FIXED(tap_accounts) },
    { 25, "TAP Account", TAP, .size = 1, AT(taps[0].account) },
    { 26, "TAP Passwords", TAP, .size = 6, AT(taps[0].password), .access = PARAM_WO },
    { 27, "TAP Pager ID Strings", TAP, .size = 16, AT(taps[0].pager) },
    { 28, "TAP Service Settings", TAP, .size = 13, AT(taps[0].service), CHECKED },
    { 29, "Terminal Mode Configuration", .size = 2, .set = set_terminal, .get = get_terminal },
    { 30, "PPP Protocol Options", .size = 3, AT(ppp_options) },
    { 31, "PPP Primary RMCP Port Number", .size = 2, AT(rmcp_port) },
    { 32, "PPP Secondary RMCP Port Number", .size = 2, AT(rmcp_port_2) },
    { 33, "PPP Link Authentication", .size = 1, AT(link_auth), CHECKED },
    { 34, "CHAP Name", .size = 16, AT(chap_name) },
    { 35, "PPP ACCM", .size = 8, AT(accm) },
    { 36, "PPP Snoop ACCM", .size = 4, AT(snoop_accm) },
    { 37, "Number of PPP Accounts", .size = 1, FIXED(ppp_accounts) },
    { 38, "PPP Account Dial String Selector", ACCOUNT, .size = 1, AT(ppps[0].dial), CHECKED },
    { 39, "PPP Account IP Address", ACCOUNT, .size = 4, AT(ppps[0].ip) },
    { 40, "PPP Account User Name", ACCOUNT, .size = 16, AT(ppps[0].user) },
    { 41, "PPP Account User Domain", ACCOUNT, .size = 16, AT(ppps[0].domain) },
    { 42, "PPP Account User Password", ACCOUNT, .size = 16, AT(ppps[0].password),
      .access = PARAM_WO },
    { 43, "PPP Account Authentication Settings", ACCOUNT, .size = 1, AT(ppps[0].auth),
      CHECKED },
    { 44, "PPP Account Connection Hold Time", ACCOUNT, .size = 1, AT(ppps[0].hold) },
    { 45, "PPP UDP Proxy IP Header Data", .size = 8, AT(proxy_header) },
    { 46, "PPP UDP Proxy Transmit Buffer Size", .size = 2, FIXED(proxy_size) },
    { 47, "PPP UDP Proxy Receive Buffer Size", .size = 2, FIXED(proxy_size) },
    { 48, "PPP Remote Console IP Address", .size = 4, AT(console_ip) },
    { 49, "System Phone Number", STRING, AT(phone) },
    { 50, "Bitrate Support", .size = 1, FIXED(rates) },
    { 51, "System Serial Port Association", PORT(2), AT(association) },
    { 52, "System Connector Names", PORT(SERIAL_BLOCK), AT(connector) },
    { 53, "System Serial Channel Names", PORT(SERIAL_BLOCK), AT(name) },
    { 54, "Bad Password Threshold", .size = 6, AT(bad_password), CHECKED },
};

static const uint8_t *
load(const void *of, const struct param *row)
{
    (void)row;
    return (const uint8_t *)serial_config(of);
}

static uint8_t *
store(void *of, const struct param *row)
{
    (void)row;
    return (uint8_t *)serial_own_config(of);
}

const struct param_family serial_family = {
    .name = "serial/modem",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .revision = PARAM_REVISION,
    .load = load,
    .store = store,
};
