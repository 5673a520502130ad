#include "simulate/adbd/host_testing.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include <algorithm>

#include "base/result.h"

namespace bk::simulate::adbd::testing {

using codec::adb::Message;
using codec::adb::MessageCommand;

RsaKey::RsaKey() : key_(EVP_RSA_gen(2048), EVP_PKEY_free) { BK_CHECK(key_ != nullptr); }

std::string RsaKey::PublicText() const {
  constexpr std::size_t kModulusBytes = 256;
  BIGNUM* n = nullptr;
  BK_CHECK(EVP_PKEY_get_bn_param(key_.get(), OSSL_PKEY_PARAM_RSA_N, &n) == 1);
  std::vector<std::byte> modulus(kModulusBytes);
  BK_CHECK(BN_bn2lebinpad(n, reinterpret_cast<unsigned char*>(modulus.data()),
                          static_cast<int>(kModulusBytes)) == static_cast<int>(kModulusBytes));
  BN_free(n);
  std::vector<std::byte> bytes;
  ByteWriter(bytes).Le32(kModulusBytes / 4).Le32(0).Put(modulus);
  bytes.resize(bytes.size() + kModulusBytes);  // helps an embedded verifier only
  ByteWriter(bytes).Le32(65537);
  std::string base64((bytes.size() + 2) / 3 * 4 + 1, '\0');
  base64.resize(static_cast<std::size_t>(EVP_EncodeBlock(
      reinterpret_cast<unsigned char*>(base64.data()),
      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()))));
  return base64 + " me@here" + '\0';
}

std::vector<std::byte> RsaKey::Sign(Bytes token) const {
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key_.get(), nullptr);
  std::vector<std::byte> signature(256);
  std::size_t size = signature.size();
  BK_CHECK(EVP_PKEY_sign_init(context) == 1 &&
           EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
           EVP_PKEY_CTX_set_signature_md(context, EVP_sha1()) == 1 &&
           EVP_PKEY_sign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                         reinterpret_cast<const unsigned char*>(token.data()), token.size()) == 1);
  EVP_PKEY_CTX_free(context);
  signature.resize(size);
  return signature;
}

const RsaKey& OneKey() {
  static const RsaKey key;
  return key;
}
const RsaKey& OtherKey() {
  static const RsaKey key;
  return key;
}

std::string HostStream::bytes() const {
  std::string all;
  for (const std::string& write : writes) all += write;
  return all;
}

ShellSaid DecodeShell(std::string_view bytes) {
  using codec::adb::ShellPacketId;
  ShellSaid said;
  codec::adb::ShellDecoder decoder;
  decoder.Push(AsBytes(bytes), [&](ShellPacketId id, Bytes payload) {
    if (id == ShellPacketId::kStdout) said.out += AsText(payload);
    if (id == ShellPacketId::kStderr) said.err += AsText(payload);
    if (id == ShellPacketId::kExit && !payload.empty())
      said.exit = std::to_integer<int>(payload[0]);
  });
  return said;
}

void Host::Send(MessageCommand command, std::uint32_t arg0, std::uint32_t arg1,
                std::string_view data) {
  const Bytes bytes = AsBytes(data);
  std::vector<std::byte> stream;
  codec::adb::EncodeMessage({command, arg0, arg1, {bytes.begin(), bytes.end()}}, stream);
  for (std::size_t at = 0; at < stream.size(); at += piece_)
    session_.Receive(Bytes(stream).subspan(at, std::min(piece_, stream.size() - at)), now);
}

void Host::Connect(std::uint32_t bytes_max) {
  Send(MessageCommand::kConnect, codec::adb::kVersion, bytes_max,
       "host::features=shell_v2,cmd,stat_v2,ls_v2");
  Take();
}

void Host::Sign(const RsaKey& key) {
  const auto signature = key.Sign(token);
  Send(MessageCommand::kAuth, codec::adb::auth::kSignature, 0, AsText(signature));
  Take();
}

void Host::Offer(const RsaKey& key) {
  Send(MessageCommand::kAuth, codec::adb::auth::kPublicKey, 0, key.PublicText());
  Take();
}

std::uint32_t Host::Open(std::string_view service) {
  const std::uint32_t id = ++last_id_;
  streams[id] = {};
  Send(MessageCommand::kOpen, id, 0, std::string(service) + '\0');
  Take();
  return id;
}

void Host::Write(std::uint32_t id, std::string_view bytes) {
  Send(MessageCommand::kWrite, id, streams[id].phone_id, bytes);
  Take();
}

void Host::Close(std::uint32_t id) {
  Send(MessageCommand::kClose, id, streams[id].phone_id);
  Take();
}

void Host::Acknowledge(std::uint32_t id) {
  Send(MessageCommand::kOkay, id, streams[id].phone_id);
  Take();
}

HostStream& Host::Do(std::string_view service) { return streams[Open(service)]; }

void Host::Take() {
  constexpr int kRoundsMax = 2000;
  for (int round = 0; round < kRoundsMax; ++round) {
    std::vector<std::byte> out;
    session_.Produce(now, out);
    if (out.empty()) return;
    received.insert(received.end(), out.begin(), out.end());
    decoder_.Push(out);
    while (const auto message = decoder_.Next()) On(*message);
  }
}

void Host::On(const Message& message) {
  switch (message.command) {
    case MessageCommand::kConnect:
      online = true;
      banner = AsText(message.data);
      version = message.arg0;
      payload_bytes_max = message.arg1;
      return;
    case MessageCommand::kAuth:
      token = message.data;
      ++tokens;
      return;
    case MessageCommand::kOkay:
      streams[message.arg1].phone_id = message.arg0;
      streams[message.arg1].opened = true;
      return;
    case MessageCommand::kWrite:
      streams[message.arg1].writes.emplace_back(AsText(message.data));
      if (acknowledges) Send(MessageCommand::kOkay, message.arg1, message.arg0);
      return;
    case MessageCommand::kClose: {
      HostStream& stream = streams[message.arg1];
      (message.arg0 == 0 ? stream.refused : stream.closed) = true;
      return;
    }
    default:
      return;
  }
}

}  // namespace bk::simulate::adbd::testing
