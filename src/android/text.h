// Bytes of any origin as UTF-8 text. Content decides: dumps that went through PowerShell are
// UTF-16, files from Windows have CRLF, downloads that broke hold pages of NUL.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace bk::android {

enum class Encoding : std::uint8_t { kUtf8, kUtf16Le, kUtf16Be };

struct DecodedText {
  // UTF-8, or bytes that claim to be: lines with bytes that are no UTF-8 stay as they are, since
  // one stray byte must not cost a copy of 200 MB. Lines end in LF. A view into the input when
  // nothing had to be changed, else into `owned`.
  std::string_view text;
  std::shared_ptr<const std::string> owned;
  Encoding encoding = Encoding::kUtf8;
  std::uint64_t nuls = 0;     // NUL bytes (units) in the text: pages of them are a broken copy
  std::uint64_t invalid = 0;  // UTF-16 units that are no text: became U+FFFD
  std::string_view damage;    // a sentence for the person, or empty
};

// UTF-16 is told by its byte order mark or by where the NULs are; a UTF-8 mark is dropped; CRLF
// becomes LF, also CR CR LF (adb's terminal plus Windows). One pass over the input at the speed of
// memory when it is plain.
DecodedText DecodeText(Bytes bytes);

// 0..1: how much of the first few KB is printable text. Below 0.7 it is something else.
double TextLikeness(std::string_view text);

}  // namespace bk::android
