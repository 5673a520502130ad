// Which attribute has which type, learned from the responses to discovery
// (Core Specification Vol 3 Part G sections 4.4 to 4.7).
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "codec/att/uuid.h"

namespace bk::codec::att {

// The attributes of one peer. A later look at the same handle replaces an earlier one: a firmware
// update may move them.
class AttributeTable {
 public:
  // A table of a band has about 120 rows, of a phone about 300.
  static constexpr std::size_t kRowsMax = 2048;

  void Learn(std::uint16_t handle, const Uuid& type);
  // As Learn, unless the handle is known.
  void Suppose(std::uint16_t handle, const Uuid& type);
  // Not known() when nobody asked.
  [[nodiscard]] Uuid Find(std::uint16_t handle) const;
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool full() const { return rows_.size() >= kRowsMax; }

 private:
  struct Row {
    std::uint16_t handle;
    Uuid type;
  };
  std::vector<Row> rows_;  // sorted by handle
};

// A request of discovery, kept until its response comes.
struct DiscoveryRequest {
  std::uint8_t opcode = 0;
  Uuid type;    // Read By (Group) Type, Find By Type Value: the attribute type
  Bytes value;  // Find By Type Value: what was looked for; copied by the caller if kept
};
DiscoveryRequest DecodeDiscoveryRequest(Bytes pdu);

// What one response told.
struct DiscoveryFacts {
  std::vector<Uuid> services;    // of Read By Group Type 2800 and 2801
  Bytes device_name;             // value of 2A00 in a Read By Type Response
  std::uint16_t attributes = 0;  // rows that were learned
};

// Reads a Find Information, Read By Type or Read By Group Type Response that answers a request for
// `type`. Adds to `facts`; entries after damage or a cut are passed over.
void LearnFromResponse(Bytes pdu, const Uuid& type, AttributeTable& table, DiscoveryFacts& facts);

}  // namespace bk::codec::att
