#include "capture/capture_reader.h"

#include "capture/talk/band_talk.h"
#include "codec/snoop/reader.h"

namespace bk::capture {

struct CaptureReader::Parts {
  explicit Parts(AnalyserOptions options) : analyser(WithTalk(std::move(options))) {}

  AnalyserOptions WithTalk(AnalyserOptions options) {
    if (options.observers == nullptr) options.observers = &talk;
    return options;
  }

  talk::BandTalkMaker talk;
  Analyser analyser;
  codec::snoop::SnoopReader reader{analyser};
};

CaptureReader::CaptureReader(AnalyserOptions options)
    : parts_(std::make_unique<Parts>(std::move(options))) {}
CaptureReader::~CaptureReader() = default;

Status CaptureReader::Push(Bytes chunk) { return parts_->reader.Push(chunk); }

Result<Story> CaptureReader::Finish() {
  if (Status finished = parts_->reader.Finish(); !finished)
    return std::unexpected(std::move(finished).error());
  return parts_->analyser.Finish();
}

const codec::snoop::Format& CaptureReader::format() const { return parts_->reader.format(); }

}  // namespace bk::capture
