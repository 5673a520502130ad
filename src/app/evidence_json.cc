#include "app/evidence_json.h"

#include <nlohmann/json.hpp>

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;

// The length of the well-formed UTF-8 sequence at the start of `text`, 0 when there is none
// (Unicode 15, table 3-7).
std::size_t SequenceLength(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xc0u) == 0x80u; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    if (first == 0xe0 && byte(1) < 0xa0) return 0;
    if (first == 0xed && byte(1) > 0x9f) return 0;
    return tail(1) && tail(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if (first == 0xf0 && byte(1) < 0x90) return 0;
    if (first == 0xf4 && byte(1) > 0x8f) return 0;
    return tail(1) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

std::string Clean(std::string_view text, Privacy& privacy) {
  return privacy.Scrub(ValidUtf8(text));
}

}  // namespace

std::string ValidUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = SequenceLength(text);
    if (length == 0) {
      out.append("\xef\xbf\xbd");
      text.remove_prefix(1);
    } else {
      out.append(text.substr(0, length));
      text.remove_prefix(length);
    }
  }
  return out;
}

Json ToJson(const evidence::Where& where, Privacy& privacy) {
  Json json = Json::object();
  if (!where.file.empty()) json["file"] = Clean(where.file, privacy);
  if (!where.member.empty()) json["member"] = Clean(where.member, privacy);
  if (where.line != 0) {
    json["line"] = where.line;
  } else if (where.packet != 0) {
    json["packet"] = where.packet;
  } else if (where.offset != 0) {
    json["offset"] = where.offset;
  }
  if (where.time.known())
    json["time"] = {{"clock", ClockName(where.time.clock)}, {"text", FormatInstant(where.time)}};
  return json;
}

Json ToJson(const evidence::Finding& finding, Privacy& privacy) {
  Json json = {{"id", finding.id}};
  if (const bool* truth = std::get_if<bool>(&finding.value)) {
    json["value"] = *truth;
  } else {
    json["value"] = Clean(std::get<std::string>(finding.value), privacy);
  }
  json["source"] = evidence::SourceName(finding.source);
  json["where"] = ToJson(finding.where, privacy);
  json["text"] = Clean(finding.text, privacy);
  return json;
}

Json ToJson(const evidence::Event& event, Privacy& privacy) {
  return {{"time", FormatInstant(event.at)},
          {"clock", ClockName(event.at.clock)},
          {"kind", event.kind},
          {"text", Clean(event.text, privacy)},
          {"source", evidence::SourceName(event.source)},
          {"where", ToJson(event.where, privacy)}};
}

Json ToJson(const evidence::Loss& loss, Privacy& privacy) {
  return {{"kind", evidence::LossName(loss.kind)},
          {"where", ToJson(loss.where, privacy)},
          {"count", loss.count},
          {"text", Clean(loss.text, privacy)}};
}

}  // namespace bk::app
