#include "sim/mc/reply.h"
#include "sim/oem/fujitsu_impl.h"
#include "sim/oem/fujitsu_text.h"

#define SHORT_TEXT 20u
#define LONG_HEAD  15u           /* octets of the answer in front of a text, and its NUL */
#define SEVERITY_SHIFT 4

/* Find a record; write what stands in front of its text, but the length. */
static enum ipmi_cc
open_record(struct mc *mc, uint16_t id, char text[FUJITSU_TEXT_MAX + 1], size_t *len,
            struct wr *rs)
{
    struct sel_record record;
    int at = mc->sel != NULL ? sel_find(mc->sel, id) : -1;
    uint16_t next = SEL_ID_LAST;

    if (at < 0)
        return CC_NOT_PRESENT;
    sel_parse(bytes_of(mc->sel->records[at], SEL_RECORD), &record);
    if ((uint32_t)at + 1 < mc->sel->count) {
        const uint8_t *following = mc->sel->records[at + 1];

        next = (uint16_t)(following[0] | following[1] << 8);
    }
    *len = fujitsu_sel_text(mc, &record, text);
    wr_le16(rs, next);
    wr_le16(rs, record.id);
    wr_u8(rs, record.type);
    wr_le32(rs, record.timestamp);
    wr_u8(rs, (unsigned)fujitsu_sel_health(&record) << SEVERITY_SHIFT);
    return CC_OK;
}

enum ipmi_cc
fujitsu_get_long_text(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t id = rd_le16(&rq->data);
    uint8_t offset = rd_u8(&rq->data);
    uint8_t most = rd_u8(&rq->data);
    size_t room = reply_room(mc, rq);
    char text[FUJITSU_TEXT_MAX + 1];
    size_t len, count;
    enum ipmi_cc cc = open_record(mc, id, text, &len, rs);

    if (cc != CC_OK)
        return cc;
    if (offset > len)
        return CC_RANGE;
    count = len - offset;
    if (count > most)
        count = most;
    if (count > room - LONG_HEAD)
        count = room - LONG_HEAD;
    wr_u8(rs, (unsigned)len);
    wr_bytes(rs, text + offset, count);
    wr_u8(rs, 0);
    return CC_OK;
}

enum ipmi_cc
fujitsu_get_short_text(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    char text[FUJITSU_TEXT_MAX + 1];
    size_t len;
    enum ipmi_cc cc = open_record(mc, rd_le16(&rq->data), text, &len, rs);

    if (cc != CC_OK)
        return cc;
    if (len > SHORT_TEXT)
        len = SHORT_TEXT;
    wr_u8(rs, (unsigned)len);
    wr_bytes(rs, text, len);
    wr_fill(rs, 0, SHORT_TEXT - len);
    return CC_OK;
}
