#include "repair/consent.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

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

std::string_view WordFor(LossClass loss) {
  switch (loss) {
    case LossClass::kPairing:
      return "pairing";
    case LossClass::kAppData:
      return "app data";
    case LossClass::kBandData:
      return "band data";
    case LossClass::kNone:
    case LossClass::kSetting:
      break;
  }
  return {};
}

// What a disruptive step interrupts.
std::string Interrupts(const Action& action) {
  const auto has = [&](auto fits) {
    return std::ranges::any_of(action.moves, fits) || std::ranges::any_of(action.by_finger, fits);
  };
  if (has([](const Move& move) { return std::holds_alternative<RestartPhone>(move); }))
    return "The phone restarts: a call, music or work in an app ends, and the screen lock must be "
           "opened afterwards.";
  if (has([](const Move& move) {
        const auto* change = std::get_if<ChangeSetting>(&move);
        return change != nullptr && change->setting == setting::AirplaneMode();
      }))
    return "Airplane mode is switched: calls, mobile data and Wi-Fi are interrupted while it is "
           "on.";
  return "Bluetooth goes off for a moment: earphones and the car are disconnected meanwhile.";
}

}  // namespace

std::string_view HarmName(Harm harm) {
  constexpr std::array<std::string_view, 3> kNames = {"harmless", "disruptive", "lossy"};
  return kNames[static_cast<std::size_t>(harm)];
}

ConsentQuestion QuestionFor(const troubleshoot::Fix& fix, const Action* action) {
  ConsentQuestion question{.harm = HarmOf(fix, action)};
  if (question.harm == Harm::kLossy) {
    question.text = "This can lose: " + fix.loss_text;
    question.word = WordFor(fix.loss);
  } else if (question.harm == Harm::kDisruptive) {
    question.text = Interrupts(*action);
  }
  return question;
}

std::optional<Permit> Consents::PermitFor(const troubleshoot::Fix& fix, const Action* action) {
  const ConsentQuestion question = QuestionFor(fix, action);
  const bool agreed = !agreed_.empty() && agreed_ == fix.id;
  const bool typed = !typed_fix_.empty() && typed_fix_ == fix.id;
  const std::string word = typed ? std::string(Trim(typed_)) : std::string();
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
      granted = word.size() == question.word.size() && StartsWithNoCase(word, question.word);
      break;
  }
  if (!granted) return std::nullopt;
  return Permit(fix.id, question.harm,
                question.harm == Harm::kLossy ? question.text : std::string());
}

}  // namespace bk::repair
