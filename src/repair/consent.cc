#include "repair/consent.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "repair/messages.h"

namespace bk::repair {
namespace {

using troubleshoot::LossClass;

bool Disrupts(const Move& move) {
  if (std::holds_alternative<RestartPhone>(move)) return true;
  const auto* change = std::get_if<ChangeSetting>(&move);
  if (change == nullptr) return false;
  return change->setting == setting::AirplaneMode() ||
         (change->setting == setting::Bluetooth() && change->to != "on");
}

bool Disrupts(const Action& action) {
  const auto any = [](const std::vector<Move>& moves) {
    return std::ranges::any_of(moves, [](const Move& move) { return Disrupts(move); });
  };
  return any(action.moves) || any(action.by_finger);
}

Harm HarmOf(const troubleshoot::Fix& fix, const Action* action) {
  if (fix.loss > LossClass::kSetting) return Harm::kLossy;
  if (action != nullptr && Disrupts(*action)) return Harm::kDisruptive;
  return Harm::kHarmless;
}

constexpr const ConsentMessages& kSays = kConsentSays;

const Message* WordFor(LossClass loss) {
  switch (loss) {
    case LossClass::kPairing:
      return &kSays.word_pairing;
    case LossClass::kAppData:
      return &kSays.word_app_data;
    case LossClass::kBandData:
      return &kSays.word_band_data;
    case LossClass::kNone:
    case LossClass::kSetting:
      break;
  }
  return nullptr;
}

// Small letters of Latin, German and Cyrillic: what a keyboard makes of the first letter does not
// decide.
std::string Small(std::string_view text) {
  std::string small;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto at = [&](std::size_t where) {
      return where < text.size() ? static_cast<unsigned char>(text[where]) : 0U;
    };
    const unsigned point = (at(i) & 0x1fU) << 6U | (at(i + 1) & 0x3fU);
    const bool two = (at(i) == 0xc3 || at(i) == 0xd0) && (at(i + 1) & 0xc0U) == 0x80;
    unsigned lower = point;
    if ((point >= 0xc0 && point <= 0xde) || (point >= 0x410 && point <= 0x42f)) lower += 0x20;
    if (point >= 0x400 && point <= 0x40f) lower += 0x50;
    if (two) {
      small += static_cast<char>(0xc0U | lower >> 6U);
      small += static_cast<char>(0x80U | (lower & 0x3fU));
      ++i;
    } else {
      small += text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    }
  }
  return small;
}

// What a disruptive step interrupts.
const Message& Interrupts(const Action& action) {
  const auto has = [&](auto fits) {
    return std::ranges::any_of(action.moves, fits) || std::ranges::any_of(action.by_finger, fits);
  };
  if (has([](const Move& move) { return std::holds_alternative<RestartPhone>(move); }))
    return kSays.restarts;
  if (has([](const Move& move) {
        const auto* change = std::get_if<ChangeSetting>(&move);
        return change != nullptr && change->setting == setting::AirplaneMode();
      }))
    return kSays.airplane;
  return kSays.bluetooth;
}

}  // namespace

std::string_view HarmName(Harm harm) {
  constexpr std::array<std::string_view, 3> kNames = {"harmless", "disruptive", "lossy"};
  return kNames[static_cast<std::size_t>(harm)];
}

ConsentQuestion QuestionFor(const troubleshoot::Fix& fix, const Action* action,
                            const language::Language* language) {
  static const language::Language kEnglish;
  const language::Language& spoken = language == nullptr ? kEnglish : *language;
  ConsentQuestion question{.harm = HarmOf(fix, action)};
  if (question.harm == Harm::kLossy) {
    question.text = spoken.Say(kSays.can_lose, {{"loss", fix.loss_text}});
    if (const Message* const word = WordFor(fix.loss)) question.word = spoken.Say(*word);
  } else if (question.harm == Harm::kDisruptive) {
    question.text = spoken.Say(Interrupts(*action));
  }
  return question;
}

std::optional<Permit> Consents::PermitFor(const troubleshoot::Fix& fix, const Action* action) {
  const ConsentQuestion question = QuestionFor(fix, action);
  const bool agreed = !agreed_.empty() && agreed_ == fix.id;
  const bool typed = !typed_fix_.empty() && typed_fix_ == fix.id;
  const std::string word = typed ? Small(Trim(typed_)) : std::string();
  // Whatever was said is used up now: an answer never waits for a later question.
  agreed_.clear();
  typed_fix_.clear();
  bool granted = false;
  switch (question.harm) {
    case Harm::kHarmless:
      granted = harmless_ || agreed;
      break;
    case Harm::kDisruptive:
      granted = agreed;
      break;
    case Harm::kLossy:
      granted = !word.empty() && (word == question.word ||
                                  word == Small(Trim(QuestionFor(fix, action, language_).word)));
      break;
  }
  if (!granted) return std::nullopt;
  return Permit(fix.id, question.harm,
                question.harm == Harm::kLossy ? question.text : std::string());
}

}  // namespace bk::repair
