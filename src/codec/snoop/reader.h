// Any capture, pushed in pieces, to packets. One pass; what is kept is at most one record, so a
// capture larger than memory streams. No allocation and no virtual call per packet.
//
//   SnoopReader reader(sink);
//   while (...) if (auto pushed = reader.Push(chunk); !pushed) return pushed;  // mapped: one Push
//   reader.Finish();
//
// Damage never stops the reading: after a record that cannot be, the reader scans on for the next
// header that is plausible and followed by another. Every lapse is told to the sink, in its place.
#pragma once

#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/result.h"
#include "codec/snoop/format.h"
#include "codec/snoop/packet.h"

namespace bk::codec::snoop {

class SnoopReader {
 public:
  // `sink` must outlive the reader.
  explicit SnoopReader(PacketSink& sink);
  ~SnoopReader();
  SnoopReader(const SnoopReader&) = delete;
  SnoopReader& operator=(const SnoopReader&) = delete;

  // The next bytes of the file, of any number. The sink hears the same packets and damage in the
  // same order for any cutting into chunks. Large chunks are read where they lie. An Error
  // (kNotOurs, kNotSupported: see Sniff) is final: every later call gives it again.
  Status Push(Bytes chunk);
  // The end of the file. kNotSupported when it holds packets, and none of a kind that can be read.
  Status Finish();

  // Of what was read so far.
  [[nodiscard]] const Format& format() const;
  [[nodiscard]] std::uint64_t packets() const;
  // The first and last packet's own stamps, not the least and greatest; 0 without packets.
  [[nodiscard]] SnoopTime first() const;
  [[nodiscard]] SnoopTime last() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bk::codec::snoop
