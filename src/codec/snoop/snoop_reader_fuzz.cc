#include <algorithm>
#include <span>

#include "base/result.h"
#include "codec/snoop/testing.h"

// Any bytes: the same for any cutting into chunks, the reference's packets first, and every packet
// within the file.
void Fuzz(std::span<const std::byte> bytes) {
  namespace snoop = bk::codec::snoop;
  const snoop::Reading whole = snoop::Read(bytes);
  const std::size_t chunk = 1 + (bytes.empty() ? 0 : std::to_integer<std::size_t>(bytes.back()));
  const snoop::Reading pieces = snoop::Read(bytes, chunk);
  BK_CHECK(whole.All() == pieces.All());
  BK_CHECK(whole.error.has_value() == pieces.error.has_value());

  const snoop::ReferenceReading reference = snoop::ReadPlainly(bytes);
  BK_CHECK(reference.packets.size() <= whole.sink.packets.size());
  BK_CHECK(
      std::equal(reference.packets.begin(), reference.packets.end(), whole.sink.packets.begin()));

  std::uint64_t number = 0;
  for (const snoop::SeenPacket& packet : whole.sink.packets) {
    BK_CHECK(packet.number > number);
    number = packet.number;
    BK_CHECK(packet.offset + packet.data.size() <= bytes.size());
  }
  BK_CHECK(number <= whole.count);
}
