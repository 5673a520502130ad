#include "capture/snooz.h"

#include "codec/snoop/btsnooz.h"

namespace bk::capture {

Status ReadSnooz(std::string_view base64, bool ended, ports::Unpack& unpack,
                 codec::snoop::PacketSink& sink) {
  BK_TRY(const auto decoded, unpack.DecodeBase64(base64));
  BK_TRY(const auto preamble, codec::snoop::ReadBtsnoozPreamble(decoded));
  BK_TRY(const auto records, unpack.InflateZlib(preamble.packed, codec::snoop::kBtsnoozBytesMax));
  codec::snoop::ReadBtsnoozRecords(preamble, records.bytes, ended && records.whole, sink);
  return {};
}

}  // namespace bk::capture
