#include "interviews.h"

#include <algorithm>
#include <cstdio>

#include "troubleshoot/interview/interview.h"
#include "troubleshoot/population/population.h"
#include "troubleshoot/population/random.h"
#include "verdict_on.h"

namespace bk::bench {

using namespace troubleshoot;

namespace {

struct Kind {
  const char* title;
  double errs, does_not_know;  // chances, for each finding
};
constexpr Kind kKinds[] = {
    {"truthful", 0, 0},
    {"5 % wrong", 0.05, 0},
    {"20 % wrong", 0.2, 0},
    {"30 % \"I don't know\"", 0, 0.3},
};

// Somebody in front of the questions.
class Somebody {
 public:
  Somebody(const BeliefModel& model, const Owner& owner, const Kind& kind, std::uint64_t seed)
      : model_(model), owner_(owner), kind_(kind), seed_(seed) {}

  std::string Says(const Interview::Question& question) const {
    if (question.options.empty()) {
      const std::size_t f = model_.FindingIndex(question.id);
      if (!Knows(f)) return std::string(kNotKnown);
      return std::string(Thinks(f) ? kYes : kNo);
    }
    const auto choice =
        std::ranges::find(model_.knowledge().choices, question.id, &ChoiceQuestion::id);
    if (!Knows(model_.knowledge().findings.size() + question.id.size()))
      return std::string(kNotKnown);
    for (const Interview::Option& offered : question.options) {
      const auto option = std::ranges::find(choice->options, offered.id, &ChoiceOption::id);
      if (std::ranges::all_of(option->sets, [&](const Condition& condition) {
            return Thinks(model_.FindingIndex(condition.finding)) == condition.value;
          }))
        return offered.id;
    }
    return std::string(kNone);
  }

 private:
  enum Purpose : std::uint64_t { kErrs, kKnows };
  // Asked of opposites, alike.
  [[nodiscard]] bool Thinks(std::size_t f) const {
    const bool errs =
        Random({seed_, owner_.number, kErrs, model_.CanonicalOf(f).finding}).Happens(kind_.errs);
    return (owner_.holds[f] != 0) != errs;
  }
  [[nodiscard]] bool Knows(std::size_t what) const {
    if (what < model_.knowledge().findings.size()) what = model_.CanonicalOf(what).finding;
    return !Random({seed_, owner_.number, kKnows, what}).Happens(kind_.does_not_know);
  }

  const BeliefModel& model_;
  const Owner& owner_;
  const Kind& kind_;
  std::uint64_t seed_;
};

struct Ends {
  int cases = 0, questions = 0, cannot_tell = 0, healthy = 0;
  int layer = 0, layer_right = 0;  // a layer without a cause
  int named = 0, named_right = 0, sure = 0, sure_right = 0;

  void Print(const char* title) const {
    const auto share = [&](int part) { return cases == 0 ? 0 : 100.0 * part / cases; };
    std::printf("    %-24s %5d %6.1f %8.1f %7.1f %8.1f %8.1f %8.1f %8.1f %8.1f\n", title, cases,
                cases == 0 ? 0 : static_cast<double>(questions) / cases, share(named_right),
                share(named - named_right), share(sure_right), share(sure - sure_right),
                share(layer_right), share(layer - layer_right), share(cannot_tell + healthy));
  }
};

}  // namespace

void PrintInterviews(const BeliefModel& model, const std::vector<WorldKind>& worlds, int people,
                     std::uint64_t seed) {
  const Knowledge& knowledge = model.knowledge();
  std::printf(
      "People with nothing but their answers; per cent of the cases. Named: sure or not.\n\n");
  for (const WorldKind& world_kind : worlds) {
    if (world_kind.world.id == "as_known") continue;  // people are as in the others
    Ends known[std::size(kKinds)], unknown[std::size(kKinds)];
    for (int draw = 0; draw < world_kind.draws; ++draw) {
      World world = world_kind.world;
      world.seed = static_cast<std::uint64_t>(draw) + 1;
      world.healthy_share = 0;
      const Population population(knowledge, world, seed);
      const int from = people * draw / world_kind.draws,
                to = people * (draw + 1) / world_kind.draws;
      for (int number = from; number < to; ++number) {
        const Owner owner = population.Make(static_cast<std::uint64_t>(number));
        const bool doomed = owner.faults.back() == population.unknown_fault();
        if (doomed && owner.faults.size() > 1) continue;
        for (std::size_t k = 0; k < std::size(kKinds); ++k) {
          const Somebody somebody(model, owner, kKinds[k], seed);
          Interview interview(model, {}, {});
          while (const Interview::Question* question = interview.current())
            interview.Answer(somebody.Says(*question));
          const Verdict verdict = VerdictOn(model, {interview.Findings(), {}, {}});
          Ends& ends = (doomed ? unknown : known)[k];
          ++ends.cases;
          ends.questions += static_cast<int>(interview.answers().size());
          const auto right = [&](auto fits) {
            return std::ranges::any_of(owner.faults, [&](std::size_t fault) {
              return fault < knowledge.causes.size() && fits(knowledge.causes[fault]);
            });
          };
          if (verdict.outcome == Outcome::kCause) {
            const bool so = right([&](const Cause& c) { return c.id == verdict.cause; });
            ++ends.named;
            ends.named_right += so ? 1 : 0;
            ends.sure += verdict.sure ? 1 : 0;
            ends.sure_right += verdict.sure && so ? 1 : 0;
          } else if (verdict.outcome == Outcome::kLayer) {
            ++ends.layer;
            ends.layer_right +=
                right([&](const Cause& c) { return c.layer == verdict.layer; }) ? 1 : 0;
          } else if (verdict.outcome == Outcome::kHealthy) {
            ++ends.healthy;
          } else {
            ++ends.cannot_tell;
          }
        }
      }
    }
    std::printf(
        "  %s\n    %-24s %5s %6s %16s %17s %17s %8s\n    %-24s %5s %6s %8s %7s %8s %8s %8s %8s "
        "%8s\n",
        world_kind.world.title.c_str(), "", "", "ques-", "a cause named", "of these, sure",
        "a layer only", "cannot", "", "cases", "tions", "right", "wrong", "right", "wrong", "right",
        "wrong", "tell");
    for (std::size_t k = 0; k < std::size(kKinds); ++k) known[k].Print(kKinds[k].title);
    std::printf("    and with an unknown fault\n");
    for (std::size_t k = 0; k < std::size(kKinds); ++k) unknown[k].Print(kKinds[k].title);
    std::printf("\n");
  }
}

}  // namespace bk::bench
