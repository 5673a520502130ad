#include "capture/story.h"

#include <algorithm>

namespace bk::capture {

std::string_view StageName(Stage stage) {
  switch (stage) {
    case Stage::kScanned:
      return "scanned";
    case Stage::kConnecting:
      return "connecting";
    case Stage::kConnected:
      return "connected";
    case Stage::kDiscovered:
      return "discovered";
    case Stage::kAuthenticated:
      return "authenticated";
    case Stage::kInitialised:
      return "initialised";
    case Stage::kFetching:
      return "fetching";
    case Stage::kSynced:
      return "synced";
    case Stage::kUpdating:
      return "updating";
  }
  return "connected";
}

std::string_view TransportName(Transport transport) {
  switch (transport) {
    case Transport::kLe:
      return "le";
    case Transport::kClassic:
      return "classic";
    case Transport::kUnknown:
      break;
  }
  return "unknown";
}

std::string_view EndedByName(EndedBy by) {
  switch (by) {
    case EndedBy::kPhone:
      return "phone";
    case EndedBy::kPeer:
      return "peer";
    case EndedBy::kUnknown:
      break;
  }
  return "unknown";
}

std::size_t FindPeer(const Story& story, Address address) {
  const auto at = std::ranges::find(story.peers, address, &Peer::address);
  return at == story.peers.end() ? kNone : static_cast<std::size_t>(at - story.peers.begin());
}

}  // namespace bk::capture
