#include "latency.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <numeric>

#include "statistics.h"
#include "troubleshoot/population/population.h"

namespace bk::bench {

using namespace troubleshoot;

namespace {

constexpr std::size_t kFindings = 20;

class Times {
 public:
  template <class Work>
  void Measure(Work work) {
    const double start = Milliseconds();
    work();
    milliseconds_.push_back(Milliseconds() - start);
  }
  [[nodiscard]] double Median() const { return Quantile(milliseconds_, 0.5); }
  void Print(const char* name) const {
    std::printf("  %-44s %8.3f %8.3f %8.3f\n", name, Quantile(milliseconds_, 0.5),
                Quantile(milliseconds_, 0.95), *std::ranges::max_element(milliseconds_));
  }

 private:
  // Of this thread's own work: others on the machine do not count.
  static double Milliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
  }

  std::vector<double> milliseconds_;
};

// What this machine takes now for a million multiplications and additions of numbers that lie at
// hand: what any of the times below is worth.
double MillionProducts(double& sink) {
  constexpr std::size_t kLength = 1000, kRounds = 1000;
  std::vector<double> a(kLength, 1.0 / 3), b(kLength, 2.0 / 7);
  Times times;
  for (int round = 0; round < 21; ++round)
    times.Measure([&] {
      for (std::size_t i = 0; i < kRounds; ++i) {
        a[i % kLength] += 1e-9;
        sink += std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
      }
    });
  return times.Median();
}

}  // namespace

void PrintLatency(const BeliefModel& model, const Planner& planner, const WorldKind& kind,
                  int people, std::uint64_t seed) {
  // Everything that the owner could say, cut to 20 findings.
  WorldKind talkative = kind;
  auto& person = talkative.world.sources[static_cast<std::size_t>(evidence::SourceKind::kPerson)];
  person = {1, 1, 0.5};
  const Population population(model.knowledge(), talkative.world, seed);
  Times belief_alone, next_alone, next_after_failure, both;
  for (int number = 0; number < people; ++number) {
    const Owner owner = population.Make(static_cast<std::uint64_t>(number));
    std::vector<evidence::Finding> findings;
    Random random({seed, static_cast<std::uint64_t>(number)});
    auto told = owner.told;
    while (findings.size() < kFindings && !told.empty()) {
      const auto at = static_cast<std::ptrdiff_t>(random.Below(told.size()));
      findings.push_back(told[static_cast<std::size_t>(at)]);
      told.erase(told.begin() + at);
    }
    double sink = 0;
    belief_alone.Measure([&] { sink += model.Believe(model.Observe(findings)).none; });
    Choice choice;
    const auto observations = model.Observe(findings);
    Situation now = planner.Start(observations, {}, Context{});
    next_alone.Measure([&] { choice = planner.Next(now); });
    both.Measure(
        [&] { choice = planner.Next(planner.Start(model.Observe(findings), {}, Context{})); });
    if (choice.kind == Choice::Kind::kFix) {
      planner.Fail(now, choice);
      next_after_failure.Measure([&] { choice = planner.Next(now); });
    }
    if (sink < 0) std::printf("?");
  }
  std::printf(
      "%zu causes, %zu fixes, %zu findings known, %zu of them in the evidence; milliseconds of "
      "processor time\n\n"
      "  %-44s %8s %8s %8s\n",
      model.knowledge().causes.size(), model.knowledge().fixes.size(),
      model.knowledge().findings.size(), kFindings, "", "median", "p95", "max");
  belief_alone.Print("belief alone");
  next_alone.Print("next step alone");
  next_after_failure.Print("next step after a fix in vain");
  both.Print("belief and next step from the findings");
  double sink = 0;
  const double million = MillionProducts(sink);
  std::printf("  %-44s %8.3f %s\n", "for comparison: a million products", million,
              sink < 0 ? "?" : "");
  std::printf("  %-44s %8.1f\n", "belief and next step, in such millions", both.Median() / million);
  std::printf("\n");
}

}  // namespace bk::bench
