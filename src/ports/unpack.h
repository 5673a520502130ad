// Inflate and base64, from libraries that the core may not include.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace bk::ports {

class Unpack {
 public:
  virtual ~Unpack() = default;
  // A zlib stream (RFC 1950). When it is damaged, cut or holds more than `bytes_max`: what could be
  // inflated, with `whole` false. kNotOurs: it does not begin as one.
  struct Inflated {
    std::vector<std::byte> bytes;
    bool whole = true;
  };
  virtual Result<Inflated> InflateZlib(Bytes packed, std::size_t bytes_max) = 0;
  // Standard alphabet; white space is skipped; stops at the first foreign character with what it
  // has.
  virtual Result<std::vector<std::byte>> DecodeBase64(std::string_view text) = 0;
};

}  // namespace bk::ports
