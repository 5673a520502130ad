#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "troubleshoot/knowledge/problem_list.h"

namespace bk::troubleshoot {
namespace {

constexpr double kSumOff = 0.02;  // by how much chances that exclude each other may pass one
constexpr double kLikelierBy = 1.02;

enum class Basis : std::uint8_t { kCases, kReference, kGuide, kGuess, kNone };

Basis BasisOf(std::string_view origin) {
  const auto has = [&](std::string_view word) { return origin.find(word) != origin.npos; };
  if (has("case count") || has("fitted")) return Basis::kCases;
  for (const std::string_view word :
       {"reference", "protocol", "Core Specification", "failure-modes", "source:", "https://"})
    if (has(word)) return Basis::kReference;
  if (has("guide")) return Basis::kGuide;
  return has("guess") ? Basis::kGuess : Basis::kNone;
}

class Sense {
 public:
  Sense(const Knowledge& knowledge, ProblemList& problems)
      : knowledge_(knowledge), problems_(problems) {
    for (const FindingKind& finding : knowledge.findings) findings_.emplace(finding.id, &finding);
    for (const Cause& cause : knowledge.causes)
      for (const Effect& effect : cause.effects)
        chances_.emplace(std::pair<std::string_view, std::string_view>(cause.id, effect.finding),
                         effect.chance);
  }

  void Run() {
    for (const FindingKind& finding : knowledge_.findings) {
      Excludes(finding);
      Presumes(finding);
      Origin({"finding", finding.id}, "leak_from", finding.leak_from);
      for (const Trust& trust : finding.trust)
        if (trust.from.empty())
          problems_.Error({"finding", finding.id}, "trust", "its trust has no origin (trust_from)");
    }
    for (const Layer& layer : knowledge_.layers) Health(layer);
    for (const Cause& cause : knowledge_.causes) {
      Origin({"cause", cause.id}, "prior_from", cause.prior_from);
      for (const Effect& effect : cause.effects)
        Origin({"cause", cause.id}, fmt::format("effect[{}].from", effect.finding), effect.from);
      for (const Treatment& treatment : cause.fixes)
        Origin({"cause", cause.id}, fmt::format("fix[{}].from", treatment.fix), treatment.from);
    }
    for (const Fix& fix : knowledge_.fixes) {
      Origin({"fix", fix.id}, "from", fix.from);
      WordsOnce(fix);
    }
  }

 private:
  [[nodiscard]] const FindingKind* Find(std::string_view id) const {
    const auto found = findings_.find(id);
    return found == findings_.end() ? nullptr : found->second;
  }

  // P(finding | cause alone).
  [[nodiscard]] double Chance(const Cause& cause, const FindingKind& finding) const {
    const auto direct = chances_.find({cause.id, finding.id});
    if (direct != chances_.end()) return direct->second;
    const auto turned = chances_.find({cause.id, finding.opposite});
    if (!finding.opposite.empty() && turned != chances_.end()) return 1 - turned->second;
    return finding.leak;
  }

  static double Healthy(const FindingKind& finding) {
    return finding.when_healthy.value_or(finding.leak);
  }

  void Excludes(const FindingKind& finding) {
    for (const std::string& id : finding.excludes) {
      const FindingKind* other = Find(id);
      if (other == nullptr) continue;
      if (other == &finding) {
        problems_.Error({"finding", finding.id}, "excludes", "excludes itself");
        continue;
      }
      if (finding.leak + other->leak > 1 + kSumOff)
        problems_.Error({"finding", finding.id}, "leak",
                        fmt::format("excludes \"{}\", yet their leaks sum to {:.3g}", id,
                                    finding.leak + other->leak));
      if (Healthy(finding) + Healthy(*other) > 1 + kSumOff)
        problems_.Error({"finding", finding.id}, "when_healthy",
                        fmt::format("excludes \"{}\", yet health makes both likely: {:.3g}", id,
                                    Healthy(finding) + Healthy(*other)));
      for (const Cause& cause : knowledge_.causes) {
        const double sum = Chance(cause, finding) + Chance(cause, *other);
        if (sum > 1 + kSumOff)
          problems_.Error(
              {"cause", cause.id}, fmt::format("effect[{}].chance", finding.id),
              fmt::format("contradiction: makes \"{}\" and \"{}\" likely (together {:.3g}), which "
                          "cannot both hold",
                          finding.id, id, sum));
      }
    }
  }

