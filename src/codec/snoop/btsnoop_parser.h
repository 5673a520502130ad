// The records of a btsnoop file. Inside the room; SnoopReader is the way in.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "codec/snoop/emitter.h"
#include "codec/snoop/format.h"
#include "codec/snoop/parser.h"

namespace bk::codec::snoop {

class BtsnoopParser {
 public:
  static constexpr std::size_t kFileHeaderBytes = 16;
  static constexpr std::size_t kRecordHeaderBytes = 24;

  BtsnoopParser(Encapsulation encapsulation, Emitter& out)
      : encapsulation_(encapsulation), out_(out) {}

  // `bytes` begins at `offset` of the file, past the file's header.
  Progress Parse(Bytes bytes, std::uint64_t offset, bool final);

 private:
  struct Header;
  enum class Fit : std::uint8_t { kYes, kNo, kNeedMore };

  template <Encapsulation kEncapsulation>
  Progress Run(Bytes bytes, std::uint64_t offset, bool final);
  // Looks for the next good record from `bytes` on; consumed up to it.
  Progress Resync(Bytes bytes, std::uint64_t offset, bool final);
  Fit FitsAsResync(Bytes bytes, bool final, std::size_t& need) const;
  void TellPassedOver(std::uint64_t end);

  Encapsulation encapsulation_;
  Emitter& out_;
  std::uint32_t drops_ = 0;
  bool resyncing_ = false;
  std::uint64_t resync_from_ = 0;
  std::uint64_t cut_bytes_ =
      0;  // of the record at resync_from_, when it is only longer than the file
  bool whole_though_cut_told_ = false;
  bool started_ = false;
  std::int64_t last_us_ = 0;
};

}  // namespace bk::codec::snoop
