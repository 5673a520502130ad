#include "repair/record.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace bk::repair {
namespace {

constexpr std::array<std::string_view, kRecordKinds> kKindNames = {
    "repair_begun", "consent",  "will_change", "changed",   "not_changed",
    "will_do",      "restored", "left",        "fix_ended", "repair_ended"};
constexpr std::string_view kVersion = "bk1";
constexpr std::size_t kHashDigits = 16;
// Worst case three bytes for one: nine such texts and the rest stay under kRecordBytesMax.
constexpr std::size_t kTextBytesMax = 1024;

constexpr std::uint64_t kHashStart = 0xcbf29ce484222325;

std::uint64_t Hash(std::string_view text, std::uint64_t hash = kHashStart) {
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
}

std::uint64_t LineHash(std::string_view version, std::string_view body) {
  return Hash(body, Hash(" ", Hash(version)));
}

bool Plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_./:+,@-").find(c) != std::string_view::npos;
}

std::string Escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (Plain(c))
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::optional<std::string> Unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      if (!Plain(text[i])) return std::nullopt;
      out += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const auto byte = ParseInt<unsigned>(text.substr(i + 1, 2), 16);
    if (!byte) return std::nullopt;
    out += static_cast<char>(*byte);
    i += 2;
  }
  return out;
}

std::optional<Record::Kind> KindNamed(std::string_view name) {
  const auto* found = std::ranges::find(kKindNames, name);
  if (found == kKindNames.end()) return std::nullopt;
  return static_cast<Record::Kind>(found - kKindNames.begin());
}

std::string_view NextWord(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

// Puts one key=value into the record; false: it cannot be one.
bool Put(std::string_view pair, Record& record) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view key = pair.substr(0, equals);
  const auto value = Unescape(pair.substr(equals + 1));
  if (!value) return false;
  const auto number = [&](auto& into) {
    const auto parsed = ParseInt<std::remove_reference_t<decltype(into)>>(*value);
    if (parsed) into = *parsed;
    return parsed.has_value();
  };
  if (key == "at") return number(record.at);
  if (key == "repair") return number(record.repair);
  if (key == "change") return number(record.change);
  if (key == "temporary") record.temporary = *value == "1";
  if (key == "phone") record.phone = *value;
  if (key == "name") record.name = *value;
  if (key == "fix") record.fix = *value;
  if (key == "setting") record.setting = *value;
  if (key == "words") record.words = *value;
  if (key == "before") record.before = *value;
  if (key == "value") record.value = *value;
  return true;
}

enum class LineIs : std::uint8_t { kRecord, kForeign, kDamaged };

LineIs DecodeLine(std::string_view line, Record& record) {
  if (line.size() > kRecordBytesMax || !line.starts_with("bk")) return LineIs::kDamaged;
  std::string_view rest = line;
  const std::string_view version = NextWord(rest);
  const std::string_view hash = NextWord(rest);
  if (hash.size() != kHashDigits || ParseInt<std::uint64_t>(hash, 16) != LineHash(version, rest))
    return LineIs::kDamaged;
  const auto numbered = ParseInt<std::uint64_t>(NextWord(rest));
  if (!numbered || *numbered == 0) return LineIs::kDamaged;
  record.number = *numbered;
  const auto kind = KindNamed(NextWord(rest));
  if (version != kVersion || !kind) return LineIs::kForeign;
  record.kind = *kind;
  while (!rest.empty())
    if (!Put(NextWord(rest), record)) return LineIs::kDamaged;
  return LineIs::kRecord;
}

}  // namespace

std::string_view KindName(Record::Kind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::optional<std::string> EncodeRecord(const Record& record) {
  std::string body = fmt::format("{} {}", record.number, KindName(record.kind));
  const auto text = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) body += fmt::format(" {}={}", key, Escape(value.substr(0, kTextBytesMax)));
  };
  const auto number = [&](std::string_view key, auto value) {
    if (value != 0) body += fmt::format(" {}={}", key, value);
  };
  number("at", record.at);
  number("repair", record.repair);
  number("change", record.change);
  if (record.temporary) body += " temporary=1";
  text("phone", record.phone);
  text("name", record.name);
  text("fix", record.fix);
  // A setting's name is what undo goes by: whole or not at all.
  if (record.setting.size() > kTextBytesMax) return std::nullopt;
  text("setting", record.setting);
  if (record.before) body += " before=" + Escape(*record.before);
  if (record.value) body += " value=" + Escape(*record.value);
  text("words", record.words);
  std::string line = fmt::format("{} {:016x} {}\n", kVersion, LineHash(kVersion, body), body);
  if (line.size() > kRecordBytesMax) return std::nullopt;
  return line;
}

JournalText DecodeJournal(std::string_view bytes) {
  JournalText read;
  std::string_view rest = bytes.substr(0, kJournalBytesMax);
  std::uint64_t& last = read.last;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    const bool ended = end != std::string_view::npos;
    rest.remove_prefix(ended ? end + 1 : rest.size());
    Record record;
    const LineIs is = DecodeLine(line, record);
    read.torn = !ended && is == LineIs::kDamaged;
    // A damaged line shows in the numbers, unless its writer was stopped in the middle of it and
    // the next one took its number.
    if (is == LineIs::kDamaged || record.number <= last) continue;
    read.lost += record.number - last - 1;
    last = record.number;
    if (is == LineIs::kForeign)
      ++read.foreign;
    else
      read.records.push_back(std::move(record));
  }
  return read;
}

std::string PhoneMark(std::string_view serial) { return fmt::format("{:016x}", Hash(serial)); }

}  // namespace bk::repair
