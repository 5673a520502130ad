// Who listens to the ATT conversation of one link, above reassembly and request matching.
//
// The analyser owns one observer per link and calls it in capture order from one thread. It never
// judges what the values mean; the observer (capture/talk) never sees handles of the controller,
// fragments or channels.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/address.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "capture/stage.h"
#include "codec/att/uuid.h"
#include "evidence/evidence.h"

namespace bk::capture {

// One PDU of ATT (Core Specification Vol 3 Part F section 3.4).
struct AttPdu {
  SnoopTime time;
  std::uint64_t packet = 0;  // frame number of its last fragment
  bool from_phone = false;   // by the side whose controller was recorded
  std::uint8_t opcode = 0;
  // Attribute handle: of the request, command, notification; of a response, that of the request
  // which it answers (0 when that was not seen, or has no single handle).
  std::uint16_t handle = 0;
  // Type of the attribute at `handle` as discovery on this link, or on an earlier link to the same
  // peer, told. Not known() when the phone used its cache: infer by value and say so.
  codec::att::Uuid uuid;
  // Attribute value: of writes, notifications, indications, read responses. Empty elsewhere; for
  // opcodes without a value, everything after the opcode. Valid during the call only.
  Bytes value;
  bool cut = false;           // the recorder kept only the first part: value is shorter than it was
  std::uint32_t missing = 0;  // how many bytes of the value the recorder removed
  // Of an error response (opcode 0x01): the code and what it answers.
  std::uint8_t error = 0;
  std::uint8_t request_opcode = 0;
};

// What is known of a link when it begins.
struct LinkInfo {
  std::size_t link = 0;  // index into Story::links
  SnoopTime started;
  std::uint64_t packet = 0;
  std::optional<Address> peer;
  std::string name;               // advertised or read before; may be empty
  bool advertised_huami = false;  // company 0x0157 or service FEE0 in its adverts
  bool inferred = false;          // began before the capture: nothing but its data is known
};

enum class EndedBy : std::uint8_t { kPhone, kPeer, kUnknown };

struct LinkEnd {
  SnoopTime time;
  std::uint64_t packet = 0;
  std::optional<std::uint8_t> reason;  // HCI reason; none: the capture ended first
  EndedBy by = EndedBy::kUnknown;
};

// What an observer has to say about its link, moved into the story at the end.
struct TalkReport {
  bool huami = false;             // something was exchanged that only a band of Huami says
  std::vector<StageMark> stages;  // kAuthenticated .. kUpdating, in order of first reach
  // kAuthSucceeded and the other ids of "the talk with the band", each with where.packet and
  // where.time; file and member are filled in by the analyser.
  std::vector<evidence::Finding> findings;
  std::vector<evidence::Event> events;          // likewise
  std::vector<evidence::Loss> losses;           // likewise
  std::vector<std::string> sentences;           // for the link's text, in order
  std::vector<std::uint64_t> sentence_packets;  // frame number of each sentence; may be empty
};

class AttObserver {
 public:
  virtual ~AttObserver() = default;
  virtual void OnAtt(const AttPdu& pdu) = 0;
  // PDUs are missing here (lost fragment, recorder's drop, damage): sequences may have a hole.
  virtual void OnGap(SnoopTime time, std::uint64_t packet) = 0;
  // Called once, last.
  virtual TalkReport Finish(const LinkEnd& end) = 0;
};

class AttObserverMaker {
 public:
  virtual ~AttObserverMaker() = default;
  // May return null: nobody listens to this link.
  virtual std::unique_ptr<AttObserver> Make(const LinkInfo& link) = 0;
};

}  // namespace bk::capture
