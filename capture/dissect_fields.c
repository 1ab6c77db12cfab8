#include <stdio.h>
#include <string.h>

#include "capture/dissect_parts.h"
#include "sim/base/rd.h"
#include "sim/wire/codes.h"

/* How a field is shown. Numbers of several octets have the least significant
 * one first. */
enum show {
    SHOW_END,                  /* no more fields */
    SHOW_HEX,
    SHOW_COUNT,                /* decimal */
    SHOW_PRIVILEGE,            /* bits 3:0 */
    SHOW_CHANNEL,              /* bits 3:0 */
    SHOW_TEXT,                 /* characters, NUL-padded */
    SHOW_OCTETS,
    SHOW_BCD,                  /* a version */
    SHOW_REST,                 /* octets to the end */
};

struct field {
    uint8_t octets;            /* 1 to 20 */
    uint8_t show;              /* enum show */
    const char *name;
};

#define FIELDS_MAX 12

/* Commands whose data are told field by field, as far as they go. */
static const struct layout {
    uint8_t netfn, cmd;
    struct field request[FIELDS_MAX], response[FIELDS_MAX];
} layouts[] = {
    { NETFN_CHASSIS, 0x01, { { 0, 0, NULL } },
      { { 1, SHOW_HEX, "power state" }, { 1, SHOW_HEX, "last power event" },
        { 1, SHOW_HEX, "misc. state" }, { 1, SHOW_HEX, "front panel buttons" } } },
    { NETFN_CHASSIS, 0x02, { { 1, SHOW_HEX, "control" } }, { { 0, 0, NULL } } },
    { NETFN_CHASSIS, 0x04, { { 1, SHOW_COUNT, "interval, seconds" }, { 1, SHOW_HEX, "force" } },
      { { 0, 0, NULL } } },
    { NETFN_SENSOR, 0x02,
      { { 1, SHOW_HEX, "event message revision" }, { 1, SHOW_HEX, "sensor type" },
        { 1, SHOW_HEX, "sensor number" }, { 1, SHOW_HEX, "direction and event type" },
        { 3, SHOW_OCTETS, "event data" } },
      { { 0, 0, NULL } } },
    { NETFN_SENSOR, 0x2d, { { 1, SHOW_HEX, "sensor number" } },
      { { 1, SHOW_HEX, "reading" }, { 1, SHOW_HEX, "flags" }, { 2, SHOW_HEX, "states" } } },
    { NETFN_APP, 0x01, { { 0, 0, NULL } },
      { { 1, SHOW_HEX, "device id" }, { 1, SHOW_HEX, "device revision" },
        { 1, SHOW_HEX, "firmware revision 1" }, { 1, SHOW_BCD, "firmware revision 2" },
        { 1, SHOW_HEX, "IPMI version" }, { 1, SHOW_HEX, "device support" },
        { 3, SHOW_COUNT, "manufacturer" }, { 2, SHOW_COUNT, "product" },
        { 4, SHOW_OCTETS, "auxiliary revision" } } },
    { NETFN_APP, 0x37, { { 0, 0, NULL } }, { { 16, SHOW_OCTETS, "GUID" } } },
    { NETFN_APP, 0x38, { { 1, SHOW_CHANNEL, "channel" }, { 1, SHOW_PRIVILEGE, "privilege" } },
      { { 1, SHOW_CHANNEL, "channel" }, { 1, SHOW_HEX, "authentication types" },
        { 1, SHOW_HEX, "log-in status" }, { 1, SHOW_HEX, "extended capabilities" },
        { 3, SHOW_COUNT, "OEM id" }, { 1, SHOW_HEX, "OEM auxiliary" } } },
    { NETFN_APP, 0x39, { { 1, SHOW_HEX, "authentication type" }, { 16, SHOW_TEXT, "user" } },
      { { 4, SHOW_HEX, "temporary session id" }, { 16, SHOW_OCTETS, "challenge" } } },
    { NETFN_APP, 0x3a,
      { { 1, SHOW_HEX, "authentication type" }, { 1, SHOW_PRIVILEGE, "privilege" },
        { 16, SHOW_OCTETS, "challenge" }, { 4, SHOW_HEX, "outbound sequence number" } },
      { { 1, SHOW_HEX, "authentication type" }, { 4, SHOW_HEX, "session id" },
        { 4, SHOW_HEX, "inbound sequence number" }, { 1, SHOW_PRIVILEGE, "privilege" } } },
    { NETFN_APP, 0x3b, { { 1, SHOW_PRIVILEGE, "privilege" } },
      { { 1, SHOW_PRIVILEGE, "privilege" } } },
    { NETFN_APP, 0x3c, { { 4, SHOW_HEX, "session id" }, { 1, SHOW_HEX, "handle" } },
      { { 0, 0, NULL } } },
    { NETFN_APP, 0x48,
      { { 1, SHOW_HEX, "payload type" }, { 1, SHOW_HEX, "instance" },
        { 4, SHOW_OCTETS, "auxiliary data" } },
      { { 4, SHOW_OCTETS, "auxiliary data" }, { 2, SHOW_COUNT, "inbound payload size" },
        { 2, SHOW_COUNT, "outbound payload size" }, { 2, SHOW_COUNT, "UDP port" },
        { 2, SHOW_HEX, "VLAN" } } },
    { NETFN_APP, 0x54,
      { { 1, SHOW_CHANNEL, "channel" }, { 1, SHOW_HEX, "payload type" },
        { 1, SHOW_HEX, "list" } },
      { { 1, SHOW_CHANNEL, "channel" }, { 0, SHOW_REST, "records" } } },
    { NETFN_STORAGE, 0x11,
      { { 1, SHOW_COUNT, "FRU" }, { 2, SHOW_COUNT, "offset" }, { 1, SHOW_COUNT, "count" } },
      { { 1, SHOW_COUNT, "count" }, { 0, SHOW_REST, "octets" } } },
    { NETFN_STORAGE, 0x23,
      { { 2, SHOW_HEX, "reservation" }, { 2, SHOW_HEX, "record id" },
        { 1, SHOW_COUNT, "offset" }, { 1, SHOW_COUNT, "count" } },
      { { 2, SHOW_HEX, "next record id" }, { 0, SHOW_REST, "record" } } },
    { NETFN_STORAGE, 0x43,
      { { 2, SHOW_HEX, "reservation" }, { 2, SHOW_HEX, "record id" },
        { 1, SHOW_COUNT, "offset" }, { 1, SHOW_COUNT, "count" } },
      { { 2, SHOW_HEX, "next record id" }, { 2, SHOW_HEX, "record id" },
        { 1, SHOW_HEX, "record type" }, { 4, SHOW_COUNT, "time" },
        { 2, SHOW_HEX, "generator" }, { 1, SHOW_HEX, "revision" },
        { 1, SHOW_HEX, "sensor type" }, { 1, SHOW_HEX, "sensor number" },
        { 1, SHOW_HEX, "direction and event type" }, { 3, SHOW_OCTETS, "event data" } } },
    { NETFN_TRANSPORT, 0x02,
      { { 1, SHOW_CHANNEL, "channel" }, { 1, SHOW_COUNT, "parameter" },
        { 1, SHOW_COUNT, "set" }, { 1, SHOW_COUNT, "block" } },
      { { 1, SHOW_HEX, "revision" }, { 0, SHOW_REST, "value" } } },
    { NETFN_TRANSPORT, 0x01,
      { { 1, SHOW_CHANNEL, "channel" }, { 1, SHOW_COUNT, "parameter" },
        { 0, SHOW_REST, "value" } },
      { { 0, 0, NULL } } },
};

