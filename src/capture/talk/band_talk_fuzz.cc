// Foreign ATT conversations: nothing that they hold may break the followers, make a finding without
// a place, or let one id stand twice in the end.
#include <array>
#include <cstdint>
#include <set>
#include <span>
#include <string>

#include "base/result.h"
#include "capture/story.h"
#include "capture/talk/band_talk.h"
#include "capture/talk/talk_findings.h"
#include "codec/att/pdu.h"

void Fuzz(std::span<const std::byte> input) {
  namespace opcode = bk::codec::att::opcode;
  constexpr std::array<std::uint8_t, 8> kOpcodes{
      opcode::kWriteCommand,       opcode::kWriteRequest,           opcode::kNotification,
      opcode::kReadResponse,       opcode::kWriteResponse,          opcode::kErrorResponse,
      opcode::kReadByTypeResponse, opcode::kReadByGroupTypeResponse};
  // Control, data and value handles of the Mi Smart Band 4, and one that is none of them.
  constexpr std::array<std::uint16_t, 16> kHandles{0x60, 0x3b, 0x3e, 0x16, 0x19, 0x2c, 0x41,  0x35,
                                                   0x4a, 0x4d, 0x53, 0x26, 0x0b, 0x61, 0x200, 0};
  bk::ByteReader reader(input);
  const std::uint8_t kind = reader.U8();
  bk::capture::LinkInfo info;
  if ((kind & 1) != 0) info.name = "Mi Smart Band 4";
  info.advertised_huami = (kind & 2) != 0;
  info.inferred = (kind & 4) != 0;
  bk::capture::talk::BandTalk talk(info);
  std::int64_t now = 1'700'000'000'000'000;
  std::uint64_t packet = 0;
  while (reader.left() >= 3) {
    // opcode 0-2, cut 3, handle 4-7
    const std::uint8_t head = reader.U8();
    now += std::int64_t{reader.I8()} * 250'000;
    const std::uint8_t size = reader.U8();
    if (size == 0xff) {
      talk.OnGap({now}, packet);
      continue;
    }
    bk::capture::AttPdu pdu;
    pdu.time = {now};
    pdu.packet = ++packet;
    pdu.opcode = kOpcodes[head & 7];
    pdu.from_phone = (head & 7) < 2;
    pdu.handle = kHandles[head >> 4];
    pdu.value = reader.Take(size < reader.left() ? size : reader.left());
    pdu.cut = (head & 8) != 0;
    pdu.missing = pdu.cut ? 7 : 0;
    pdu.request_opcode = opcode::kWriteRequest;
    talk.OnAtt(pdu);
  }
  bk::capture::LinkEnd end{{now}, packet, {}, {}};
  if ((kind & 8) != 0) end.reason = 0x13;
  bk::capture::Link link;
  link.talk = talk.Finish(end);
  BK_CHECK(link.talk.sentences.size() == link.talk.sentence_packets.size());
  for (const auto& finding : link.talk.findings)
    BK_CHECK(!finding.id.empty() && !finding.text.empty());
  const bk::capture::Link* links[] = {&link, &link};
  std::set<std::string> ids;
  for (const auto& finding : bk::capture::talk::TalkFindings(links))
    BK_CHECK(ids.insert(finding.id).second);
}
