// The members of a zip found without its central directory: from local header
// to local header.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace bk::adapters {

struct LocalMember {
  std::string name;
  std::uint16_t method = 0;
  bool encrypted = false;
  // Where the packed bytes are; up to the next member or the end when the
  // header and its data descriptor do not tell, or the archive is cut.
  Bytes packed;
  bool sized = false;  // `size` and `crc` are known
  bool cut = false;    // the packed bytes should go on past the end of the archive
  std::uint64_t size = 0;
  std::uint32_t crc = 0;
};

struct LocalMembers {
  std::vector<LocalMember> members;  // without directories
  bool too_many = false;             // limits::kArchiveMembersMax were kept
};

// Takes time in proportion to the size of the archive, whatever it holds.
LocalMembers WalkLocalHeaders(Bytes zip);

}  // namespace bk::adapters
