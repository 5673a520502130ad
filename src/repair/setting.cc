#include "repair/setting.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/shell_quote.h"
#include "repair/messages.h"
#include "repair/settings/kind.h"
#include "repair/settings/reply.h"

namespace bk::repair {
namespace {

using kinds::Kind;
using kinds::Parts;
using Why = Refusal::Why;

Reading Understand(const PhoneTraits& traits, const SettingId& id, const Kind& kind,
                   const Parts& parts, const ports::PhoneCommand& command,
                   const ports::PhoneAnswer& answer) {
  if (auto none = NoAnswer(traits, answer)) return std::unexpected(*std::move(none));
  if (kind.any_text)
    if (auto refusal = RefusalInReply(traits, answer)) return std::unexpected(*std::move(refusal));
  auto value = kind.parse(traits, parts, command, answer.out);
  if (!value) {
    auto refusal = RefusalInDump(traits, answer);
    if (!refusal)
      refusal = Refusal{Why::kUnclear,
                        traits.Say(kRefusalSays.not_understood, {{"command", command.line}}),
                        Printable(answer.out.substr(0, answer.out.find('\n')))};
    return std::unexpected(*std::move(refusal));
  }
  if (!*value && parts.kind == "permission")
    return std::unexpected(
        Refusal{Why::kNotHere,
                traits.Say(kRefusalSays.app_does_not_ask,
                           {{"app", traits.TitleOf(parts.of[0])}, {"what", Describe(traits, id)}}),
                ""});
  return *std::move(value);
}

struct Asked {
  const Kind* kind = nullptr;
  Parts parts;
  std::vector<ports::PhoneCommand> ways;
  std::optional<Reading> reading;
};

// What an owner can act on comes before what only tells why another way was tried.
int Rank(Why why) {
  switch (why) {
    case Why::kNoAnswer:
      return 0;
    case Why::kSecuritySwitch:
      return 1;
    case Why::kManaged:
      return 2;
    case Why::kNotAllowed:
      return 3;
    case Why::kNoEffect:
      return 4;
    case Why::kUnclear:
      return 5;
    case Why::kNotHere:
      return 6;
  }
  return 7;
}

// Gives the commands of one way; a refusal ends it.
std::optional<Refusal> Go(ports::Phone& phone, const PhoneTraits& traits, const Way& way,
                          std::vector<std::string>& lines) {
  for (const ports::PhoneCommand& command : way) {
    lines.push_back(command.line);
    if (auto refusal = RefusalInReply(traits, phone.Run(command))) return refusal;
  }
  return std::nullopt;
}

}  // namespace

bool IsKnown(const SettingId& id) {
  Parts parts;
  return kinds::Find(id, parts) != nullptr;
}

bool CanBeWritten(const SettingId& id) {
  Parts parts;
  const Kind* kind = kinds::Find(id, parts);
  return kind != nullptr && kind->write != nullptr && parts.of[1] != "*";
}

std::vector<Reading> ReadSettings(ports::Phone& phone, const PhoneTraits& traits,
                                  std::span<const SettingId> ids) {
  std::map<SettingId, Asked> asked;
  std::size_t rounds = 0;
  for (const SettingId& id : ids) {
    Asked& one = asked[id];
    if (one.kind != nullptr || one.reading) continue;
    one.kind = kinds::Find(id, one.parts);
    if (one.kind != nullptr) {
      // The views of `parts` must be into the key that stays.
      one.kind = kinds::Find(asked.find(id)->first, one.parts);
      one.ways = one.kind->read(traits, one.parts);
    }
    if (one.ways.empty()) one.reading = std::unexpected(kinds::NoWay(traits, id));
    rounds = std::max(rounds, one.ways.size());
  }
  for (std::size_t round = 0; round < rounds; ++round) {
    std::vector<ports::PhoneCommand> commands;
    std::vector<std::pair<const SettingId*, std::size_t>> waiting;  // and the place of its command
    for (auto& [id, one] : asked) {
      const bool decided =
          one.reading && (one.reading->has_value() || one.reading->error().why != Why::kNotHere);
      if (decided || round >= one.ways.size()) continue;
      const ports::PhoneCommand& command = one.ways[round];
      const auto same = std::ranges::find(commands, command.line, &ports::PhoneCommand::line);
      waiting.emplace_back(&id, static_cast<std::size_t>(same - commands.begin()));
      if (same == commands.end()) commands.push_back(command);
    }
    if (commands.empty()) break;
    const std::vector<ports::PhoneAnswer> answers = phone.Run(commands);
    BK_CHECK(answers.size() == commands.size());
    for (const auto& [id, place] : waiting) {
      Asked& one = asked[*id];
      one.reading = Understand(traits, *id, *one.kind, one.parts, commands[place], answers[place]);
    }
  }
  std::vector<Reading> readings;
  readings.reserve(ids.size());
  for (const SettingId& id : ids) readings.push_back(*asked.at(id).reading);
  return readings;
}

Reading ReadSetting(ports::Phone& phone, const PhoneTraits& traits, const SettingId& id) {
  return ReadSettings(phone, traits, std::span(&id, 1)).front();
}

std::expected<std::vector<Way>, Refusal> WaysToWrite(const PhoneTraits& traits, const SettingId& id,
                                                     const SettingValue& to) {
  Parts parts;
  const Kind* kind = kinds::Find(id, parts);
  std::vector<Way> ways;
  if (kind != nullptr && kind->write != nullptr) ways = kind->write(traits, parts, to);
  if (ways.empty()) return std::unexpected(kinds::NoWay(traits, id));
  return ways;
}

Writing WriteSetting(ports::Phone& phone, const PhoneTraits& traits, const SettingId& id,
                     const SettingValue& before, const SettingValue& to) {
  Writing writing;
  writing.now = before;
  if (Same(id, before, to)) return writing;
  const auto ways = WaysToWrite(traits, id, to);
  if (!ways) {
    writing.refused = ways.error();
    return writing;
  }
  const auto keep = [&](Refusal refusal) {
    if (!writing.refused || Rank(refusal.why) < Rank(writing.refused->why))
      writing.refused = std::move(refusal);
  };
  for (const Way& way : *ways) {
    auto refusal = Go(phone, traits, way, writing.lines);
    // Nothing is known of what happened: another way on top of it would be blind.
    if (refusal && refusal->why == Why::kNoAnswer) {
      writing.refused = std::move(refusal);
      writing.now = std::unexpected(*writing.refused);
      return writing;
    }
    writing.now = ReadSetting(phone, traits, id);
    const bool there = writing.now && Same(id, *writing.now, to);
    if (there || (!refusal && SettleTime(id).count() > 0)) {
      writing.refused = std::nullopt;
      return writing;
    }
    if (!refusal) {
      const std::string caveat = Caveat(traits, id, to);
      refusal = Refusal{Why::kNoEffect,
                        caveat.empty()
                            ? traits.Say(kRefusalSays.no_effect, {{"what", Describe(traits, id)}})
                            : caveat,
                        ""};
    }
    keep(*std::move(refusal));
  }
  return writing;
}

std::chrono::milliseconds SettleTime(const SettingId& id) {
  Parts parts;
  const Kind* kind = kinds::Find(id, parts);
  return kind == nullptr ? std::chrono::milliseconds{0} : kind->settle;
}

bool IsSettled(const SettingId& id, const SettingValue& value) {
  Parts parts;
  const Kind* kind = kinds::Find(id, parts);
  return kind == nullptr || kind->between.empty() || value != kind->between;
}

bool Same(const SettingId& id, const SettingValue& a, const SettingValue& b) {
  if (a == b) return true;
  if (!a || !b) return false;
  Parts parts;
  const Kind* kind = kinds::Find(id, parts);
  return kind != nullptr && kind->same != nullptr && kind->same(parts, *a, *b);
}

std::string RestoreNote(const PhoneTraits& traits, const SettingId& id) {
  Parts parts;
  const Kind* kind = kinds::Find(id, parts);
  return kind == nullptr || kind->restore_note == nullptr ? std::string()
                                                          : traits.Say(*kind->restore_note);
}

std::string_view WhyName(Why why) {
  constexpr std::array<std::string_view, 7> kNames = {
      "security_switch", "not_allowed", "not_here", "managed", "no_effect", "no_answer", "unclear"};
  return kNames[static_cast<std::size_t>(why)];
}

}  // namespace bk::repair
