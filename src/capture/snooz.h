// The memory log that Android 8 to 12L print, packed, into the dump of bluetooth_manager: to
// packets. Where it lies in a dump: android::SnoozBlock, or codec::snoop::FindBtsnoozBlock.
#pragma once

#include <string_view>

#include "base/result.h"
#include "codec/snoop/packet.h"
#include "ports/unpack.h"

namespace bk::capture {

// `base64`: the lines between the markers; `ended`: the end marker was there. The sink (an
// Analyser) hears packets and damage as of a file; Packet::offset counts in the unpacked records.
// What is cut or damaged is read as far as it goes, and told. An Error when no record can be
// reached: kNotOurs (no base64, or too short), kNotSupported (an unknown version), or the port's.
Status ReadSnooz(std::string_view base64, bool ended, ports::Unpack& unpack,
                 codec::snoop::PacketSink& sink);

}  // namespace bk::capture