static const struct field *
find_fields(const struct ipmi_message *m)
{
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
        if (layouts[i].netfn == (m->netfn & ~1u) && layouts[i].cmd == m->cmd)
            return m->netfn & 1 ? layouts[i].response : layouts[i].request;
    return NULL;
}

static uint32_t
number_of(struct bytes octets)
{
    uint32_t v = 0;

    for (size_t i = octets.len; i-- > 0;)
        v = v << 8 | octets.at[i];
    return v;
}

static void
line_text(struct dissector *x, unsigned depth, const char *name, struct bytes text)
{
    char shown[24];
    size_t n = 0;

    for (; n < text.len && n + 1 < sizeof shown && text.at[n]; n++)
        shown[n] = text.at[n] >= ' ' && text.at[n] <= '~' ? (char)text.at[n] : '.';
    shown[n] = '\0';
    line_add(x, depth, "%s \"%s\"", name, shown);
}

static void
line_field(struct dissector *x, unsigned depth, const struct field *f, struct bytes octets)
{
    uint32_t v = octets.len <= 4 ? number_of(octets) : 0;

    switch ((enum show)f->show) {
    case SHOW_HEX:
        line_add(x, depth, "%s %0*Xh", f->name, (int)(2 * octets.len), v);
        break;
    case SHOW_COUNT:
        line_add(x, depth, "%s %u", f->name, v);
        break;
    case SHOW_PRIVILEGE:
        line_add(x, depth, "%s %s (%02Xh)", f->name, privilege_text(v & 15), v);
        break;
    case SHOW_CHANNEL:
        line_add(x, depth, "%s %Xh (%02Xh)", f->name, v & 15, v);
        break;
    case SHOW_BCD:
        line_add(x, depth, "%s %x", f->name, v);
        break;
    case SHOW_TEXT:
        line_text(x, depth, f->name, octets);
        break;
    case SHOW_OCTETS:
    case SHOW_REST:
        line_octets(x, depth, f->name, octets);
        break;
    case SHOW_END:
        break;
    }
}

void
dissect_fields(struct dissector *x, unsigned depth, const struct ipmi_message *m,
               struct bytes data)
{
    const struct field *fields = find_fields(m);
    struct rd r = rd_of(data);

    for (int i = 0; fields != NULL && i < FIELDS_MAX && fields[i].show != SHOW_END; i++) {
        size_t want = fields[i].show == SHOW_REST ? rd_left(&r) : fields[i].octets;

        if (rd_left(&r) == 0 || rd_left(&r) < want)
            break;
        line_field(x, depth, &fields[i], rd_bytes(&r, want));
    }
    line_octets(x, depth, "data", rd_rest(&r));
}
