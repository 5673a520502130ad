// The computer's side for tests: sends messages, takes what the phone sends, acknowledges.
#pragma once

#include <openssl/evp.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "codec/adb/message.h"
#include "codec/adb/shell_v2.h"
#include "simulate/adbd/session.h"

namespace bk::simulate::adbd::testing {

// An RSA key of a computer, as `adb keygen` makes one.
class RsaKey {
 public:
  RsaKey();
  [[nodiscard]] std::string PublicText() const;  // base64, " me@here", NUL
  [[nodiscard]] std::vector<std::byte> Sign(Bytes token) const;

 private:
  std::shared_ptr<EVP_PKEY> key_;
};
const RsaKey& OneKey();  // made once: that takes a tenth of a second
const RsaKey& OtherKey();

struct HostStream {
  std::uint32_t phone_id = 0;
  bool opened = false, refused = false, closed = false;
  std::vector<std::string> writes;
  [[nodiscard]] std::string bytes() const;
};

struct ShellSaid {
  std::string out, err;
  int exit = -1;
};
ShellSaid DecodeShell(std::string_view bytes);

class Host {
 public:
  explicit Host(DeviceSession& session, std::size_t piece = 4096)
      : session_(session), piece_(piece) {}

  void Send(codec::adb::MessageCommand command, std::uint32_t arg0, std::uint32_t arg1,
            std::string_view data = {});
  void Connect(std::uint32_t payload_bytes_max = codec::adb::kPayloadBytesMax);
  void Sign(const RsaKey& key);  // the last token
  void Offer(const RsaKey& key);
  std::uint32_t Open(std::string_view service);
  void Write(std::uint32_t id, std::string_view bytes);
  void Close(std::uint32_t id);
  void Acknowledge(std::uint32_t id);
  // Opens, and goes on until its stream is closed or nothing more comes.
  HostStream& Do(std::string_view service);

  // Takes what the phone has to say at `now`.
  void Take();

  Time now{0};
  bool acknowledges = true;
  bool online = false;
  std::string banner;
  std::uint32_t version = 0, payload_bytes_max = 0;
  std::vector<std::byte> token;
  int tokens = 0;
  std::map<std::uint32_t, HostStream> streams;  // by our number
  std::vector<std::byte> received;              // everything, as it came

 private:
  void On(const codec::adb::Message& message);
  DeviceSession& session_;
  std::size_t piece_;
  codec::adb::MessageDecoder decoder_;
  std::uint32_t last_id_ = 100;
};

}  // namespace bk::simulate::adbd::testing
