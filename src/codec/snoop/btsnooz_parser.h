// The records of Android's memory ring, of both versions. Inside the room: for btsnooz.h, and for
// files in which such records follow a btsnoop header (some vendors' btsnooz_hci.log).
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "codec/snoop/emitter.h"
#include "codec/snoop/parser.h"

namespace bk::codec::snoop {

class BtsnoozParser {
 public:
  // `first`: the time of the first record. Its own step is not used: it points at a record that
  // fell out of the ring.
  BtsnoozParser(int version, SnoopTime first, Emitter& out)
      : version_(version), time_(first), out_(out) {}

  // `bytes` begins at `offset` of the records.
  Progress Parse(Bytes bytes, std::uint64_t offset, bool final);

  // The version of the ring records that `bytes` plainly begins with, several in a row; nullopt
  // when it does not. Wants up to kProbeBytes.
  static std::optional<int> Probe(Bytes bytes);
  static constexpr std::size_t kProbeBytes = 4096;
  // The sum of all steps but the first's that Parse would hear, in microseconds: the ring's age.
  static std::int64_t Age(int version, Bytes records);

 private:
  int version_;
  SnoopTime time_;
  Emitter& out_;
  bool started_ = false;
  bool resyncing_ = false;
  std::uint64_t resync_from_ = 0;
};

}  // namespace bk::codec::snoop
