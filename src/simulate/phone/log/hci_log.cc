#include "simulate/phone/log/hci_log.h"

#include <cstdlib>

#include "codec/snoop/writer.h"

namespace bk::simulate {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void Put16(std::vector<std::byte>& out, std::size_t value) {
  out.push_back(static_cast<std::byte>(value & 0xff));
  out.push_back(static_cast<std::byte>(value >> 8 & 0xff));
}

void Add(Android& phone, std::uint8_t kind, bool to_controller, std::vector<std::byte> data) {
  if (phone.life.on_air) return;
  KeepHci(phone, {.at = phone.clock.wall,
                  .kind = kind,
                  .to_controller = to_controller,
                  .data = std::move(data)});
}

}  // namespace

void KeepHci(Android& phone, HciPacket packet) {
  phone.life.hci.push_back(std::move(packet));
  if (phone.life.hci.size() > kHciPacketsMax) phone.life.hci.pop_front();
}

std::vector<std::byte> FromHex(std::string_view hex) {
  std::vector<std::byte> bytes;
  int high = -1;
  for (const char c : hex) {
    if (c == ' ' || c == ':') continue;
    const int digit = HexDigit(c);
    if (digit < 0) std::abort();
    if (high < 0) {
      high = digit;
    } else {
      bytes.push_back(static_cast<std::byte>(high * 16 + digit));
      high = -1;
    }
  }
  if (high >= 0) std::abort();
  return bytes;
}

std::vector<std::byte> AirAddress(std::string_view address) {
  std::vector<std::byte> bytes = FromHex(address);
  return {bytes.rbegin(), bytes.rend()};
}

void HciCommand(Android& phone, std::uint16_t opcode, std::span<const std::byte> parameters) {
  std::vector<std::byte> data;
  Put16(data, opcode);
  data.push_back(static_cast<std::byte>(parameters.size()));
  data.insert(data.end(), parameters.begin(), parameters.end());
  Add(phone, 1, true, std::move(data));
}
void HciEvent(Android& phone, std::uint8_t code, std::span<const std::byte> parameters) {
  std::vector<std::byte> data{static_cast<std::byte>(code),
                              static_cast<std::byte>(parameters.size())};
  data.insert(data.end(), parameters.begin(), parameters.end());
  Add(phone, 4, false, std::move(data));
}
void HciLeEvent(Android& phone, std::uint8_t subevent, std::span<const std::byte> parameters) {
  std::vector<std::byte> data{static_cast<std::byte>(subevent)};
  data.insert(data.end(), parameters.begin(), parameters.end());
  HciEvent(phone, 0x3e, data);
}
void HciPdu(Android& phone, int handle, std::uint16_t channel, bool to_controller,
            std::span<const std::byte> pdu) {
  std::vector<std::byte> data;
  Put16(data, static_cast<std::size_t>(handle) | (to_controller ? 0U : 0x2000U));
  Put16(data, pdu.size() + 4);
  Put16(data, pdu.size());
  Put16(data, channel);
  data.insert(data.end(), pdu.begin(), pdu.end());
  Add(phone, 2, to_controller, std::move(data));
}

std::vector<std::byte> BtsnoopFile(const Android& phone) {
  std::vector<std::byte> out;
  codec::snoop::SnoopWriter writer(codec::snoop::FileKind::kBtsnoopH4, out);
  for (const HciPacket& packet : phone.life.hci) {
    codec::snoop::Packet one;
    one.kind = static_cast<codec::snoop::PacketKind>(packet.kind);
    one.to_controller = packet.to_controller;
    one.time = SnoopTime{packet.at.count()};
    one.data = packet.data;
    one.original_length = static_cast<std::uint32_t>(packet.data.size());
    writer.Add(one);
  }
  return out;
}

}  // namespace bk::simulate
