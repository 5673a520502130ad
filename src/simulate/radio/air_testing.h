// A band with three characteristics, for the tests of the air: it counts what it is told, answers,
// and has as much to say as a test wants.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "simulate/radio/sim_radio.h"

namespace bk::simulate::radio {

class PlainBand final : public Peripheral {
 public:
  static constexpr std::uint16_t kReadable = 0x0003, kWritable = 0x0005, kNotifying = 0x0007,
                                 kCccd = 0x0008;
  Address address{0xc0'ff'ee'12'34'56};
  std::uint16_t mtu_max = 247;
  // Numbered notifications that are still to be sent, and their size.
  std::uint32_t to_say = 0;
  std::size_t value_bytes = 20;
  bool answers = true;
  std::optional<Leave> leave;
  bool subscribed = false;

  std::uint32_t said = 0;
  std::vector<std::uint32_t> written;  // the numbers of written values
  std::vector<std::string> log;
  std::uint16_t mtu = 23;
  bool connected = false;

  std::optional<Advertising> Adverts(RadioTime /*now*/) override {
    if (connected) return std::nullopt;
    Advertising advertising;
    advertising.address = address;
    for (const int byte : {0x02, 0x01, 0x06, 0x03, 0xff, 0x57, 0x01})
      advertising.data.push_back(static_cast<std::byte>(byte));
    for (const int byte :
         std::initializer_list<int>{0x05, 0x09, 'B', 'a', 'n', 'd', 0x03, 0x02, 0xe0, 0xfe})
      advertising.scan_response.push_back(static_cast<std::byte>(byte));
    return advertising;
  }
  [[nodiscard]] const GattTable& Table() const override {
    static const GattTable table{
        {{0x0001, 0x0001, SigUuid(0x1801)}, {0x0002, 0x0008, SigUuid(0xfee0)}},
        {{0x0002, kReadable, SigUuid(0x2a00), 0x02},
         {0x0004, kWritable, {0x0000'0004'0000'3512, 0x2118'0009'af10'0700}, 0x0c},
         {0x0006, kNotifying, {0x0000'0005'0000'3512, 0x2118'0009'af10'0700}, 0x10}},
        {{kCccd, 0x2902}}};
    return table;
  }
  [[nodiscard]] std::uint16_t MtuMax() const override { return mtu_max; }
  void Connected(RadioTime /*now*/) override {
    connected = true;
    log.emplace_back("connected");
  }
  void Disconnected(RadioTime now, std::uint8_t reason) override {
    connected = subscribed = false;
    mtu = 23;
    left_at = now;
    log.push_back("disconnected " + std::to_string(reason));
  }
  void MtuIs(std::uint16_t value, RadioTime /*now*/) override { mtu = value; }
  std::optional<AttAnswer> Read(std::uint16_t handle, RadioTime /*now*/) override {
    if (!answers) return std::nullopt;
    if (handle != kReadable) return AttAnswer{0x02, {}};
    return AttAnswer{0, {std::byte{'h'}, std::byte{'i'}}};
  }
  std::optional<AttAnswer> Write(std::uint16_t handle, Bytes bytes, bool with_response,
                                 RadioTime /*now*/) override {
    if (!answers && with_response) return std::nullopt;
    if (handle == kCccd) subscribed = !bytes.empty() && bytes[0] == std::byte{1};
    ByteReader reader(bytes);
    if (handle == kWritable) written.push_back(reader.Le32());
    return AttAnswer{};
  }
  [[nodiscard]] std::optional<RadioTime> Due() const override { return std::nullopt; }
  void Advance(RadioTime /*now*/) override {}
  std::vector<Notification> TakeNotifications(std::size_t room, RadioTime /*now*/) override {
    std::vector<Notification> out;
    while (subscribed && out.size() < room && said < to_say) {
      Notification one{kNotifying, {}};
      ByteWriter(one.bytes).Le32(said++);
      one.bytes.resize(value_bytes);
      out.push_back(std::move(one));
    }
    return out;
  }
  [[nodiscard]] std::optional<Leave> WantsToLeave(RadioTime /*now*/) override { return leave; }
  RadioTime left_at{};
};

// Everything until `until`.
inline std::vector<ports::RadioEvent> AllUntil(SimRadio& radio, RadioTime until) {
  std::vector<ports::RadioEvent> events;
  while (auto event = radio.Next(until)) events.push_back(std::move(*event));
  return events;
}
// The next event of this kind; others are passed over. nullopt: `until` came first.
template <class E>
std::optional<E> Await(SimRadio& radio, RadioTime until = Seconds(3600)) {
  while (auto event = radio.Next(until))
    if (auto* found = std::get_if<E>(&*event)) return std::move(*found);
  return std::nullopt;
}
// Connected, with its database and the MTU that it gets.
inline bool Open(SimRadio& radio, const PlainBand& band) {
  // The first tries may fail (0x3e).
  radio.Do(ports::ConnectOrder{band.address});
  for (bool up = false; !up;) {
    const auto event = radio.Next(radio.Now() + Seconds(1000));
    if (!event) return false;
    up = std::holds_alternative<ports::LinkUp>(*event);
    if (std::holds_alternative<ports::LinkEnded>(*event))
      radio.Do(ports::ConnectOrder{band.address});
  }
  radio.Do(ports::DiscoverOrder{});
  const auto found = Await<ports::Discovered>(radio);
  return found && found->table.size() == 3;
}
inline bool Listen(SimRadio& radio) {
  radio.Do(ports::SubscribeOrder{PlainBand::kNotifying, true});
  const auto done = Await<ports::RequestDone>(radio);
  return done && done->error == 0;
}
inline std::uint32_t Number(Bytes bytes) { return ByteReader(bytes).Le32(); }

}  // namespace bk::simulate::radio
