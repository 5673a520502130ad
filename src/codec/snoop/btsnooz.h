// Android 8 to 12L keep the last HCI packets in a ring and print it, packed, into the text of
// `dumpsys bluetooth_manager`. Three pure steps; inflate and base64 come from ports::Unpack, which
// codec may not include. The caller joins them:
//
//   for (auto block = FindBtsnoozBlock(text); block; block = FindBtsnoozBlock(text, block->end)) {
//     auto bytes = unpack.DecodeBase64(block->base64);                  // stops where it must
//     auto preamble = ReadBtsnoozPreamble(*bytes);
//     auto records = unpack.InflateZlib(preamble->packed, kBtsnoozBytesMax);
//     ReadBtsnoozRecords(*preamble, records->bytes, block->ended && records->whole, sink);
//   }
//
// Facts: system/bt btif/src/btif_debug_btsnoop.cc, tools/scripts/btsnooz.py; checked on real dumps.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/result.h"
#include "codec/snoop/packet.h"

namespace bk::codec::snoop {

// The ring holds 256 KiB; debuggable builds 1 MiB. Inflated more than this is a bomb.
inline constexpr std::size_t kBtsnoozBytesMax = 16 * 1024 * 1024;

struct BtsnoozBlock {
  std::string_view base64;         // may hold line ends
  std::uint64_t packed_bytes = 0;  // as the first line claims
  bool ended = false;              // the END line is there
  std::size_t begin = 0, end = 0;  // offsets in the text, of the BEGIN line and past the END line
};

// The first block at or after `from`.
std::optional<BtsnoozBlock> FindBtsnoozBlock(std::string_view text, std::size_t from = 0);

struct BtsnoozPreamble {
  int version = 2;   // 1 or 2
  SnoopTime newest;  // of the last packet of the ring
  Bytes packed;      // a zlib stream; a view into the argument
};

// kNotOurs: shorter than a preamble; kNotSupported: a version that nobody knows.
Result<BtsnoozPreamble> ReadBtsnoozPreamble(Bytes decoded);

// The inflated records to packets. Packet::offset counts in `records`. With `whole` false the end
// is missing: told as damage, and the times are then up to the missing part too late.
void ReadBtsnoozRecords(const BtsnoozPreamble& preamble, Bytes records, bool whole,
                        PacketSink& sink);

}  // namespace bk::codec::snoop
