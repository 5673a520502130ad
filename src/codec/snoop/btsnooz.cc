#include "codec/snoop/btsnooz.h"

#include <fmt/format.h>

#include "base/text.h"
#include "codec/snoop/btsnooz_parser.h"
#include "codec/snoop/emitter.h"

namespace bk::codec::snoop {
namespace {

constexpr std::string_view kBegin = "--- BEGIN:BTSNOOP_LOG_SUMMARY";
constexpr std::string_view kEnd = "--- END:BTSNOOP_LOG_SUMMARY";
constexpr std::size_t kPreambleBytes = 9;

bool IsBase64(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/' || c == '=';
}

}  // namespace

std::optional<BtsnoozBlock> FindBtsnoozBlock(std::string_view text, std::size_t from) {
  if (from > text.size()) return std::nullopt;
  const std::size_t begin = text.find(kBegin, from);
  if (begin == std::string_view::npos) return std::nullopt;
  BtsnoozBlock block;
  block.begin = begin;
  std::size_t at = begin + kBegin.size();
  const std::size_t line_end = text.find('\n', at);
  const std::string_view line =
      text.substr(at, line_end == std::string_view::npos ? std::string_view::npos : line_end - at);
  if (const auto claimed = After(line, "(", " )"))
    block.packed_bytes = ParseInt<std::uint64_t>(*claimed).value_or(0);
  if (line_end == std::string_view::npos) {
    block.base64 = {};
    block.end = text.size();
    return block;
  }
  // Line by line: when END is missing, the first line that is no base64 ends the block.
  const std::size_t data_begin = at = line_end + 1;
  std::size_t data_end = at;
  while (at < text.size()) {
    std::size_t next = text.find('\n', at);
    next = next == std::string_view::npos ? text.size() : next + 1;
    const std::string_view data =
        Trim(text.substr(at, next - at - (next > at && text[next - 1] == '\n')));
    if (data.starts_with(kEnd)) {
      block.ended = true;
      at = next;
      break;
    }
    bool is_data = true;
    for (const char c : data) is_data = is_data && IsBase64(c);
    if (!is_data) break;
    data_end = at = next;
  }
  block.base64 = text.substr(data_begin, data_end - data_begin);
  block.end = at;
  return block;
}

Result<BtsnoozPreamble> ReadBtsnoozPreamble(Bytes decoded) {
  ByteReader in(decoded);
  BtsnoozPreamble preamble;
  preamble.version = in.U8();
  preamble.newest.us = static_cast<std::int64_t>(in.Le64());
  if (in.failed())
    return Fail(ErrorCode::kNotOurs, fmt::format("a Bluetooth memory log of {} bytes, shorter than "
                                                 "its {}-byte preamble",
                                                 decoded.size(), kPreambleBytes));
  if (preamble.version != 1 && preamble.version != 2)
    return Fail(ErrorCode::kNotSupported,
                fmt::format("a Bluetooth memory log of the unknown version {}", preamble.version));
  preamble.packed = in.rest();
  return preamble;
}

void ReadBtsnoozRecords(const BtsnoozPreamble& preamble, Bytes records, bool whole,
                        PacketSink& sink) {
  Emitter out(sink);
  // Unsigned, for a preamble may hold anything.
  const auto first = static_cast<std::int64_t>(
      static_cast<std::uint64_t>(preamble.newest.us) -
      static_cast<std::uint64_t>(BtsnoozParser::Age(preamble.version, records)));
  BtsnoozParser parser(preamble.version, SnoopTime{first}, out);
  parser.Parse(records, 0, true);
  if (!whole)
    out.Tell({.kind = Damage::Kind::kTruncated,
              .number = out.packets() + 1,
              .offset = records.size(),
              .text = "the memory log's end is missing: its times may be too late by the missing "
                      "part"});
  out.Finish();
}

}  // namespace bk::codec::snoop
