// A situation on its way through steps that fail, for the policy's own reckoning. Chances are not
// scaled back: their sum is the chance to get here, and all sums are times that chance.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "troubleshoot/plan/hypotheses.h"

namespace bk::troubleshoot {

struct Situation;

class Progress {
 public:
  explicit Progress(const Situation& situation);

  // Sums over the chances: that the fix makes the band work; that it cures something; the expected
  // share of what is at work that it cures.
  struct Sums {
    double cures = 0, helps = 0, gains = 0;
  };

  [[nodiscard]] const Hypotheses& hypotheses() const { return *hypotheses_; }
  [[nodiscard]] const PlanTables& tables() const { return hypotheses_->tables(); }
  [[nodiscard]] const std::vector<double>& chances() const { return chances_; }
  [[nodiscard]] double mass() const { return mass_; }
  // Of `mass`, what no fix can cure wholly; failed fixes leave it as it is.
  [[nodiscard]] double unknown() const { return unknown_; }
  [[nodiscard]] double Cures(std::size_t fix) const { return std::max(0.0, sums_[fix].cures); }
  [[nodiscard]] double Gains(std::size_t fix) const { return std::max(0.0, sums_[fix].gains); }
  [[nodiscard]] double Helps(std::size_t fix) const { return std::max(0.0, sums_[fix].helps); }
  // Those that are open and can help, by index.
  [[nodiscard]] const std::vector<std::size_t>& fixes() const { return fixes_; }
  [[nodiscard]] const std::vector<char>& open() const { return open_; }
  [[nodiscard]] const std::vector<std::size_t>& questions() const { return questions_; }
  [[nodiscard]] Spot place() const { return place_; }

  void MoveTo(Spot place) { place_ = place; }
  // The fix was done; only what it does not cure goes on.
  void Fail(std::size_t fix);
  // Only what answers so goes on.
  void Answer(std::size_t question, bool yes);
  // Sum of the chances that a person says yes.
  [[nodiscard]] double YesMass(std::size_t question) const;
  void KeepQuestions(std::vector<std::size_t> questions) { questions_ = std::move(questions); }

  // Harm comes last: the rules of planner.h (harm_rule.cc).
  // Worth proposing by its own chance.
  [[nodiscard]] bool WorthItself(std::size_t fix) const;
  [[nodiscard]] bool MayPropose(std::size_t fix) const;
  // The fixes that may be proposed, by index.
  [[nodiscard]] const std::vector<std::size_t>& Proposable() const;

 private:
  // A less harmful fix has a real chance to make the band work, as it is or given that this fails.
  [[nodiscard]] bool MustWait(std::size_t fix, double below) const;
  [[nodiscard]] bool HoldsUp(std::size_t other, std::size_t fix) const;
  [[nodiscard]] std::size_t LossOf(std::size_t fix) const;
  void Refresh();

  const Hypotheses* hypotheses_;  // of the situation, which outlives this
  std::vector<double> chances_;
  std::vector<char> open_;
  bool cautious_;
  Spot place_;
  std::vector<std::size_t> fixes_;
  std::vector<std::size_t> questions_;
  std::vector<Sums> sums_;  // by fix
  double mass_ = 0;
  double unknown_ = 0;
  // What Proposable has worked out, until a step changes it.
  mutable std::vector<std::size_t> may_;
  mutable bool judged_ = false;
};

}  // namespace bk::troubleshoot
