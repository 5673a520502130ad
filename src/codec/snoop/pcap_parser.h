// The records of a pcap file. Inside the room; SnoopReader is the way in.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "codec/snoop/emitter.h"
#include "codec/snoop/format.h"
#include "codec/snoop/parser.h"
#include "codec/snoop/record.h"

namespace bk::codec::snoop {

class PcapParser {
 public:
  static constexpr std::size_t kFileHeaderBytes = 24;

  PcapParser(const Format& format, Emitter& out);

  // `bytes` begins at `offset` of the file, past the file's header.
  Progress Parse(Bytes bytes, std::uint64_t offset, bool final);

 private:
  struct Header;

  Header Load(const std::byte* at) const;
  Progress Run(Bytes bytes, std::uint64_t offset, bool final);
  Progress Resync(Bytes bytes, std::uint64_t offset, bool final);
  // -1: no; 0: yes; else the bytes it takes to tell.
  std::int64_t FitsAsResync(Bytes bytes, bool final) const;

  Encapsulation encapsulation_;
  bool big_endian_;
  std::uint32_t fractions_;  // in a second
  std::size_t header_bytes_;
  Emitter& out_;
  RecordDecoder decoder_;
  bool resyncing_ = false;
  std::uint64_t resync_from_ = 0;
  std::uint64_t cut_bytes_ =
      0;  // of the record at resync_from_, when it is only longer than the file
  bool started_ = false;
  std::int64_t last_us_ = 0;
};

}  // namespace bk::codec::snoop
