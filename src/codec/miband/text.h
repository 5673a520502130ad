// Texts that end with a NUL.
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace bk::codec::miband {

// Up to the NUL, which is taken too; nullopt where there is none.
inline std::optional<std::string_view> TakeText(ByteReader& reader) {
  const std::size_t size = AsText(reader.rest()).find('\0');
  if (size == std::string_view::npos) return std::nullopt;
  const std::string_view text = AsText(reader.Take(size));
  reader.Skip(1);
  return text;
}

inline void PutText(ByteWriter& writer, std::string_view text) { writer.Put(AsBytes(text)).U8(0); }

}  // namespace bk::codec::miband
