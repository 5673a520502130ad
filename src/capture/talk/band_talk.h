// Listens to the ATT conversation of one link and tells what phone and band said to each other.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "capture/att_observer.h"
#include "capture/talk/auth_follower.h"
#include "capture/talk/fetch_follower.h"
#include "capture/talk/notebook.h"
#include "capture/talk/role_finder.h"
#include "capture/talk/update_follower.h"
#include "codec/miband/clock.h"

namespace bk::capture::talk {

class BandTalk final : public AttObserver {
 public:
  explicit BandTalk(const LinkInfo& link);
  BandTalk(const BandTalk&) = delete;
  BandTalk& operator=(const BandTalk&) = delete;

  void OnAtt(const AttPdu& pdu) override;
  void OnGap(SnoopTime time, std::uint64_t packet) override;
  TalkReport Finish(const LinkEnd& end) override;

 private:
  void Dispatch(codec::miband::Attribute attribute, const AttPdu& pdu, Moment at);
  void OnCutPdu(codec::miband::Attribute attribute, const AttPdu& pdu, Moment at);
  void OnFromPhone(codec::miband::Attribute attribute, const AttPdu& pdu, Moment at);
  void OnFromBand(codec::miband::Attribute attribute, const AttPdu& pdu, Moment at);
  void OnTimeWritten(bool accepted, Moment at);
  void OnTimeRead(Bytes value, Moment at);
  void OnBattery(Bytes value, Moment at);
  void OnConfiguration(Bytes value, Moment at);
  void OnBandEvent(Bytes value, Moment at);
  void Initialised(Moment at);

  LinkInfo link_;
  Notebook notebook_;
  RoleFinder roles_;
  AuthFollower auth_;
  FetchFollower fetch_;
  UpdateFollower update_;
  bool signature_under_way_ = false;
  std::optional<codec::miband::Clock> time_written_;  // a write request that waits for its response
  std::optional<std::uint8_t> percent_;
  bool gap_ = false;
  std::uint64_t cut_in_ = 0, cut_out_ = 0;  // band messages whose payload the recorder removed
  std::uint64_t messages_ = 0;
  Moment first_cut_;
};

// For every link; BandTalk stays silent on those that are no Huami band.
class BandTalkMaker final : public AttObserverMaker {
 public:
  std::unique_ptr<AttObserver> Make(const LinkInfo& link) override {
    return std::make_unique<BandTalk>(link);
  }
};

}  // namespace bk::capture::talk
