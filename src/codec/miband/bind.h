// Binding as the Mi Smart Band 4 is shipped: signed by the maker's server, then confirmed by a tap.
//
//   01 00 -> 10 01 81 01 <16-byte hash, the same on every unit>;  82 00 02 -> 10 82 01 <seed>
//   chunked type 4 (chunked.h): 83 00 <64-byte signature> 00 00 00 00 -> 10 83 01 (signature good),
//   chunk acknowledged the band shows its question; the person taps -> 10 01 01 (bound); then
//   auth.h with the new key
// Seen in a capture of the official app: tap to `10 01 01` took 2.9 s; the unbound band answers
// later proofs with 07.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

inline constexpr std::size_t kSignatureBytes = 64;

// The whole chunked message of type 4.
struct BindSignature {
  Bytes signature;  // 64 bytes: secret, never keep it
};
std::optional<BindSignature> DecodeBindSignature(Bytes message);
ByteVector Encode(const BindSignature& message);

}  // namespace bk::codec::miband
