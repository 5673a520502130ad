// The blocks of a pcapng file. Inside the room; SnoopReader is the way in.
// Source: draft-ietf-opsawg-pcapng.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "codec/snoop/emitter.h"
#include "codec/snoop/format.h"
#include "codec/snoop/parser.h"
#include "codec/snoop/record.h"

namespace bk::codec::snoop {

class PcapngParser {
 public:
  explicit PcapngParser(Emitter& out) : out_(out) {}

  // `bytes` begins at `offset` of the file.
  Progress Parse(Bytes bytes, std::uint64_t offset, bool final);
  // Last: tells of the packets that were passed over for their link type.
  void Finish();

  // The first interface that holds HCI packets decides; 0 until one is known.
  [[nodiscard]] std::optional<std::uint32_t> link_type() const { return link_type_; }
  // When every packet was of a link type that holds none: the first of them.
  [[nodiscard]] std::optional<std::uint32_t> refused_link_type() const;

 private:
  struct Interface {
    std::uint32_t link_type = 0;
    Encapsulation encapsulation = Encapsulation::kRefused;
    std::uint32_t snap_length = 0;
    std::uint64_t units = 1'000'000;  // of the stamps, in a second
    std::int64_t offset_seconds = 0;
    RecordDecoder decoder;
    std::uint64_t dropped = 0;  // as its statistics block says
    std::uint64_t told = 0;     // as packet blocks said
  };
  struct Options {
    std::uint32_t flags = 0;
    std::uint64_t drops = 0;
    std::optional<std::uint8_t> resolution;
    std::optional<std::int64_t> time_offset;
  };
  enum class OptionsOf : std::uint8_t { kInterface, kPacket, kOldPacket, kStatistics };

  Progress Run(Bytes bytes, std::uint64_t offset, bool final);
  Progress Resync(Bytes bytes, std::uint64_t offset, bool final);
  void Block(std::uint32_t type, Bytes body, std::uint64_t offset);
  void InterfaceBlock(Bytes body, std::uint64_t offset);
  void PacketBlock(std::uint32_t type, Bytes body, std::uint64_t offset);
  void StatisticsBlock(Bytes body, std::uint64_t offset);
  Options ReadOptions(Bytes bytes, OptionsOf of) const;
  void TellDamage(Damage::Kind kind, std::uint64_t offset, std::string text);
  void TellDrops(std::uint64_t count, std::uint64_t offset);

  std::uint16_t Load16(const std::byte* at) const;
  std::uint32_t Load32(const std::byte* at) const {
    return big_endian_ ? LoadBe32(at) : LoadLe32(at);
  }

  Emitter& out_;
  bool big_endian_ = false;
  std::vector<Interface> interfaces_;
  std::optional<std::uint32_t> link_type_;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> refused_;  // link type, packets
  std::uint64_t skip_ = 0;  // what is left of a block that is passed over
  std::uint64_t skip_bytes_ = 0;
  std::uint64_t skip_from_ = 0;
  bool resyncing_ = false;
  std::uint64_t resync_from_ = 0;
  std::uint64_t cut_bytes_ =
      0;  // of the block at resync_from_, when it is only longer than the file
  SnoopTime last_;
};

}  // namespace bk::codec::snoop
