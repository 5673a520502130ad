#include "live/memory_log.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <zlib.h>

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "codec/snoop/packet.h"

namespace bk::live {
namespace {

using codec::snoop::PacketKind;

std::uint8_t TypeOf(const codec::snoop::Packet& packet) {
  if (packet.kind == PacketKind::kCommand) return 0x20;
  if (packet.kind == PacketKind::kEvent) return 0x10;
  return packet.to_controller ? 0x21 : 0x11;
}

std::string Base64(Bytes bytes) {
  std::string out(bytes.size() * 4 / 3 + 5, '\0');
  out.resize(static_cast<std::size_t>(EVP_EncodeBlock(
      reinterpret_cast<unsigned char*>(out.data()),
      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()))));
  return out;
}

}  // namespace

std::string MemoryLogOf(const capture::Script& script) {
  std::vector<std::byte> ring;
  ByteWriter out(ring);
  std::int64_t last = 0, newest = 0;
  for (const codec::snoop::Packet& packet : script.Packets()) {
    newest = packet.time.us;
    // A length counts the type byte.
    out.Le16(packet.data.size() + 1).Le16(packet.data.size() + 1);
    out.Le32(static_cast<std::uint64_t>(last == 0 ? 0 : newest - last));
    out.U8(TypeOf(packet)).Put(packet.data);
    last = newest;
  }
  std::vector<std::byte> packed;
  ByteWriter(packed).U8(2).Le64(static_cast<std::uint64_t>(newest));
  uLongf size = compressBound(static_cast<uLong>(ring.size()));
  const std::size_t head = packed.size();
  packed.resize(head + size);
  compress(reinterpret_cast<Bytef*>(packed.data() + head), &size,
           reinterpret_cast<const Bytef*>(ring.data()), static_cast<uLong>(ring.size()));
  packed.resize(head + size);
  std::string text = fmt::format("--- BEGIN:BTSNOOP_LOG_SUMMARY ({} bytes in) ---\n", ring.size());
  const std::string base64 = Base64(packed);
  constexpr std::size_t kColumns = 64;
  for (std::size_t at = 0; at < base64.size(); at += kColumns)
    text += base64.substr(at, kColumns) + "\n";
  return text + "--- END:BTSNOOP_LOG_SUMMARY ---\n";
}

}  // namespace bk::live
