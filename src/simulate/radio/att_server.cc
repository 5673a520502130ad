#include "simulate/radio/att_server.h"

#include <algorithm>

#include "codec/att/pdu.h"

namespace bk::simulate::radio {
namespace {

namespace op = codec::att::opcode;
using Pdu = std::vector<std::byte>;

constexpr Uuid kSigBase = SigUuid(0);
bool IsShort(Uuid uuid) {
  return uuid.low == kSigBase.low && (uuid.high & 0xffff'ffffULL) == kSigBase.high &&
         uuid.high >> 48 == 0;
}
void PutUuid(Uuid uuid, ByteWriter& out) {
  if (IsShort(uuid))
    out.Le16(uuid.high >> 32);
  else
    out.Le64(uuid.low).Le64(uuid.high);
}

Pdu Error(std::uint8_t request, std::uint16_t handle, std::uint8_t code) {
  Pdu out;
  ByteWriter(out).U8(op::kErrorResponse).U8(request).Le16(handle).U8(code);
  return out;
}

struct Range {
  std::uint16_t start = 0, end = 0;
  [[nodiscard]] bool Holds(std::uint16_t handle) const { return handle >= start && handle <= end; }
};

// Entries of one length follow each other; the first that differs ends the response.
class EntryList {
 public:
  EntryList(std::uint8_t opcode, std::uint16_t mtu) : mtu_(mtu) {
    out_.push_back(std::byte{opcode});
  }
  bool Add(Bytes entry) {
    if (size_ == 0) {
      size_ = entry.size();
      out_.push_back(static_cast<std::byte>(size_));
    }
    if (entry.size() != size_ || out_.size() + size_ > mtu_) return false;
    out_.insert(out_.end(), entry.begin(), entry.end());
    return true;
  }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  Pdu Take() { return std::move(out_); }

 private:
  Pdu out_;
  std::size_t size_ = 0;
  std::uint16_t mtu_;
};

Pdu Services(const GattTable& table, Range range, std::uint16_t mtu) {
  EntryList list(op::kReadByGroupTypeResponse, mtu);
  for (const GattService& service : table.services) {
    if (!range.Holds(service.start)) continue;
    Pdu entry;
    ByteWriter writer(entry);
    writer.Le16(service.start).Le16(service.end);
    PutUuid(service.uuid, writer);
    if (!list.Add(entry)) break;
  }
  return list.empty() ? Error(op::kReadByGroupTypeRequest, range.start, kAttributeNotFound)
                      : list.Take();
}

Pdu Characteristics(const GattTable& table, Range range, std::uint16_t mtu) {
  EntryList list(op::kReadByTypeResponse, mtu);
  for (const GattEntry& entry : table.characteristics) {
    if (!range.Holds(entry.declaration)) continue;
    Pdu bytes;
    ByteWriter writer(bytes);
    writer.Le16(entry.declaration).U8(entry.properties).Le16(entry.value);
    PutUuid(entry.uuid, writer);
    if (!list.Add(bytes)) break;
  }
  return list.empty() ? Error(op::kReadByTypeRequest, range.start, kAttributeNotFound)
                      : list.Take();
}

// Only descriptors are looked for this way: the range lies behind a characteristic's value.
Pdu Descriptors(const GattTable& table, Range range, std::uint16_t mtu) {
  Pdu out;
  ByteWriter writer(out);
  writer.U8(op::kFindInformationResponse).U8(1);
  for (const GattDescriptor& descriptor : table.descriptors)
    if (range.Holds(descriptor.handle) && out.size() + 4 <= mtu)
      writer.Le16(descriptor.handle).Le16(descriptor.uuid);
  return out.size() == 2 ? Error(op::kFindInformationRequest, range.start, kAttributeNotFound)
                         : out;
}

Pdu Discover(std::uint8_t opcode, ByteReader& reader, const GattTable& table, std::uint16_t mtu) {
  Range range;
  range.start = reader.Le16();
  range.end = reader.Le16();
  const bool by_type = opcode != op::kFindInformationRequest;
  const std::uint16_t type = by_type ? reader.Le16() : std::uint16_t{0};
  if (!reader.ok()) return Error(opcode, 0, kInvalidPdu);
  if (range.start == 0 || range.start > range.end)
    return Error(opcode, range.start, kInvalidHandle);
  if (!by_type) return Descriptors(table, range, mtu);
  if (opcode == op::kReadByGroupTypeRequest && type == 0x2800) return Services(table, range, mtu);
  if (opcode == op::kReadByTypeRequest && type == 0x2803) return Characteristics(table, range, mtu);
  return Error(opcode, range.start, kAttributeNotFound);
}

}  // namespace

std::optional<Pdu> ServeAtt(Bytes pdu, Peripheral& band, ServerState& state, RadioTime now) {
  ByteReader reader(pdu);
  const std::uint8_t opcode = reader.U8();
  if (!reader.ok()) return std::nullopt;
  switch (opcode) {
    case op::kMtuRequest: {
      const std::uint16_t asked = reader.Le16();
      if (!reader.ok()) return Error(opcode, 0, kInvalidPdu);
      state.agreed = std::clamp<std::uint16_t>(asked, 23, band.MtuMax());
      Pdu out;
      ByteWriter(out).U8(op::kMtuResponse).Le16(band.MtuMax());
      return out;
    }
    case op::kReadByGroupTypeRequest:
    case op::kReadByTypeRequest:
    case op::kFindInformationRequest:
      return Discover(opcode, reader, band.Table(), state.mtu);
    case op::kReadRequest: {
      const std::uint16_t handle = reader.Le16();
      if (!reader.ok()) return Error(opcode, 0, kInvalidPdu);
      auto answer = band.Read(handle, now);
      if (!answer) return std::nullopt;
      if (answer->error != 0) return Error(opcode, handle, answer->error);
      answer->bytes.resize(std::min<std::size_t>(answer->bytes.size(), state.mtu - 1U));
      Pdu out;
      ByteWriter(out).U8(op::kReadResponse).Put(answer->bytes);
      return out;
    }
    case op::kWriteRequest: {
      const std::uint16_t handle = reader.Le16();
      if (!reader.ok()) return Error(opcode, 0, kInvalidPdu);
      const auto answer = band.Write(handle, reader.rest(), true, now);
      if (!answer) return std::nullopt;
      if (answer->error != 0) return Error(opcode, handle, answer->error);
      return Pdu{std::byte{op::kWriteResponse}};
    }
    case op::kWriteCommand: {
      const std::uint16_t handle = reader.Le16();
      if (reader.ok()) (void)band.Write(handle, reader.rest(), false, now);
      return std::nullopt;
    }
    default:
      // A command (bit 6) that is not known is passed over, a request is refused.
      if ((opcode & 0x40) != 0 || opcode == op::kConfirmation) return std::nullopt;
      return Error(opcode, 0, kNotSupported);
  }
}

Pdu NotificationPdu(const Notification& notification, std::uint16_t mtu) {
  const std::size_t size = std::min<std::size_t>(notification.bytes.size(), mtu - 3U);
  Pdu out;
  ByteWriter(out)
      .U8(op::kNotification)
      .Le16(notification.handle)
      .Put(Bytes(notification.bytes).first(size));
  return out;
}

}  // namespace bk::simulate::radio
