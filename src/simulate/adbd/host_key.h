// The RSA key that a computer offers to a phone, and whether a signature is by it.
// Source: AOSP system/core/libcrypto_utils/android_pubkey.c (the form of the key),
// packages/modules/adb daemon/auth.cpp (the token is signed as if it were a SHA-1 digest).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace bk::simulate::adbd {

class HostKey {
 public:
  // What the computer sends: base64 of the key, then mostly " user@host" and a NUL. nullopt: no RSA
  // key in that form.
  static std::optional<HostKey> Parse(std::string_view text);

  [[nodiscard]] bool Signed(Bytes token, Bytes signature) const;
  [[nodiscard]] const std::string& base64() const { return base64_; }
  [[nodiscard]] const std::string& owner() const { return owner_; }  // "user@host", or empty

 private:
  HostKey() = default;
  std::string base64_, owner_;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace bk::simulate::adbd
