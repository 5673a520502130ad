// Authentication and binding (characteristic 0009). The shapes are the codec's; what is done with
// them is the band's own: no line is shared with the companion.
#include "codec/miband/auth.h"

#include <algorithm>
#include <utility>

#include "codec/miband/bind.h"
#include "codec/miband/device_info.h"
#include "simulate/band/band.h"

namespace bk::simulate::band {

namespace mb = codec::miband;

namespace {

constexpr auto kNeedsSignature = static_cast<std::uint8_t>(mb::AuthStatus::kNeedsSignature);
constexpr auto kOk = static_cast<std::uint8_t>(mb::AuthStatus::kOk);
constexpr auto kRefused = static_cast<std::uint8_t>(mb::AuthStatus::kRefused);
constexpr auto kWrongKey = static_cast<std::uint8_t>(mb::AuthStatus::kWrongKey);
constexpr auto kKeyVoid = static_cast<std::uint8_t>(mb::AuthStatus::kKeyVoid);

// Behind `10 01 81`: the same on every unit.
constexpr std::uint8_t kMakersHash[] = {0x01, 0x18, 0x63, 0xc2, 0xcc, 0xe5, 0xd1, 0x59, 0x41,
                                        0x3b, 0xed, 0x92, 0xc4, 0xb1, 0x63, 0xc2, 0x79};

// A signature takes the band this long to check, and then to acknowledge (a capture).
constexpr RadioTime kSignatureTime{std::chrono::milliseconds(350)};
constexpr RadioTime kChunkAckTime{std::chrono::milliseconds(1500)};

void Respond(Band& band, const mb::AuthRequest& request, std::uint8_t status, Bytes payload = {}) {
  Reply(band, Attribute::kAuth, Encode(mb::AuthReply{request.op, request.crypt, status, payload}));
}

void Ask(Band& band) {
  band.link.prompt_ends = band.now + band.quirks().prompt;
  if (band.options.taps_after) band.taps_at = band.now + *band.options.taps_after;
}

void Pair(Band& band, const mb::AuthRequest& request) {
  if (request.SendsKey() && band.quirks().binds_with_host_key) {
    if (band.state.key) return Respond(band, request, kRefused);
    Block16 key{};
    std::ranges::copy(request.payload, key.begin());
    band.link.bind_key = key;
    Ask(band);
    return;
  }
  // Bands that take a host's key answer the bare question so (3.6), as bound ones do that want no
  // signature.
  if (band.quirks().binds_with_host_key ||
      (band.state.key && !band.quirks().asks_signature_when_bound))
    return Respond(band, request, kRefused);
  band.link.asked_open = true;
  Respond(band, request, kNeedsSignature, std::as_bytes(std::span(kMakersHash)));
}

void Challenge(Band& band, const mb::AuthRequest& request) {
  if (band.faults().deaf_to_challenge) return;
  Block16 challenge{};
  for (std::byte& byte : challenge) byte = static_cast<std::byte>(band.random.Next() >> 56);
  if (band.options.challenge) challenge = *std::exchange(band.options.challenge, std::nullopt);
  band.link.challenge = challenge;
  Respond(band, request, kOk, challenge);
  if (band.faults().drops_after_challenge) band.leaves = true;
}

// The status of a proof; the challenge is used up.
std::uint8_t Check(Band& band, Bytes proof) {
  const std::optional<Block16> challenge = std::exchange(band.link.challenge, std::nullopt);
  if (band.faults().proof_status) return *band.faults().proof_status;
  if (!band.state.key) return kKeyVoid;
  if (!challenge) return kRefused;  // not known; there is nothing to prove
  const Block16 expected = band.cipher->Aes128(*band.state.key, *challenge);
  return std::ranges::equal(expected, proof) ? kOk : kWrongKey;
}

}  // namespace

void AuthWrite(Band& band, Bytes bytes) {
  const auto request = mb::DecodeAuthRequest(bytes);
  if (!request) return;
  switch (request->op) {
    case mb::AuthOp::kPair:
      return Pair(band, *request);
    case mb::AuthOp::kRandom:
      return Challenge(band, *request);
    case mb::AuthOp::kProof: {
      const std::uint8_t status = Check(band, request->payload);
      band.link.authenticated = status == kOk;
      if (status != kOk) ++band.truth.refused_proofs;
      return Respond(band, *request, status);
    }
    case mb::AuthOp::kUnbind: {
      const std::uint8_t status = Check(band, request->payload);
      if (status == kOk) {
        band.state.key.reset();
        band.link.authenticated = false;
      }
      return Respond(band, *request, status);
    }
  }
}

void BindSignature(Band& band, Bytes message) {
  // Who signs and what is not known, so every signature of the right shape is good.
  if (!mb::DecodeBindSignature(message) || !band.link.asked_open || !band.link.challenge) return;
  const Block16 seed = *std::exchange(band.link.challenge, std::nullopt);
  if (band.faults().signature_refused) {
    Say(band, Attribute::kAuth, mb::BytesOf(0x10, 0x83, kRefused), kSignatureTime);
    return;
  }
  ByteVector text;
  ByteWriter writer(text);
  for (int shift = 40; shift >= 0; shift -= 8) writer.U8(band.state.address.bits >> shift & 0xff);
  writer.Put(seed);
  const auto hash = band.cipher->Sha256(text);
  Block16 key{};
  std::copy_n(hash.begin(), key.size(), key.begin());
  band.link.bind_key = key;
  Say(band, Attribute::kAuth, mb::BytesOf(0x10, 0x83, kOk), kSignatureTime);
  Say(band, Attribute::kChunked, Encode(mb::ChunkAck{mb::ChunkType::kBindSignature, true}),
      kChunkAckTime);
  Ask(band);
}

void Tapped(Band& band, bool yes) {
  if (!band.link.prompt_ends) return;
  band.link.prompt_ends.reset();
  band.taps_at.reset();
  const std::optional<Block16> key = std::exchange(band.link.bind_key, std::nullopt);
  if (yes) band.state.key = key;
  Reply(band, Attribute::kAuth, mb::BytesOf(0x10, 0x01, yes ? kOk : kRefused));
}

}  // namespace bk::simulate::band
