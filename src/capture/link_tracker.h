// Attempts and links: who asked, what came of it, how it ended. Internal to this room.
//
// 1. A handle of an adapter carries at most one link that is up.
// 2. A link that is up without its beginning in the capture is made from its first sign of life.
// 3. A link that ended stays under its handle, so that stragglers are counted with it, until a new
//    one takes the handle or kStragglerUs have passed.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "capture/att_tracker.h"
#include "capture/link_state.h"
#include "capture/smp_tracker.h"
#include "codec/hci/connection.h"

namespace bk::capture {

class LinkTracker {
 public:
  LinkTracker(Counters& counters, PeerTable& peers, Scribe& scribe, AttTracker& att,
              SmpTracker& smp, AttObserverMaker* observers)
      : counters_(counters),
        peers_(peers),
        scribe_(scribe),
        att_(att),
        smp_(smp),
        observers_(observers) {}

  // --- attempts
  void OnLeCreate(AdapterState& adapter, const codec::hci::LeCreateConnection& command, Moment at);
  void OnLeCancel(AdapterState& adapter) { adapter.le_cancel_asked = true; }
  void OnClassicCreate(AdapterState& adapter, Address peer, Moment at);
  // A command that the controller refused: status is not 0.
  void OnCreateRefused(AdapterState& adapter, std::uint16_t opcode, std::uint8_t status, Moment at);
  void OnAcceptList(AdapterState& adapter, std::uint16_t opcode, Bytes parameters);

  // --- links
  void OnLeConnected(AdapterState& adapter, const codec::hci::LeConnectionComplete& event,
                     Moment at);
  void OnClassicConnected(AdapterState& adapter, const codec::hci::ConnectionComplete& event,
                          Moment at);
  void OnDisconnect(AdapterState& adapter, const codec::hci::Disconnect& command, Moment at);
  void OnDisconnected(AdapterState& adapter, const codec::hci::DisconnectionComplete& event,
                      Moment at);
  void OnEncryption(AdapterState& adapter, const codec::hci::EncryptionEvent& event, bool refresh,
                    Moment at);
  void OnParameters(AdapterState& adapter, const codec::hci::LeConnectionUpdateComplete& event,
                    Moment at);
  // The controller was reset: nothing of the adapter survives.
  void OnReset(AdapterState& adapter, Moment at);

  // The link under `handle`; made up when there is none. Valid until the handle's next link.
  LinkState& At(AdapterState& adapter, std::uint16_t handle, Moment at, Transport guess);
  // A new link under `handle` of which no event tells (link_apart.h); the old one is over.
  LinkState& Renew(AdapterState& adapter, std::uint16_t handle, Moment at);
  // The link under `handle` if there is one, up or not.
  static LinkState* Known(AdapterState& adapter, std::uint16_t handle) {
    return adapter.links[handle % AdapterState::kHandles].get();
  }

  // The end of the capture.
  void Finish(AdapterState& adapter, Moment at);
  std::vector<Link> TakeLinks();
  std::vector<Attempt> TakeAttempts() { return std::move(attempts_); }

 private:
  LinkState& Open(AdapterState& adapter, std::uint16_t handle, Moment at, Transport transport,
                  std::size_t peer, bool inferred);
  void Close(LinkState& state, Moment at, std::optional<std::uint8_t> reason, EndedBy by,
             bool capture_ended);
  std::size_t OpenAttempt(Transport transport, Moment at);
  void CloseAttempt(std::size_t attempt, Moment at, std::uint8_t status, bool cancelled);
  [[nodiscard]] std::string NameOf(std::size_t peer);

  Counters& counters_;
  PeerTable& peers_;
  Scribe& scribe_;
  AttTracker& att_;
  SmpTracker& smp_;
  AttObserverMaker* observers_;
  std::deque<Link> links_;  // addresses stay
  std::vector<Attempt> attempts_;
  Link spill_;  // stands in for links beyond limits::kLinksMax
};

}  // namespace bk::capture
