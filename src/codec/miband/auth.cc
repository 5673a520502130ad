#include "codec/miband/auth.h"

namespace bk::codec::miband {
namespace {

constexpr std::uint8_t kCryptBit = 0x80;

std::optional<AuthOp> OpFrom(std::uint8_t byte) {
  switch (byte & ~kCryptBit) {
    case 0x01:
    case 0x02:
    case 0x03:
    case 0x06:
      return static_cast<AuthOp>(byte & ~kCryptBit);
    default:
      return std::nullopt;
  }
}

std::uint8_t Wire(AuthOp op, bool crypt) {
  return static_cast<std::uint8_t>(static_cast<std::uint8_t>(op) | (crypt ? kCryptBit : 0));
}

}  // namespace

std::string_view AuthOpName(AuthOp op) {
  switch (op) {
    case AuthOp::kPair:
      return "pair";
    case AuthOp::kRandom:
      return "challenge";
    case AuthOp::kProof:
      return "proof";
    case AuthOp::kUnbind:
      return "unbind";
  }
  return "unknown";
}

std::optional<AuthRequest> DecodeAuthRequest(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t op_byte = reader.U8();
  const std::uint8_t flag = reader.U8();
  const auto op = OpFrom(op_byte);
  if (reader.failed() || !op) return std::nullopt;
  return AuthRequest{*op, (op_byte & kCryptBit) != 0, flag, reader.TakeRest()};
}

ByteVector Encode(const AuthRequest& request) {
  ByteVector out;
  ByteWriter(out).U8(Wire(request.op, request.crypt)).U8(request.flag).Put(request.payload);
  return out;
}

std::optional<AuthReply> DecodeAuthReply(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t mark = reader.U8();
  const std::uint8_t op_byte = reader.U8();
  const std::uint8_t status = reader.U8();
  const auto op = OpFrom(op_byte);
  if (reader.failed() || mark != kReply || !op) return std::nullopt;
  return AuthReply{*op, (op_byte & kCryptBit) != 0, status, reader.TakeRest()};
}

ByteVector Encode(const AuthReply& reply) {
  ByteVector out;
  ByteWriter(out).U8(kReply).U8(Wire(reply.op, reply.crypt)).U8(reply.status).Put(reply.payload);
  return out;
}

std::string_view AuthStatusMeaning(AuthOp op, std::uint8_t status) {
  switch (static_cast<AuthStatus>(status)) {
    case AuthStatus::kOk:
      switch (op) {
        case AuthOp::kPair:
          return "the band accepted the pairing";
        case AuthOp::kRandom:
          return "the band sent its challenge";
        case AuthOp::kProof:
          return "the band accepted the key";
        case AuthOp::kUnbind:
          return "the band gave up its binding";
      }
      break;
    case AuthStatus::kRefused:
      switch (op) {
        case AuthOp::kPair:
          return "the pairing was refused on the band, or the band is bound already";
        case AuthOp::kRandom:
          return "the band refused to send a challenge";
        case AuthOp::kProof:
          return "the band refused the key";
        case AuthOp::kUnbind:
          return "the band refused to give up its binding";
      }
      break;
    case AuthStatus::kAlreadyBound:
      if (op == AuthOp::kPair) return "the band is bound already and goes on with the challenge";
      break;
    case AuthStatus::kKeyVoid:
      if (op == AuthOp::kProof)
        return "the band holds no valid key any more, as after an unpair in the official app";
      break;
    case AuthStatus::kWrongKey:
      if (op == AuthOp::kProof) return "the band holds another key than this phone";
      break;
    case AuthStatus::kNeedsSignature:
      if (op == AuthOp::kPair) return "pairing this band needs a signature from the maker's server";
      break;
  }
  return "the band refused with a status whose meaning is not known";
}

}  // namespace bk::codec::miband
