// Which characteristic of a Huami band a PDU speaks to.
//
// Discovery tells it when the capture holds one. Android caches discovery, so most captures do not;
// then a handle gets its role from what only a Huami band says there (a question and its fitting
// answer on the same handle), and, once the device is known as a Mi Smart Band 4 that way or by
// name, from that model's table. Such roles are inferred.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <variant>

#include "capture/att_observer.h"
#include "codec/miband/attribute.h"
#include "codec/miband/auth.h"
#include "codec/miband/fetch.h"

namespace bk::capture::talk {

struct Role {
  codec::miband::Attribute attribute = codec::miband::Attribute::kAuth;
  bool inferred = false;
};

// A request that was written before its handle's role was known: told again when the answer settles
// it. No payload.
struct EarlierWrite {
  std::variant<codec::miband::AuthRequest, codec::miband::FetchRequest> request;
  SnoopTime time;
  std::uint64_t packet = 0;
};

class RoleFinder {
 public:
  explicit RoleFinder(const LinkInfo& link);

  // nullopt: not known (yet), or nothing of a Huami band.
  std::optional<Role> Find(const AttPdu& pdu);
  // After Find() gave a role for the first time by its answer: the question. Once.
  std::optional<EarlierWrite> TakeEarlierWrite();

  // Something that only a Huami band has or says was seen on this link.
  [[nodiscard]] bool proven() const { return proven_; }
  // The model's table is used for handles.
  [[nodiscard]] bool uses_table() const { return table_; }
  [[nodiscard]] bool inferred_any() const { return inferred_any_; }

 private:
  // A device with more handles that look like ours than this is none of ours.
  static constexpr std::size_t kHandlesMax = 32;

  void LearnFromDiscovery(const AttPdu& pdu);
  std::optional<Role> FindByShape(const AttPdu& pdu);
  std::optional<Role> Settle(std::uint16_t handle, codec::miband::Attribute attribute);

  bool proven_ = false;
  bool table_ = false;
  bool inferred_any_ = false;
  std::map<std::uint16_t, codec::miband::Attribute> shaped_;  // by value shape
  std::map<std::uint16_t, EarlierWrite> asked_;  // questions that wait for their answer
  std::optional<EarlierWrite> earlier_;
};

}  // namespace bk::capture::talk
