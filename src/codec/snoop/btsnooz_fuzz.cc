#include <span>

#include "base/result.h"
#include "codec/snoop/btsnooz.h"
#include "codec/snoop/testing.h"

// The bytes as a dump's text, and as a preamble with its inflated records.
void Fuzz(std::span<const std::byte> bytes) {
  namespace snoop = bk::codec::snoop;
  const std::string_view text = bk::AsText(bytes);
  std::size_t from = 0;
  while (const auto block = snoop::FindBtsnoozBlock(text, from)) {
    BK_CHECK(block->begin >= from && block->end > block->begin && block->end <= text.size());
    BK_CHECK(block->base64.size() <= block->end - block->begin);
    from = block->end;
  }
  const auto preamble = snoop::ReadBtsnoozPreamble(bytes);
  if (!preamble) return;
  snoop::KeepingSink sink;
  snoop::ReadBtsnoozRecords(*preamble, preamble->packed, true, sink);
  std::uint64_t end = 0;
  for (const snoop::SeenPacket& packet : sink.packets) {
    BK_CHECK(packet.offset >= end);
    end = packet.offset + packet.data.size();
    BK_CHECK(end <= preamble->packed.size());
  }
  if (!sink.packets.empty()) BK_CHECK(sink.packets.back().us == preamble->newest.us);
}
