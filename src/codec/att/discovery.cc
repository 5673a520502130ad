#include "codec/att/discovery.h"

#include <algorithm>

#include "codec/att/pdu.h"

namespace bk::codec::att {
namespace {

constexpr Uuid kPrimary = Uuid16(0x2800), kSecondary = Uuid16(0x2801);
constexpr Uuid kCharacteristic = Uuid16(0x2803), kDeviceName = Uuid16(0x2a00);
constexpr Uuid kClientConfiguration = Uuid16(0x2902);
// Of a declaration: who has one of these has a client configuration (vol. 3 part G 3.3.3.3).
constexpr std::uint8_t kNotifyOrIndicate = 0x30;

void LearnInformation(Bytes pdu, AttributeTable& table, DiscoveryFacts& facts) {
  ByteReader reader(pdu);
  reader.Skip(1);
  const std::uint8_t format = reader.U8();
  const std::size_t width = format == 1 ? 2 : 16;
  if (format != 1 && format != 2) return;
  while (reader.left() >= 2 + width) {
    const std::uint16_t handle = reader.Le16();
    if (const auto type = UuidFromBytes(reader.Take(width))) {
      table.Learn(handle, *type);
      ++facts.attributes;
    }
  }
}

void LearnByType(Bytes pdu, const Uuid& type, AttributeTable& table, DiscoveryFacts& facts) {
  ByteReader reader(pdu);
  reader.Skip(1);
  const std::uint8_t width = reader.U8();
  if (width < 2) return;
  while (reader.left() >= width) {
    ByteReader row(reader.Take(width));
    const std::uint16_t handle = row.Le16();
    if (type.known()) {
      table.Learn(handle, type);
      ++facts.attributes;
    }
    if (type == kDeviceName && facts.device_name.empty()) facts.device_name = row.rest();
    if (type != kCharacteristic || row.left() < 5) continue;
    const std::uint8_t properties = row.U8();
    const std::uint16_t value_handle = row.Le16();
    if (const auto uuid = UuidFromBytes(row.rest())) {
      table.Learn(value_handle, *uuid);
      ++facts.attributes;
    }
    // BlueZ does not ask for a single descriptor: there it can only be this. Where the next
    // declaration lies at once behind, that is learned later.
    if ((properties & kNotifyOrIndicate) != 0 && value_handle != 0xffff)
      table.Suppose(static_cast<std::uint16_t>(value_handle + 1), kClientConfiguration);
  }
}

void LearnGroups(Bytes pdu, const Uuid& type, AttributeTable& table, DiscoveryFacts& facts) {
  ByteReader reader(pdu);
  reader.Skip(1);
  const std::uint8_t width = reader.U8();
  if (width < 4) return;
  while (reader.left() >= width) {
    ByteReader row(reader.Take(width));
    const std::uint16_t handle = row.Le16();
    row.Skip(2);  // end of the group
    if (type.known()) table.Learn(handle, type);
    if (type.known() && type != kPrimary && type != kSecondary) continue;
    if (const auto service = UuidFromBytes(row.rest())) facts.services.push_back(*service);
  }
}

}  // namespace

void AttributeTable::Learn(std::uint16_t handle, const Uuid& type) {
  if (rows_.empty() || rows_.back().handle < handle) {
    if (!full()) rows_.push_back({handle, type});
    return;
  }
  const auto at = std::ranges::lower_bound(rows_, handle, {}, &Row::handle);
  if (at != rows_.end() && at->handle == handle)
    at->type = type;
  else if (!full())
    rows_.insert(at, {handle, type});
}

void AttributeTable::Suppose(std::uint16_t handle, const Uuid& type) {
  if (!Find(handle).known()) Learn(handle, type);
}

Uuid AttributeTable::Find(std::uint16_t handle) const {
  const auto at = std::ranges::lower_bound(rows_, handle, {}, &Row::handle);
  return at != rows_.end() && at->handle == handle ? at->type : Uuid{};
}

DiscoveryRequest DecodeDiscoveryRequest(Bytes pdu) {
  ByteReader reader(pdu);
  DiscoveryRequest result;
  result.opcode = reader.U8();
  reader.Skip(4);  // first and last handle
  if (reader.failed()) return result;
  if (result.opcode == opcode::kReadByTypeRequest ||
      result.opcode == opcode::kReadByGroupTypeRequest) {
    if (const auto type = UuidFromBytes(reader.rest())) result.type = *type;
  } else if (result.opcode == opcode::kFindByTypeValueRequest && reader.left() >= 2) {
    result.type = Uuid16(reader.Le16());
    result.value = reader.rest();
  }
  return result;
}

void LearnFromResponse(Bytes pdu, const Uuid& type, AttributeTable& table, DiscoveryFacts& facts) {
  if (pdu.size() < 2) return;
  switch (std::to_integer<std::uint8_t>(pdu[0])) {
    case opcode::kFindInformationResponse:
      return LearnInformation(pdu, table, facts);
    case opcode::kReadByTypeResponse:
      return LearnByType(pdu, type, table, facts);
    case opcode::kReadByGroupTypeResponse:
      return LearnGroups(pdu, type, table, facts);
    default:
      return;
  }
}

}  // namespace bk::codec::att
