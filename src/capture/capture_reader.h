// The bytes of a capture in, its story out: the container's reader and the analyser as one.
//
//   CaptureReader reader({.file = name, .observers = &talk});
//   while (...) BK_TRY(auto ok, reader.Push(chunk));
//   Result<Story> story = reader.Finish();
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "capture/analyser.h"
#include "capture/story.h"
#include "codec/snoop/reader.h"

namespace bk::capture {

class CaptureReader {
 public:
  explicit CaptureReader(AnalyserOptions options)
      : analyser_(std::move(options)), reader_(analyser_) {}

  // In pieces of any size; a mapped file in one. Errors as of SnoopReader: kNotOurs,
  // kNotSupported; they are final.
  Status Push(Bytes chunk) { return reader_.Push(chunk); }
  // Call once, last. A capture without packets is a story without packets.
  Result<Story> Finish() {
    if (Status finished = reader_.Finish(); !finished)
      return std::unexpected(std::move(finished).error());
    return analyser_.Finish();
  }
  [[nodiscard]] const codec::snoop::Format& format() const { return reader_.format(); }

 private:
  Analyser analyser_;
  codec::snoop::SnoopReader reader_;
};

}  // namespace bk::capture
