#include "capture/link_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "capture/bands.h"
#include "capture/words.h"
#include "codec/att/pdu.h"
#include "codec/hci/codes.h"
#include "codec/hci/reason.h"
#include "codec/smp/pdu.h"

namespace bk::capture {
namespace {

namespace hci = codec::hci;

// More of them are for a machine: the story holds all.
constexpr std::size_t kServicesTold = 6;

// ATT errors that end an ordinary search for attributes.
bool IsOrdinary(std::uint8_t error) { return error == 0x0a || error == 0x10; }

// The meanings speak of a band; of another device they speak of "the device".
std::string Meaning(std::string_view meaning, bool band) {
  std::string text(meaning);
  if (band) return text;
  constexpr std::string_view kBand = "the band";
  for (std::size_t at = text.find(kBand); at != std::string::npos; at = text.find(kBand, at))
    text.replace(at, kBand.size(), "the device");
  return text;
}

class Sentences {
 public:
  template <class... Args>
  void Add(fmt::format_string<Args...> format, Args&&... args) {
    if (!text_.empty()) text_ += ' ';
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

void Beginning(const Story& story, const Link& link, Sentences& out) {
  const std::string kind = link.transport == Transport::kClassic ? "Classic link" : "Link";
  const std::string whom =
      link.peer == kNone && !link.device_name.empty()
          ? fmt::format("a device named \"{}\" whose address the capture does not hold",
                        link.device_name)
      : link.peer == kNone && link.talk.huami ? std::string("a band whose address is hidden")
                                              : PeerText(story, link.peer);
  const std::string lasted = DurationText(link.ended - link.started);
  if (link.told_apart) {
    out.Add(
        "{} with {}: the capture does not hold its beginning, only that the phone began from the"
        " start again with packet {} at {}; it was seen for {}.",
        kind, whom, link.packet, FormatInstant(link.started), lasted);
    return;
  }
  if (link.inferred) {
    out.Add(
        "{} with {}: it began before the capture, its first packet is {} at {}, and it was seen"
        " for {}.",
        kind, whom, link.packet, FormatInstant(link.started), lasted);
    return;
  }
  out.Add("{} with {} from {} for {}.", kind, whom, FormatInstant(link.started), lasted);
  if (link.attempt < story.attempts.size()) {
    const Attempt& attempt = story.attempts[link.attempt];
    constexpr std::int64_t kAtOnceUs = 50'000;
    const std::int64_t waited = link.started - attempt.started;
    out.Add("The phone asked for it {}{}.",
            waited < kAtOnceUs ? "just before" : DurationText(waited) + " before",
            attempt.accept_list ? ", waiting in the background for a device that it knows" : "");
  } else if (!link.phone_is_central) {
    out.Add("The other device asked for it.");
  }
  if (link.rssi_before)
    out.Add("Its last advertisement before was heard at {} dBm.", *link.rssi_before);
}

void Running(const Link& link, Sentences& out) {
  if (!link.parameters.empty()) {
    const LinkParameters& first = link.parameters.front();
    out.Add("Interval {}, latency {}, supervision timeout {}.", MillisecondsText(first.interval_ms),
            first.latency, DurationText(first.timeout_ms * std::int64_t{1000}));
    std::size_t changed = 0, failed = 0, by_peer = 0;
    const LinkParameters* last = &first;
    for (std::size_t i = 1; i < link.parameters.size(); ++i) {
      const LinkParameters& update = link.parameters[i];
      if (update.status != 0) {
        ++failed;
        continue;
      }
      ++changed;
      if (update.asked_by_peer) ++by_peer;
      last = &update;
    }
    if (changed != 0)
      out.Add("The timing changed {}{}; the last interval was {}.",
              CountText(changed, "time", "times"),
              by_peer == 0 ? "" : fmt::format(" ({} on the peer's wish)", by_peer),
              MillisecondsText(last->interval_ms));
    if (failed != 0) out.Add("{} of timing failed.", CountText(failed, "change", "changes"));
  }
  if (link.parameter_requests_refused != 0)
    out.Add("The phone refused {} of the peer for other timing.",
            CountText(link.parameter_requests_refused, "wish", "wishes"));
  if (link.mtu_exchanged) out.Add("MTU {}.", link.mtu);
  if (link.packets_in + link.packets_out == 0)
    out.Add("Nothing was said on it.");
  else
    out.Add("{} bytes came from the peer, {} went to it{}.", link.bytes_in, link.bytes_out,
            link.att_pdus == 0
                ? ""
                : fmt::format(" ({})", CountText(link.att_pdus, "ATT packet", "ATT packets")));
  if (link.longest_silence_us >= 30'000'000)
    out.Add("The longest silence was {}, before packet {}.", DurationText(link.longest_silence_us),
            link.silence_packet);
  if (link.pdus_cut != 0)
    out.Add("The recorder removed the content of {}.",
            CountText(link.pdus_cut, "packet", "packets"));
  if (link.pdus_lost != 0)
    out.Add("{} could not be put together.", CountText(link.pdus_lost, "packet", "packets"));
}

bool Alike(const Pairing& a, const Pairing& b) {
  return a.outcome == b.outcome && a.reason == b.reason && a.failed_by_phone == b.failed_by_phone;
}

void Security(const Link& link, bool band, Sentences& out) {
  for (auto at = link.pairings.begin(); at != link.pairings.end(); ++at) {
    const Pairing& pairing = *at;
    const auto alike = [&](const Pairing& other) { return Alike(other, pairing); };
    if (std::any_of(link.pairings.begin(), at, alike)) continue;  // told there
    const auto count = std::ranges::count_if(link.pairings, alike);
    const std::string times = count > 1 ? fmt::format(", {} times in all", count) : "";
    switch (pairing.outcome) {
      case Pairing::Outcome::kSucceeded:
        out.Add("Pairing succeeded (packet {}{}{}).", pairing.packet,
                pairing.asked_by_peer ? ", asked for by the peer" : "", times);
        break;
      case Pairing::Outcome::kFailed: {
        const std::string meaning = Meaning(codec::smp::FindReason(pairing.reason).meaning, band);
        out.Add("Pairing failed: {} said {}{}{} (packet {}{}).",
                pairing.failed_by_phone ? "the phone" : "the peer",
                codec::smp::FormatReason(pairing.reason),
                meaning.empty() ? "" : ", that is: ", meaning, pairing.end_packet, times);
        break;
      }
      case Pairing::Outcome::kOpen:
        out.Add("A pairing was begun (packet {}{}) and never came to an end.", pairing.packet,
                times);
        break;
    }
  }
  bool encrypted = false;
  for (const EncryptionChange& change : link.encryption) {
    if (change.status != 0)
      out.Add("Encryption failed with {} (packet {}): {}.", hci::FormatReason(change.status),
              change.packet, Meaning(hci::FindReason(change.status).meaning, band));
    else if (change.enabled && !encrypted)
      out.Add("Encrypted since packet {}.", change.packet);
    encrypted = encrypted || (change.status == 0 && change.enabled);
  }
  if (link.encryption_requests != 0 && link.encryption.empty())
    out.Add("The phone asked for encryption (packet {}) and no answer was seen.",
            link.encryption_request_packet);
  if (link.security_requests != 0 && link.pairings.empty() && !encrypted)
    out.Add("The peer asked for an encrypted link and did not get one.");
}

// A maker's own service has 32 digits, which nobody reads and which look like a key.
std::string ServiceText(const codec::att::Uuid& service) {
  std::string text = codec::att::FormatUuid(service);
  constexpr std::size_t kShown = 8;
  if (text.size() > kShown) text = text.substr(0, kShown) + "...";
  return text;
}

void Attributes(const Link& link, bool band, Sentences& out) {
  if (link.talk.huami && !link.services.empty()) {
    out.Add("The phone discovered the band's services.");
  } else if (!link.services.empty()) {
    std::string names;
    const std::size_t told = std::min(link.services.size(), kServicesTold);
    for (std::size_t i = 0; i < told; ++i) {
      if (!names.empty()) names += ", ";
      names += ServiceText(link.services[i]);
    }
    if (told < link.services.size())
      names += fmt::format(" and {} more", link.services.size() - told);
    out.Add("Services discovered: {}.", names);
  }
  for (const AttErrorCount& error : link.att_errors)
    if (!IsOrdinary(error.code)) {
      const std::string meaning = Meaning(codec::att::FindError(error.code).meaning, band);
      out.Add("ATT error {} {}, first at packet {}{}{}.", codec::att::FormatError(error.code),
              CountText(error.count, "time", "times"), error.first_packet,
              meaning.empty() ? "" : ": ", meaning);
    }
  for (const AttTimeout& timeout : link.att_timeouts)
    out.Add("{} {} of packet {} had no answer within 30 s.",
            timeout.by_phone ? "The phone's" : "The peer's",
            codec::att::FindPdu(timeout.opcode).name, timeout.packet);
  for (const std::string& sentence : link.talk.sentences) out.Add("{}", sentence);
}

void End(const Link& link, bool band, Sentences& out) {
  if (link.ended_by_reset) {
    out.Add("It ended when the phone restarted its Bluetooth chip (packet {}).", link.end_packet);
  } else if (!link.reason) {
    if (link.end_not_seen)
      out.Add("Its end is not in the capture: a new link took its place.");
    else
      out.Add("It was up when the capture ended.");
  } else {
    const char* who = link.by == EndedBy::kPhone  ? "by the phone"
                      : link.by == EndedBy::kPeer ? "by the peer"
                                                  : "by neither side's wish";
    const auto& reason = hci::FindReason(*link.reason);
    // Its own command's reason, given back: what that means of a peer does not hold.
    const bool given_back = link.by == EndedBy::kPhone && reason.side == hci::ReasonSide::kPeer;
    const std::string meaning = given_back ? "" : Meaning(reason.meaning, band);
    out.Add("It ended {} with {}{}{} (packet {}).", who, hci::FormatReason(*link.reason),
            meaning.empty() ? "" : ": ", meaning, link.end_packet);
    if (link.end_asked_packet != 0 && link.by == EndedBy::kPhone)
      out.Add("The phone's own command to end it is packet {}.", link.end_asked_packet);
    if (link.rssi_after) out.Add("Its first advertisement after came at {} dBm.", *link.rssi_after);
  }
}

}  // namespace

std::string PeerText(const Story& story, std::size_t peer) {
  if (peer >= story.peers.size()) return "a device whose address the capture does not hold";
  const Peer& known = story.peers[peer];
  if (known.name.empty()) return FormatAddress(known.address);
  return fmt::format("{} ({})", FormatAddress(known.address), known.name);
}

std::string LinkText(const Story& story, const Link& link) {
  const bool band = link.talk.huami || evidence::LikenessFromName(link.device_name) >= 2 ||
                    (link.peer < story.peers.size() && LikenessOf(story.peers[link.peer]) >= 2);
  Sentences out;
  // What an owner asks first comes first: with whom, how long, how it ended.
  Beginning(story, link, out);
  End(link, band, out);
  Security(link, band, out);
  Attributes(link, band, out);
  Running(link, out);
  return out.Take();
}

std::string AttemptText(const Story& story, const Attempt& attempt) {
  const std::string whom =
      attempt.accept_list
          ? attempt.targets.size() == 1
                ? "a device that it knows, " + PeerText(story, attempt.targets.front())
                : fmt::format("any of the {} devices that it knows", attempt.targets.size())
      : attempt.targets.empty() ? std::string("a device whose address the capture does not hold")
                                : PeerText(story, attempt.targets.front());
  const std::string after = DurationText(attempt.ended - attempt.started);
  switch (attempt.outcome) {
    case Attempt::Outcome::kConnected:
      return fmt::format("The phone connected to {} after {}.", whom, after);
    case Attempt::Outcome::kCancelled:
      return fmt::format("The phone tried to connect to {} and gave up after {}.", whom, after);
    case Attempt::Outcome::kFailed:
      return fmt::format("The phone tried to connect to {}; it failed after {} with {}.", whom,
                         after, hci::FormatReason(attempt.status));
    case Attempt::Outcome::kOpen:
      break;
  }
  return fmt::format("The phone tried to connect to {}; no outcome was seen.", whom);
}

}  // namespace bk::capture
