// The bytes of a capture in, its story out: the container's reader, the analyser and the listener
// to the band's own protocol as one.
//
//   CaptureReader reader({.file = name});
//   while (...) if (Status pushed = reader.Push(chunk); !pushed) return ...;
//   Result<Story> story = reader.Finish();
#pragma once

#include <memory>

#include "base/bytes.h"
#include "base/result.h"
#include "capture/analyser.h"
#include "capture/story.h"
#include "codec/snoop/format.h"

namespace bk::capture {

class CaptureReader {
 public:
  // Without observers in `options`, talk::BandTalk listens to every link.
  explicit CaptureReader(AnalyserOptions options);
  ~CaptureReader();
  CaptureReader(const CaptureReader&) = delete;
  CaptureReader& operator=(const CaptureReader&) = delete;

  // In pieces of any size; a mapped file in one. Errors as of SnoopReader: kNotOurs,
  // kNotSupported; they are final.
  Status Push(Bytes chunk);
  // Call once, last. A capture without packets is a story without packets.
  Result<Story> Finish();
  [[nodiscard]] const codec::snoop::Format& format() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace bk::capture
