#include <span>

#include "android/text.h"
#include "base/result.h"

void Fuzz(std::span<const std::byte> bytes) {
  const bk::android::DecodedText decoded = bk::android::DecodeText(bytes);
  // Nothing grows by more than UTF-16's three bytes per unit.
  BK_CHECK(decoded.text.size() <= bytes.size() * 2);
  (void)bk::android::TextLikeness(decoded.text);
}
