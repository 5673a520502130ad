#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

#include "troubleshoot/knowledge/problem_list.h"

namespace bk::troubleshoot {
namespace {

constexpr std::size_t kStepsMax = 8;   // findings that one report may reasonably tell
constexpr std::size_t kTried = 12;     // of the findings that help most, so many are worked through
constexpr double kFloorLeast = 1e-4;   // chances are kept off 0 and 1 by at least this
constexpr double kTrustMost = 0.9999;  // reports are believed at most so far

// Adds, one by one, the finding that raises a cause most, as a naive Bayes model weighs it. What
// this does not make the likeliest, a real report will not either.
class Reach {
 public:
  explicit Reach(const Knowledge& knowledge) : knowledge_(knowledge) {
    const std::size_t causes = knowledge.causes.size();
    const double floor = std::clamp(knowledge.model.chance_floor, kFloorLeast, 0.25);
    const double trust = std::clamp(knowledge.model.trust.back(), 0.5, kTrustMost);
    const double error = (1 - trust) / trust;
    std::map<std::string_view, std::size_t> index;
    for (std::size_t f = 0; f < knowledge.findings.size(); ++f)
      index.emplace(knowledge.findings[f].id, f);
    for (const FindingKind& finding : knowledge.findings) {
      const double leak = std::clamp(finding.leak, floor, 1 - floor);
      evidence_.push_back({std::vector<double>(causes, leak), leak});
    }
    for (std::size_t c = 0; c < causes; ++c)
      for (const Effect& effect : knowledge.causes[c].effects) {
        const auto found = index.find(effect.finding);
        if (found == index.end()) continue;
        const double chance = std::clamp(effect.chance, floor, 1 - floor);
        evidence_[found->second].chance[c] = chance;
        const auto other = index.find(knowledge.findings[found->second].opposite);
        if (other != index.end()) evidence_[other->second].chance[c] = 1 - chance;
      }
    for (const Evidence& one : evidence_)
      for (const bool value : {true, false}) {
        std::vector<double> weights;
        const auto likelihood = [&](double chance) {
          const double held = value ? chance : 1 - chance;
          return std::log(held + (1 - held) * error);
        };
        weights.reserve(causes + 1);
        for (const double chance : one.chance) weights.push_back(likelihood(chance));
        weights.push_back(likelihood(one.leak));
        weights_.push_back(std::move(weights));
      }
    for (const Cause& cause : knowledge.causes) prior_.push_back(std::log(cause.prior));
    prior_.push_back(std::log(knowledge.none_prior));
  }

  struct Best {
    bool first = false;     // it was the likeliest at some time
    double chance = 0;      // the most it came to
    std::size_t rival = 0;  // what stood before it at the end; causes.size() = none of these
  };

  [[nodiscard]] Best Of(std::size_t cause) const {
    std::vector<double> log = prior_;
    std::vector<char> used(evidence_.size(), 0);
    Best best = Judge(cause, log);
    for (std::size_t step = 0; step < kStepsMax; ++step) {
      std::vector<std::pair<double, std::size_t>> candidates;
      for (std::size_t e = 0; e < weights_.size(); ++e)
        if (used[e / 2] == 0)
          candidates.emplace_back(weights_[e][cause] - weights_[e][best.rival], e);
      const std::size_t count = std::min(kTried, candidates.size());
      std::ranges::partial_sort(candidates, candidates.begin() + static_cast<std::ptrdiff_t>(count),
                                std::greater<>());
      candidates.resize(count);
      Best next = best;
      std::size_t chosen = weights_.size();
      for (const auto& [gain, e] : candidates) {
        const Best tried = Judge(cause, With(log, e));
        if (tried.chance <= next.chance) continue;
        next = tried;
        chosen = e;
      }
      if (chosen == weights_.size()) break;
      log = With(log, chosen);
      used[chosen / 2] = 1;
      next.first = next.first || best.first;
      best = next;
    }
    return best;
  }

 private:
  struct Evidence {
    std::vector<double> chance;  // by cause
    double leak;
  };

  [[nodiscard]] std::vector<double> With(std::vector<double> log, std::size_t evidence) const {
    const double temperature = std::max(knowledge_.model.temperature, 0.1);
    for (std::size_t h = 0; h < log.size(); ++h) log[h] += weights_[evidence][h] / temperature;
    return log;
  }

  static Best Judge(std::size_t cause, const std::vector<double>& log) {
    const double top = *std::ranges::max_element(log);
    double sum = 0, rival = -std::numeric_limits<double>::infinity();
    Best best;
    for (std::size_t h = 0; h < log.size(); ++h) {
      sum += std::exp(log[h] - top);
      if (h == cause || log[h] <= rival) continue;
      rival = log[h];
      best.rival = h;
    }
    best.chance = std::exp(log[cause] - top) / sum;
    best.first = log[cause] > rival;
    return best;
  }

  const Knowledge& knowledge_;
  std::vector<Evidence> evidence_;
  std::vector<std::vector<double>> weights_;  // two for each finding: it holds, it does not
  std::vector<double> prior_;                 // causes, then none of these
};

}  // namespace

void CheckReach(const Knowledge& knowledge, ProblemList& problems) {
  if (knowledge.causes.empty() || !(knowledge.none_prior > 0)) return;
  for (const Cause& cause : knowledge.causes)
    if (!(cause.prior > 0)) return;  // told elsewhere
  const Reach reach(knowledge);
  for (std::size_t c = 0; c < knowledge.causes.size(); ++c) {
    const Reach::Best best = reach.Of(c);
    const std::string rival = best.rival < knowledge.causes.size() ? knowledge.causes[best.rival].id
                                                                   : std::string("none_of_these");
    if (!best.first)
      problems.Error({"cause", knowledge.causes[c].id}, "",
                     fmt::format("unreachable: no evidence makes it the likeliest; \"{}\" stays "
                                 "before it, at best it has {:.0f} %",
                                 rival, 100 * best.chance));
    else if (best.chance < knowledge.model.name_cause)
      problems.Warning({"cause", knowledge.causes[c].id}, "",
                       fmt::format("is never named: with its best evidence it has {:.0f} %, "
                                   "\"{}\" comes next",
                                   100 * best.chance, rival));
  }
}

}  // namespace bk::troubleshoot
