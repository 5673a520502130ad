// A band that says exactly what a test writes down: expects a procedure's next bytes, answers with
// given ones, lets time pass.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "companion/procedure.h"

namespace bk::companion {

// "10 82 01", spaces optional.
inline ByteVector FromHex(std::string_view text) {
  ByteVector bytes;
  std::string digits;
  for (const char c : text)
    if (c != ' ') digits += c;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  return bytes;
}
inline std::string ToHex(Bytes bytes) {
  std::string text;
  for (const std::byte byte : bytes) {
    char two[4];
    std::snprintf(two, sizeof two, "%s%02x", text.empty() ? "" : " ", std::to_integer<int>(byte));
    text += two;
  }
  return text;
}

class Script {
 public:
  explicit Script(Procedure& procedure) : procedure_(procedure) {
    std::vector<ports::GattCharacteristic> table;
    for (const auto& info : codec::miband::MiBand4Attributes())
      table.push_back({info.value_handle, codec::miband::FullUuid(info.service),
                       codec::miband::FullUuid(info.uuid), info.properties});
    talk_.SetTable(table);
  }

  void Start() {
    procedure_.Start(talk_, now_);
    Collect();
  }
  // The next order must be this; it is answered at once without error.
  void ExpectSubscribe(Attribute attribute) {
    ASSERT_FALSE(orders_.empty()) << "nothing was ordered";
    const auto* order = std::get_if<ports::SubscribeOrder>(&orders_.front());
    ASSERT_TRUE(order != nullptr && order->handle == Handle(attribute));
    Answer(attribute);
  }
  void ExpectWrite(Attribute attribute, std::string_view hex, std::uint8_t error = 0) {
    ASSERT_FALSE(orders_.empty()) << "nothing was ordered, expected " << hex;
    const auto* order = std::get_if<ports::WriteOrder>(&orders_.front());
    ASSERT_TRUE(order != nullptr);
    EXPECT_EQ(order->handle, Handle(attribute));
    EXPECT_EQ(ToHex(order->bytes), ToHex(FromHex(hex)));
    Answer(attribute, error);
  }
  void ExpectRead(Attribute attribute, std::string_view hex, std::uint8_t error = 0) {
    ASSERT_FALSE(orders_.empty());
    const auto* order = std::get_if<ports::ReadOrder>(&orders_.front());
    ASSERT_TRUE(order != nullptr && order->handle == Handle(attribute));
    Answer(attribute, error, FromHex(hex));
  }
  void ExpectNothing() const { EXPECT_TRUE(orders_.empty()); }
  [[nodiscard]] bool Idle() const { return orders_.empty(); }
  // Time in which nothing is heard, shorter than any deadline.
  void Pass(std::chrono::microseconds time) { now_ += time; }
  void Notify(Attribute attribute, Bytes bytes) {
    Event(ports::Notified{Handle(attribute), {bytes.begin(), bytes.end()}});
  }
  void Notify(Attribute attribute, std::string_view hex) { Notify(attribute, FromHex(hex)); }
  // Lets the procedure's next deadline come.
  void Tick() {
    ASSERT_TRUE(procedure_.deadline().has_value());
    now_ = std::max(now_, *procedure_.deadline());
    procedure_.Tick(talk_, now_);
    Collect();
  }
  void Collect() {
    while (const auto heard = talk_.HearLocal()) procedure_.Hear(*heard, talk_, now_);
    for (auto& order : talk_.TakeOrders()) orders_.push_back(std::move(order));
  }

  Talk& talk() { return talk_; }
  RadioTime now() const { return now_; }

 private:
  static std::uint16_t Handle(Attribute attribute) {
    return codec::miband::InfoOf(attribute).value_handle;
  }
  void Answer(Attribute attribute, std::uint8_t error = 0, ByteVector bytes = {}) {
    orders_.pop_front();
    Event(ports::RequestDone{Handle(attribute), error, std::move(bytes)});
  }
  void Event(const ports::RadioEvent& event) {
    now_ += std::chrono::milliseconds(20);
    if (const auto heard = talk_.Hear(event)) procedure_.Hear(*heard, talk_, now_);
    Collect();
  }

  Procedure& procedure_;
  Talk talk_;
  RadioTime now_{0};
  std::deque<ports::RadioOrder> orders_;
};

}  // namespace bk::companion