  // A finding that makes sense only beside another cannot be likelier than that other.
  void Presumes(const FindingKind& finding) {
    if (finding.presumes.empty()) return;
    std::set<std::string_view> on_the_way;
    if (InCircle(finding, on_the_way))
      problems_.Error({"finding", finding.id}, "presumes", "presumes itself, in a circle");
    for (const Cause& cause : knowledge_.causes) {
      double most = 0;
      for (const std::string& id : finding.presumes)
        if (const FindingKind* other = Find(id)) most += Chance(cause, *other);
      const double chance = Chance(cause, finding);
      if (chances_.contains({cause.id, finding.id}) && chance > most + kSumOff)
        problems_.Warning({"cause", cause.id}, fmt::format("effect[{}].chance", finding.id),
                          fmt::format("contradiction: \"{}\" has {:.3g}, what it presumes only "
                                      "{:.3g}",
                                      finding.id, chance, most));
    }
  }

  bool InCircle(const FindingKind& finding, std::set<std::string_view>& on_the_way) const {
    if (!on_the_way.insert(finding.id).second) return true;
    bool circle = false;
    for (const std::string& id : finding.presumes) {
      const FindingKind* other = Find(id);
      circle = circle || (other != nullptr && InCircle(*other, on_the_way));
    }
    on_the_way.erase(finding.id);
    return circle;
  }

  // Evidence of health that a fault of the same layer makes likelier than health does.
  void Health(const Layer& layer) {
    for (const auto& conditions : layer.ok_when)
      for (const Cause& cause : knowledge_.causes) {
        if (cause.layer != layer.id) continue;
        double promised = 1, healthy = 1;
        std::string names;
        for (const Condition& condition : conditions) {
          const FindingKind* finding = Find(condition.finding);
          if (finding == nullptr) continue;
          const double chance = Chance(cause, *finding), well = Healthy(*finding);
          promised *= condition.value ? chance : 1 - chance;
          healthy *= condition.value ? well : 1 - well;
          names += (names.empty() ? "" : ", ") + std::string(condition.value ? "" : "!") +
                   condition.finding;
        }
        if (promised > healthy * kLikelierBy)
          problems_.Error({"layer", layer.id}, "ok_when",
                          fmt::format("contradiction: {} counts as health, and the fault \"{}\" "
                                      "makes it likelier ({:.3g}) than health does ({:.3g})",
                                      names, cause.id, promised, healthy));
      }
  }

  void Origin(Subject subject, std::string_view key, std::string_view origin) {
    if (!origin.empty() && BasisOf(origin) == Basis::kNone)
      problems_.Warning(subject, key,
                        fmt::format("\"{}\" does not say what kind of origin it is: case count, "
                                    "reference, failure-modes, protocol, guide or guess",
                                    origin));
  }

  void WordsOnce(const Fix& fix) {
    std::set<std::tuple<std::string_view, int, int>> seen;
    for (std::size_t i = 0; i < fix.words.size(); ++i) {
      const Words& words = fix.words[i];
      const std::string key = fmt::format("words[{}]", i + 1);
      if (!seen.emplace(words.maker, words.android_min, words.android_max).second)
        problems_.Error({"fix", fix.id}, key, "words for the same phones stand there already");
      if (std::ranges::any_of(words.maker, [](char c) { return c >= 'A' && c <= 'Z'; }))
        problems_.Error({"fix", fix.id}, key, "the maker must be in small letters");
    }
  }

  const Knowledge& knowledge_;
  ProblemList& problems_;
  std::map<std::string_view, const FindingKind*> findings_;
  std::map<std::pair<std::string_view, std::string_view>, double> chances_;
};

}  // namespace

void CheckSense(const Knowledge& knowledge, ProblemList& problems) {
  Sense(knowledge, problems).Run();
}

Origins CountOrigins(const Knowledge& knowledge) {
  std::array<std::size_t, 5> count{};
  const auto add = [&](std::string_view origin) {
    ++count[static_cast<std::size_t>(BasisOf(origin))];
  };
  for (const FindingKind& finding : knowledge.findings) add(finding.leak_from);
  for (const Cause& cause : knowledge.causes) {
    add(cause.prior_from);
    for (const Effect& effect : cause.effects) add(effect.from);
    for (const Treatment& treatment : cause.fixes) add(treatment.from);
  }
  return {count[0], count[1], count[2], count[3] + count[4]};
}

}  // namespace bk::troubleshoot
