// Who must have agreed to what before a step may begin. One rule, in one place; the executor
// (step.h) does nothing without a Permit, and only this file can make one.
//
//   harmless     loses nothing or can be put back    one yes for all of them; --yes says it
//   disruptive   interrupts what else the phone does: Bluetooth or the radios go off, it restarts
//                                                    asked each time
//   lossy        something cannot be brought back    asked each time, naming what will be lost; the
//                                                    word must be typed
//
// The harm of a fix is that of its loss (knowledge/fixes) or of what its action does, whichever is
// the greater.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "repair/action.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::repair {

enum class Harm : std::uint8_t { kHarmless, kDisruptive, kLossy };
std::string_view HarmName(Harm harm);  // "harmless", "disruptive", "lossy"

struct ConsentQuestion {
  Harm harm = Harm::kHarmless;
  std::string text;  // what will be interrupted or lost; empty when harmless
  std::string word;  // to type: "pairing", "app data", "band data"; empty unless lossy
};
// `action` null: words alone, which the person carries out. `language` null: English.
ConsentQuestion QuestionFor(const troubleshoot::Fix& fix, const Action* action,
                            const language::Language* language = nullptr);

// The right to carry out one fix, once.
class Permit {
 public:
  [[nodiscard]] const std::string& fix() const { return fix_; }
  [[nodiscard]] Harm harm() const { return harm_; }
  // What the person agreed to lose; empty unless lossy.
  [[nodiscard]] const std::string& words() const { return words_; }

 private:
  friend class Consents;
  Permit(std::string fix, Harm harm, std::string words)
      : fix_(std::move(fix)), harm_(harm), words_(std::move(words)) {}
  std::string fix_;
  Harm harm_;
  std::string words_;
};

// What the person has agreed to so far.
class Consents {
 public:
  // The language in which the questions are asked, whose word is typed; the English one counts as
  // well. Outlives this; null: English.
  explicit Consents(const language::Language* language = nullptr) : language_(language) {}
  // Yes to every harmless step of this repair.
  void AgreeToHarmless() { harmless_ = true; }
  [[nodiscard]] bool harmless() const { return harmless_; }
  // Yes to the question about this very fix; counts once. Does not count for a lossy one.
  void Agree(std::string_view fix) { agreed_ = fix; }
  // What was typed in answer to the question about this very fix; counts once.
  void Type(std::string_view fix, std::string_view word) {
    typed_fix_ = fix;
    typed_ = word;
  }
  // nullopt: the agreement that it needs was not given. Every single answer is used up, also one
  // that was given about another fix.
  std::optional<Permit> PermitFor(const troubleshoot::Fix& fix, const Action* action);

 private:
  const language::Language* language_;
  bool harmless_ = false;
  std::string agreed_, typed_fix_, typed_;
};

}  // namespace bk::repair
