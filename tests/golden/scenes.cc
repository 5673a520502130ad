#include "golden/scenes.h"

#include <fmt/format.h>

#include <string>

namespace bk::golden {
namespace {

constexpr std::string_view kBand = "563412100fc8";  // C8:0F:10:12:34:56, made up
constexpr std::string_view kNeighbour = "0a0b0c0d0e4f";
constexpr std::string_view kHuamiBase = "000710af09001821123500 00";
constexpr std::string_view kSecret = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";  // nobody's

int Byte(int signed_value) { return signed_value & 0xff; }

// A characteristic's UUID of the maker, as discovery carries it.
std::string Huami(std::string_view number) { return fmt::format("{}{}0000", kHuamiBase, number); }

}  // namespace

Scenes& Scenes::Wait(double seconds) {
  script_.Wait(seconds);
  return *this;
}

Scenes& Scenes::Lines(std::string_view lines) {
  script_.Add(lines);
  return *this;
}

Scenes& Scenes::Scan(int adverts, int rssi, bool connectable) {
  Lines(
      "+0.1 < cmd 0b20 01 a000 a000 00 00\n+0.001 > evt 0e 01 0b20 00\n"
      "+0.001 < cmd 0c20 01 00\n+0.001 > evt 0e 01 0c20 00\n");
  for (int i = 0; i < adverts; ++i) {
    const int delay_us = 200'000 + i * 7919 % 10'000;  // the random part of 0 to 10 ms
    Lines(fmt::format(
        "+0.{:06} > le 02 01 {} 00 {} 1f 0201{} 1bff5701 02{:f<34}c80f10123456 {:02x}\n", delay_us,
        connectable ? "00" : "02", kBand, connectable ? "06" : "04", "", Byte(rssi + i % 3 - 1)));
    // A held band that may be discovered is scannable (ADV_SCAN_IND) and answers with its name too.
    Lines(fmt::format("+0.001 > le 02 01 04 00 {} 11 1009 4d6920536d6172742042616e642034 {:02x}\n",
                      kBand, Byte(rssi)));
    Lines(fmt::format("+0.2175 > le 02 01 00 01 {} 03 020106 b0\n", kNeighbour));
  }
  return Lines("+0.1 < cmd 0c20 00 00\n+0.001 > evt 0e 01 0c20 00\n");
}

Scenes& Scenes::Connect() {
  return Lines(
      fmt::format("+0.1 < cmd 0d20 6000 3000 00 00 {0} 00 1800 2800 0000 f401 0000 0000\n"
                  "+0.001 > evt 0f 00 01 0d20\n"
                  "+0.4 > le 01 00 4000 00 00 {0} 2700 0000 f401 00\n",
                  kBand));
}

Scenes& Scenes::ConnectAndGiveUp(double seconds) {
  return Lines(
      fmt::format("+0.1 < cmd 0d20 6000 3000 00 00 {} 00 1800 2800 0000 f401 0000 0000\n"
                  "+0.001 > evt 0f 00 01 0d20\n"
                  "+{:.3f} < cmd 0e20\n"
                  "+0.001 > evt 0e 01 0e20 00\n"
                  "+0.001 > le 01 02 0000 00 00 000000000000 0000 0000 0000 00\n",
                  kBand, seconds));
}

Scenes& Scenes::Discover() {
  return Lines(fmt::format(
      "+0.05 < att 40 02 0502\n+0.05 > att 40 03 f700\n"
      "+0.05 < att 40 10 0100 ffff 0028\n+0.05 > att 40 11 14 1400 1900 {}\n"
      "+0.05 < att 40 10 1a00 ffff 0028\n+0.05 > att 40 11 06 2a00 5d00 e0fe 5e00 7200 e1fe\n"
      "+0.05 < att 40 10 7300 ffff 0028\n+0.05 > att 40 01 10 7300 0a\n"
      "+0.05 < att 40 08 1400 1900 0328\n+0.05 > att 40 09 15 1500 18 1600 {} 1800 04 1900 {}\n"
      "+0.05 < att 40 08 2a00 5d00 0328\n+0.05 > att 40 09 07 2b00 1a 2c00 2b2a\n"
      "+0.05 < att 40 08 2c00 5d00 0328\n"
      "+0.05 > att 40 09 15 3a00 14 3b00 {} 3d00 10 3e00 {} 4000 12 4100 {}\n"
      "+0.05 < att 40 08 4100 5d00 0328\n+0.05 > att 40 01 08 4100 0a\n"
      "+0.05 < att 40 08 5e00 7200 0328\n+0.05 > att 40 09 15 5f00 16 6000 {}\n"
      "+0.05 < att 40 08 6000 7200 0328\n+0.05 > att 40 01 08 6000 0a\n",
      Huami("3015"), Huami("3115"), Huami("3215"), Huami("0400"), Huami("0500"), Huami("0600"),
      Huami("0900")));
}

Scenes& Scenes::AskForNotifications() {
  for (const char* handle : {"6100", "3c00", "3f00", "1700"})
    Lines(fmt::format("+0.05 < att 40 12 {} 0100\n+0.05 > att 40 13\n", handle));
  return *this;
}

Scenes& Scenes::Authenticate(int status) {
  return Lines(
      fmt::format("+0.1 < att 40 52 6000 820002\n+0.08 > att 40 1b 6000 108201 {0}\n"
                  "+0.02 < att 40 52 6000 8300 {0}\n+0.12 > att 40 1b 6000 1083{1:02x}\n",
                  kSecret, status));
}

Scenes& Scenes::SetTime() {
  return Lines("+0.1 < att 40 12 2c00 e807 0101 0c0000 01 00 00 04\n+0.06 > att 40 13\n");
}

Scenes& Scenes::Fetch(int packets) {
  constexpr int kPackets = 30;
  Lines(
      "+0.2 < att 40 52 3b00 0101 e8070101 0a0000 04\n"
      "+0.1 > att 40 1b 3b00 100101 78000000 e8070101 0a0000 04\n"
      "+0.02 < att 40 52 3b00 02\n");
  for (int i = 0; i < packets; ++i)
    Lines(fmt::format("+0.02 > att 40 1b 3e00 {:02x} {}\n", i,
                      "50001a46 50001b47 50001c48 50001d49"));
  if (packets == kPackets)
    Lines(
        "+0.05 > att 40 1b 3b00 100201\n+0.02 < att 40 52 3b00 03\n"
        "+0.05 > att 40 1b 3b00 100301\n");
  return *this;
}

Scenes& Scenes::FetchNothing() {
  return Lines(
      "+0.1 < att 40 52 3b00 0101 e8070101 0c0000 04\n"
      "+0.1 > att 40 1b 3b00 100101 00000000 e8070101 0c0000 04\n");
}

Scenes& Scenes::Update(int packets) {
  constexpr int kPackets = 40;
  constexpr int kPacketBytes = 200;
  const int size = kPackets * kPacketBytes;
  Lines(
      fmt::format("+0.1 < att 40 12 1600 0100 {:02x}{:02x}0000 efbeadde\n+0.05 > att 40 13\n"
                  "+0.1 > att 40 1b 1600 100101 0000000000000000\n"
                  "+0.1 < att 40 12 1600 0301\n+0.05 > att 40 13\n",
                  size & 0xff, size >> 8));
  for (int i = 0; i < packets; ++i)
    Lines(fmt::format("+0.03 < att 40 52 1900 {:a<{}}\n", "", 2 * kPacketBytes));
  if (packets == kPackets)
    Lines(
        "+0.1 > att 40 1b 1600 100301\n+0.1 < att 40 12 1600 04\n+0.05 > att 40 13\n"
        "+2 > att 40 1b 1600 100401\n+0.1 < att 40 12 1600 05\n+0.05 > att 40 13\n"
        "+0.1 > att 40 1b 1600 100501\n");
  return *this;
}

Scenes& Scenes::StartEncryption(int status) {
  return Lines(
      fmt::format("+0.1 < cmd 1920 4000 0000000000000000 0000 {}\n"
                  "+0.001 > evt 0f 00 01 1920\n+0.2 > evt 08 {:02x} 4000 {:02x}\n",
                  kSecret, status, status == 0 ? 1 : 0));
}

Scenes& Scenes::Pair(bool confirm_fits) {
  Lines(
      fmt::format("+0.1 < smp 40 01 04 00 05 10 03 03\n+0.1 > smp 40 02 03 00 01 10 02 02\n"
                  "+0.1 < smp 40 03 {0}\n+0.1 > smp 40 03 {0}\n+0.1 < smp 40 04 {0}\n",
                  kSecret));
  if (!confirm_fits) return Lines("+0.1 > smp 40 05 04\n");
  return Lines(fmt::format("+0.1 > smp 40 04 {0}\n", kSecret))
      .StartEncryption(0)
      .Lines(
          fmt::format("+0.1 > smp 40 06 {0}\n+0.1 > smp 40 07 0102 0102030405060708\n", kSecret));
}

Scenes& Scenes::ReadRssi(int rssi) {
  return Lines(
      fmt::format("+1 < cmd 0514 4000\n+0.01 > evt 0e 01 0514 00 4000 {:02x}\n", Byte(rssi)));
}

Scenes& Scenes::End(int reason) {
  return Lines(fmt::format("+0.5 > evt 05 00 4000 {:02x}\n", reason));
}

Scenes& Scenes::HangUp() {
  return Lines("+0.5 < cmd 0604 4000 13\n+0.001 > evt 0f 00 01 0604\n").End(0x16);
}

}  // namespace bk::golden
