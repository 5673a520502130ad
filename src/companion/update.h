// Sends one file to the band (miband4-protocol.md 8.1): announce, data with its sync points,
// verify, and for firmware the restart that activates it.
//
// The band checks the whole file before it uses it and keeps its old image until then, so a cut at
// any point is mended by doing it all again on the next link. Proved against the simulated band
// only.
#pragma once

#include "codec/miband/update.h"
#include "companion/procedure.h"
#include "companion/update_file.h"

namespace bk::companion {

class Update : public Procedure {
 public:
  struct Options {
    // Packets of MTU - 3 bytes; off: of 20, for links on which long ones failed.
    bool long_packets = true;
  };
  // `file` must outlive the procedure.
  Update(const UpdateFile& file, Options options) : file_(file), options_(options) {}

  void Start(Talk& talk, RadioTime now) override;
  void Hear(const Heard& heard, Talk& talk, RadioTime now) override;
  void Tick(Talk& talk, RadioTime now) override;

  struct Progress {
    std::size_t bytes = 0, of = 0;  // handed to the radio
    std::optional<RadioTime> data_since;
    bool activated = false;  // firmware: the band said that it restarts
    // Where it stood: what to tell the person when it fails.
    enum class Phase : std::uint8_t { kAnnouncing, kSending, kVerifying, kActivating } phase{};
    // Whole seconds; nullopt: nothing to judge by yet.
    [[nodiscard]] std::optional<std::int64_t> SecondsLeft(RadioTime now) const;
    [[nodiscard]] std::optional<std::int64_t> BytesPerSecond(RadioTime now) const;
  };
  [[nodiscard]] const Progress& progress() const { return progress_; }
  // Whether the same with short packets is worth a try: the data phase was reached and failed.
  [[nodiscard]] bool ShortPacketsMayHelp() const;

 private:
  using Phase = Progress::Phase;
  void SendControl(codec::miband::UpdateOp op, Talk& talk, RadioTime now);
  void SendData(Talk& talk, RadioTime now);
  void HearReply(const codec::miband::UpdateReply& reply, Talk& talk, RadioTime now);

  const UpdateFile& file_;
  Options options_;
  Progress progress_;
  std::size_t packet_bytes_ = 20;
  std::size_t packets_ = 0;
  std::size_t in_flight_ = 0;  // data packets without an answer of the radio
  bool started_ = false;       // `03 01` was sent
};

}  // namespace bk::companion
