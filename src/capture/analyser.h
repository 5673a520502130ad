// HCI packets in, the story out. One pass, constant memory per packet; never stops: what it does
// not understand becomes a counted loss.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "capture/att_observer.h"
#include "capture/story.h"
#include "codec/snoop/packet.h"

namespace bk::capture {

struct AnalyserOptions {
  std::string file, member;               // for every Where
  AttObserverMaker* observers = nullptr;  // not owned; null: nobody listens
};

class Analyser final : public codec::snoop::PacketSink {
 public:
  explicit Analyser(AnalyserOptions options);
  ~Analyser() override;
  Analyser(const Analyser&) = delete;
  Analyser& operator=(const Analyser&) = delete;

  void OnPackets(std::span<const codec::snoop::Packet> packets) override;
  void OnDamage(const codec::snoop::Damage& damage) override;
  // Call once, last.
  Story Finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bk::capture
