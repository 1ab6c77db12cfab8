/*
 * packet_source.h - packets of a capture file of either kind: pcapng
 * (pcapng_source.h) or classic pcap (libpcap). The file's first octets tell,
 * not its name.
 *
 * A classic pcap has one interface without a name; its packets have no
 * direction and no comment.
 */
#ifndef IPMILAB_CAPTURE_PACKET_SOURCE_H
#define IPMILAB_CAPTURE_PACKET_SOURCE_H

#include "capture/packet.h"
#include "sim/base/status.h"

struct packet_source;

/* Open path (copied). ST_IO, with errno; ST_NOMEM. What is wrong with the
 * content shows when it is read. */
enum status packet_source_open(const char *path, struct packet_source **out);
void packet_source_close(struct packet_source *s);

/* The next packet; borrowed until the next call, its lane until the end. */
enum packet_result packet_source_next(struct packet_source *s, struct packet *out);

/* After PACKET_BAD: "run.pcapng: at octet 40: found ...; expected ...". */
const char *packet_source_error(const struct packet_source *s);

const char *packet_source_path(const struct packet_source *s);

/* The n-th interface of those that the file has named so far; NULL. */
const struct packet_lane *packet_source_lane(const struct packet_source *s, uint32_t n);

/* The n-th comment of section headers so far; NULL past the last. */
const char *packet_source_comment(const struct packet_source *s, size_t n, size_t *len);

#endif
