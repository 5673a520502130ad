#include "simulate/radio/att_client.h"

#include <algorithm>

#include "codec/att/pdu.h"

namespace bk::simulate::radio {
namespace {

namespace op = codec::att::opcode;
using Pdu = std::vector<std::byte>;

Uuid ReadUuid(ByteReader& reader, std::size_t size) {
  if (size == 2) return SigUuid(reader.Le16());
  Uuid uuid;
  uuid.low = reader.Le64();
  uuid.high = reader.Le64();
  return uuid;
}

}  // namespace

std::optional<std::uint16_t> AttClient::CccdOf(std::uint16_t value) const {
  const std::optional<Database>& known = found_ ? found_ : cached_;
  if (!known) return std::nullopt;
  const auto at = known->cccd.find(value);
  return at == known->cccd.end() ? std::nullopt : std::optional(at->second);
}

void AttClient::Finish(std::uint16_t handle, std::uint8_t error, Pdu bytes,
                       std::vector<AttEvent>& events) {
  events.emplace_back(ports::RequestDone{handle, error, std::move(bytes)});
  orders_.pop_front();
  waiting_ = false;
}

std::optional<Pdu> AttClient::NextPdu(std::size_t room, std::vector<AttEvent>& events) {
  while (!orders_.empty() && !waiting_) {
    Pdu out;
    ByteWriter writer(out);
    const auto* write = std::get_if<ports::WriteOrder>(&orders_.front());
    if (write != nullptr && !write->with_response) {
      if (command_taken_) {
        if (room == 0) return std::nullopt;
        command_taken_ = false;
        Finish(write->handle, 0, {}, events);
        continue;
      }
      if (room == 0) return std::nullopt;
      writer.U8(op::kWriteCommand).Le16(write->handle).Put(write->bytes);
      command_taken_ = true;
      return out;
    }
    if (room == 0) return std::nullopt;
    if (const auto* mtu = std::get_if<MtuOrder>(&orders_.front())) {
      writer.U8(op::kMtuRequest).Le16(mtu->mtu);
    } else if (const auto* discover = std::get_if<ports::DiscoverOrder>(&orders_.front())) {
      if (discover->cached && (found_ || cached_) && !discovery_) {
        if (!found_) found_ = cached_;
        events.emplace_back(ports::Discovered{found_->table, {}});
        orders_.pop_front();
        continue;
      }
      if (!discovery_) discovery_.emplace();
      auto request = DiscoveryPdu();
      if (!request) {
        found_ = std::move(discovery_->found);
        discovery_.reset();
        events.emplace_back(
            ports::Discovered{found_->table, found_->table.empty() ? "nothing was found" : ""});
        orders_.pop_front();
        continue;
      }
      out = std::move(*request);
    } else if (const auto* read = std::get_if<ports::ReadOrder>(&orders_.front())) {
      writer.U8(op::kReadRequest).Le16(read->handle);
    } else if (write != nullptr) {
      writer.U8(op::kWriteRequest).Le16(write->handle).Put(write->bytes);
    } else {
      const auto& subscribe = std::get<ports::SubscribeOrder>(orders_.front());
      const auto cccd = CccdOf(subscribe.handle);
      if (!cccd) {
        // A host refuses by itself what its database does not have.
        Finish(subscribe.handle, ports::RequestDone::kNoAnswer, {}, events);
        continue;
      }
      writer.U8(op::kWriteRequest).Le16(*cccd).Le16(subscribe.on ? 1 : 0);
    }
    waiting_ = true;
    return out;
  }
  return std::nullopt;
}

std::optional<Pdu> AttClient::DiscoveryPdu() {
  using Stage = Discovery::Stage;
  Discovery& at = *discovery_;
  // What is passed has nothing more to ask for.
  while (at.next > at.end) {
    NextStage();
    if (at.stage == Stage::kDescriptors && at.index >= at.found.table.size()) return std::nullopt;
  }
  Pdu out;
  ByteWriter writer(out);
  switch (at.stage) {
    case Stage::kServices:
      writer.U8(op::kReadByGroupTypeRequest).Le16(at.next).Le16(at.end).Le16(0x2800);
      break;
    case Stage::kCharacteristics:
      writer.U8(op::kReadByTypeRequest).Le16(at.next).Le16(at.end).Le16(0x2803);
      break;
    case Stage::kDescriptors:
      writer.U8(op::kFindInformationRequest).Le16(at.next).Le16(at.end);
      break;
  }
  return out;
}

void AttClient::NextStage() {
  using Stage = Discovery::Stage;
  Discovery& at = *discovery_;
  if (at.stage == Stage::kServices) {
    at.stage = Stage::kCharacteristics;
    at.index = 0;
  } else {
    ++at.index;
  }
  if (at.stage == Stage::kCharacteristics) {
    if (at.index < at.found.services.size()) {
      at.next = at.found.services[at.index].start;
      at.end = at.found.services[at.index].end;
      return;
    }
    at.stage = Stage::kDescriptors;
    at.index = 0;
  }
  if (at.index >= at.found.table.size()) return;
  // Behind the value, up to the next declaration or the end of the service.
  const std::uint16_t value = at.found.table[at.index].handle;
  const auto service = std::ranges::find_if(at.found.services, [&](const GattService& candidate) {
    return value >= candidate.start && value <= candidate.end;
  });
  std::uint32_t end = service == at.found.services.end() ? value : service->end;
  if (at.index + 1 < at.declarations.size())
    end = std::min<std::uint32_t>(end, at.declarations[at.index + 1] - 1U);
  at.next = value + 1U;
  at.end = end;
}

void AttClient::HearDiscovery(Bytes pdu) {
  using Stage = Discovery::Stage;
  Discovery& at = *discovery_;
  ByteReader reader(pdu);
  const std::uint8_t opcode = reader.U8();
  if (opcode == op::kErrorResponse) {
    at.next = at.end + 1;
    return;
  }
  const std::uint8_t size = reader.U8();
  std::uint32_t last = at.end;
  if (at.stage == Stage::kServices) {
    while (size >= 6 && reader.left() >= size) {
      GattService service;
      service.start = reader.Le16();
      service.end = reader.Le16();
      service.uuid = ReadUuid(reader, size - 4U);
      at.found.services.push_back(service);
      last = service.end;
    }
  } else if (at.stage == Stage::kCharacteristics) {
    while (size >= 7 && reader.left() >= size) {
      ports::GattCharacteristic entry;
      const std::uint16_t declaration = reader.Le16();
      entry.properties = reader.U8();
      entry.handle = reader.Le16();
      entry.uuid = ReadUuid(reader, size - 5U);
      entry.service = at.found.services[at.index].uuid;
      at.found.table.push_back(entry);
      at.declarations.push_back(declaration);
      last = entry.handle;
    }
  } else {
    while (size == 1 && reader.left() >= 4) {
      const std::uint16_t handle = reader.Le16();
      const std::uint16_t uuid = reader.Le16();
      if (uuid == 0x2902) at.found.cccd[at.found.table[at.index].handle] = handle;
      last = handle;
    }
  }
  at.next = std::max(at.next, last) + 1;
}

void AttClient::Hear(Bytes pdu, std::vector<AttEvent>& events) {
  if (!waiting_ || orders_.empty()) return;
  ByteReader reader(pdu);
  const std::uint8_t opcode = reader.U8();
  const bool error = opcode == op::kErrorResponse;
  const std::uint8_t code = error ? codec::att::DecodeErrorResponse(pdu).code : std::uint8_t{0};
  if (const auto* mtu = std::get_if<MtuOrder>(&orders_.front())) {
    if (!error) {
      const std::uint16_t both = std::min(mtu->mtu, std::max<std::uint16_t>(reader.Le16(), 23));
      if (both != 23) events.emplace_back(ports::MtuChanged{both});
    }
    orders_.pop_front();
    waiting_ = false;
  } else if (std::holds_alternative<ports::DiscoverOrder>(orders_.front())) {
    HearDiscovery(pdu);
    waiting_ = false;
  } else if (const auto* read = std::get_if<ports::ReadOrder>(&orders_.front())) {
    const Bytes value = error ? Bytes{} : reader.rest();
    Finish(read->handle, code, {value.begin(), value.end()}, events);
  } else if (const auto* write = std::get_if<ports::WriteOrder>(&orders_.front())) {
    Finish(write->handle, code, {}, events);
  } else {
    Finish(std::get<ports::SubscribeOrder>(orders_.front()).handle, code, {}, events);
  }
}

void AttClient::GiveUp(std::vector<AttEvent>& events) {
  if (waiting_ && !orders_.empty()) {
    constexpr std::uint8_t kNone = ports::RequestDone::kNoAnswer;
    if (std::holds_alternative<ports::DiscoverOrder>(orders_.front()))
      events.emplace_back(ports::Discovered{{}, "the band did not answer"});
    else if (const auto* read = std::get_if<ports::ReadOrder>(&orders_.front()))
      events.emplace_back(ports::RequestDone{read->handle, kNone, {}});
    else if (const auto* write = std::get_if<ports::WriteOrder>(&orders_.front()))
      events.emplace_back(ports::RequestDone{write->handle, kNone, {}});
    else if (const auto* subscribe = std::get_if<ports::SubscribeOrder>(&orders_.front()))
      events.emplace_back(ports::RequestDone{subscribe->handle, kNone, {}});
  }
  Reset();
}

}  // namespace bk::simulate::radio
