// Authentication on every connection, and the older binding that shares its frames. Characteristic
// 0009 of FEE1.
//
//   phone -> band   op flag payload          band -> phone   10 op status payload
//
// Mi Smart Band 4: `82 00 02 [01 00]` -> `10 82 01` + 16 random bytes; `83 00` + AES(key, random)
// -> `10 83 01`, or a refusal. Bit 7 of op ("crypt") is echoed; firmwares take it with and without.
// The state lives as long as the link. Mi Band 2 and 3 begin with `01 flag key` -> tap on the band
// -> `10 01 01`; a band with server-signed binding answers `01 00` with `10 01 81` (bind.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

enum class AuthOp : std::uint8_t {
  kPair = 0x01,    // send a key (v1), or ask which way to bind (bare `01 00`)
  kRandom = 0x02,  // ask for the challenge
  kProof = 0x03,   // answer it
  kUnbind = 0x06,  // `06 00` + proof: the official app's unpair; the key is void afterwards
};
std::string_view AuthOpName(AuthOp op);

struct AuthRequest {
  AuthOp op = AuthOp::kPair;
  bool crypt = false;     // bit 7 of the first byte
  std::uint8_t flag = 0;  // 0 on Mi Band 3 and 4, 8 on Mi Band 2
  Bytes payload;          // key, tail or proof: secret, never keep it
  // Whether this carries a 16-byte key, so that the band asks for a tap (v1).
  [[nodiscard]] bool SendsKey() const { return op == AuthOp::kPair && payload.size() == 16; }
};
std::optional<AuthRequest> DecodeAuthRequest(Bytes bytes);
ByteVector Encode(const AuthRequest& request);

struct AuthReply {
  AuthOp op = AuthOp::kPair;
  bool crypt = false;
  std::uint8_t status = 0;  // AuthStatus where it is one of them
  Bytes payload;            // challenge or hash: secret, never keep it
};
std::optional<AuthReply> DecodeAuthReply(Bytes bytes);
ByteVector Encode(const AuthReply& reply);

// What is known of the status byte. Others occur; every status but kOk and kNeedsSignature is a
// refusal.
enum class AuthStatus : std::uint8_t {
  kOk = 0x01,
  kRefused = 0x04,       // tap refused, already bound, or (Mi Band 2 and 3) wrong key
  kAlreadyBound = 0x06,  // to `01`: go on with the challenge
  kKeyVoid =
      0x07,  // seen for every proof after the app had unbound the band: it has no key any more
  kWrongKey = 0x08,        // Mi Smart Band 4: bound, with another key
  kNeedsSignature = 0x81,  // binding goes through the maker's server (bind.h)
};
// One clause for people: "the band has another key". Never empty.
std::string_view AuthStatusMeaning(AuthOp op, std::uint8_t status);

}  // namespace bk::codec::miband
