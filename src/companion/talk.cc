#include "companion/talk.h"

#include <algorithm>
#include <utility>

namespace bk::companion {
namespace {

constexpr std::uint8_t kAttributeNotFound = 0x0a;

std::size_t Place(Attribute attribute) { return static_cast<std::size_t>(attribute); }

}  // namespace

void Talk::SetTable(const std::vector<ports::GattCharacteristic>& table) {
  *this = Talk{};
  for (const ports::GattCharacteristic& row : table) {
    const auto service = codec::miband::ShortUuidFrom(row.service);
    const auto uuid = codec::miband::ShortUuidFrom(row.uuid);
    if (!service || !uuid) continue;
    const auto attribute = codec::miband::AttributeFromUuid(*service, *uuid);
    if (attribute && Place(*attribute) < kAttributes) handles_[Place(*attribute)] = row.handle;
  }
}

std::uint16_t Talk::HandleOf(Attribute attribute) const { return handles_[Place(attribute)]; }

bool Talk::Subscribed(Attribute attribute) const { return subscribed_[Place(attribute)]; }

void Talk::Ask(Request request, ports::RadioOrder order) {
  if (!Has(request.attribute)) {
    local_.push_back({request.kind, request.attribute, kAttributeNotFound, {}});
    return;
  }
  waiting_.push_back(request);
  orders_.push_back(std::move(order));
}

void Talk::Read(Attribute attribute) {
  Ask({Heard::Kind::kRead, attribute}, ports::ReadOrder{HandleOf(attribute)});
}

void Talk::Write(Attribute attribute, ByteVector bytes) {
  Ask({Heard::Kind::kWritten, attribute},
      ports::WriteOrder{HandleOf(attribute), std::move(bytes), /*with_response=*/true});
}

void Talk::Command(Attribute attribute, ByteVector bytes) {
  Ask({Heard::Kind::kWritten, attribute},
      ports::WriteOrder{HandleOf(attribute), std::move(bytes), /*with_response=*/false});
}

void Talk::Subscribe(Attribute attribute, bool on) {
  Ask({Heard::Kind::kSubscribed, attribute, on}, ports::SubscribeOrder{HandleOf(attribute), on});
}

std::vector<ports::RadioOrder> Talk::TakeOrders() { return std::exchange(orders_, {}); }

std::optional<Heard> Talk::Hear(const ports::RadioEvent& event) {
  const auto attribute_of = [&](std::uint16_t handle) -> std::optional<Attribute> {
    const auto found = std::ranges::find(handles_, handle);
    if (handle == 0 || found == handles_.end()) return std::nullopt;
    return static_cast<Attribute>(found - handles_.begin());
  };
  if (const auto* notified = std::get_if<ports::Notified>(&event)) {
    const auto attribute = attribute_of(notified->handle);
    if (!attribute) return std::nullopt;
    return Heard{Heard::Kind::kNotified, *attribute, 0, notified->bytes};
  }
  if (const auto* mtu_changed = std::get_if<ports::MtuChanged>(&event)) mtu = mtu_changed->mtu;
  const auto* done = std::get_if<ports::RequestDone>(&event);
  if (done == nullptr) return std::nullopt;
  // A radio answers in order. A command may overtake a request, so the first of this handle counts.
  const auto request = std::ranges::find_if(
      waiting_, [&](const Request& one) { return HandleOf(one.attribute) == done->handle; });
  if (request == waiting_.end()) return std::nullopt;
  const Heard heard{request->kind, request->attribute, done->error, done->bytes};
  if (request->kind == Heard::Kind::kSubscribed && done->error == 0)
    subscribed_[Place(request->attribute)] = request->on;
  waiting_.erase(request);
  return heard;
}

std::optional<Heard> Talk::HearLocal() {
  if (local_.empty()) return std::nullopt;
  const Heard heard = local_.front();
  local_.pop_front();
  return heard;
}

}  // namespace bk::companion
