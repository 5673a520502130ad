// `fix` beside the troubleshooting guide on a seeded population of simulated phones and owners.
//
//   bench_repair [--phones N] [--seed N] [--adb BANDKEEPER]
//
// Each phone has one fault or two, drawn evenly from those of simulate/phone/faults, a version, a
// maker and an owner: of ten owners seven do what is asked, the others forget it (and say that it
// was done) or refuse it, and what can lose something. Both ways meet the same phones. All in
// virtual time. With --adb: how long `doctor --phone` takes over stock adb on invented phones.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "adb/stock_adb.h"
#include "guide_walk.h"
#include "loop/run_loop.h"
#include "loop/samples.h"
#include "simulate/phone/faults/inject.h"
#include "simulate/phone/setup/catalogue.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace {

using namespace bk;  // NOLINT: a program of one file
using loop::Patient;
using loop::Temper;
using simulate::Deed;

struct Person {
  Patient patient;
  Temper temper;
  simulate::Android phone;
};

Person Draw(std::uint64_t& random) {
  const auto causes = simulate::InjectableCauses();
  while (true) {
    Person person;
    person.patient.sdk = loop::kSdks[simulate::RandomBelow(random, std::size(loop::kSdks))];
    person.patient.maker = static_cast<simulate::Maker>(simulate::RandomBelow(random, 3));
    person.patient.seed = simulate::RandomBelow(random, 1'000'000);
    const std::size_t faults = simulate::RandomBelow(random, 10) < 7 ? 1 : 2;
    while (person.patient.faults.size() < faults) {
      const std::string fault(causes[simulate::RandomBelow(random, causes.size())]);
      if (std::ranges::count(person.patient.faults, fault) == 0)
        person.patient.faults.push_back(fault);
    }
    const std::uint64_t kind = simulate::RandomBelow(random, 20);
    if (kind >= 17)
      person.temper = {.deeds = Deed::kRefuses, .gives_up_data = false};
    else if (kind >= 14)
      person.temper = {.deeds = Deed::kForgets};
    auto phone = loop::MakePatient(person.patient);
    if (!phone || loop::WillBeWell(*phone, person.patient.faults)) continue;
    person.phone = *std::move(phone);
    return person;
  }
}

const char* OwnerOf(const Person& person) {
  switch (person.temper.deeds) {
    case Deed::kDoes:
      return "owner does";
    case Deed::kForgets:
      return "owner forgets";
    case Deed::kRefuses:
      return "owner refuses";
  }
  return "";
}

// Of one way, on one group of people.
struct Tally {
  std::vector<double> minutes;  // 120 more for who is not cured
  int cured = 0, lossy = 0, fixes = 0;
  void Add(bool well, double took, int lossy_steps, int done) {
    minutes.push_back(took + (well ? 0 : troubleshoot::EmbeddedKnowledge().model.give_up_minutes));
    cured += well;
    lossy += lossy_steps;
    fixes += done;
  }
};

void Print(const char* way, Tally tally) {
  if (tally.minutes.empty()) return;
  std::ranges::sort(tally.minutes);
  const auto n = static_cast<double>(tally.minutes.size());
  const auto at = [&](double share) {
    return tally.minutes[static_cast<std::size_t>(share * (n - 1))];
  };
  fmt::print("    {:12} {:5.1f} %  {:8.1f} {:8.1f} {:8.1f}  {:12.2f}  {:8.1f}\n", way,
             100 * tally.cured / n,
             std::accumulate(tally.minutes.begin(), tally.minutes.end(), 0.0) / n, at(0.5), at(0.9),
             tally.lossy / n, tally.fixes / n);
}

int Population(int phones, std::uint64_t seed) {
  std::map<std::string, std::pair<Tally, Tally>> groups;
  std::vector<std::string> order = {"all",        "one fault",     "two faults",
                                    "owner does", "owner forgets", "owner refuses"};
  int left = 0, broken = 0;
  std::vector<std::string> claims;
  std::uint64_t random = seed;
  for (int i = 0; i < phones; ++i) {
    const Person person = Draw(random);
    const auto one = loop::InThisProcess(person.phone), other = loop::InThisProcess(person.phone);
    const loop::LoopRun fix = loop::RunLoop(*one, person.patient, person.temper);
    const bench::Walk guide = bench::WalkTheGuide(*other, person.patient.faults, person.temper);
    using End = app::RepairOutcome::End;
    if (!fix.well && (fix.outcome.end == End::kProved || fix.outcome.end == End::kConfirmed ||
                      fix.outcome.end == End::kNothingWrong))
      claims.push_back(fmt::format("{}, Android {}, maker {}, {}: {} {}",
                                   fmt::join(person.patient.faults, " + "), person.patient.sdk,
                                   static_cast<int>(person.patient.maker), OwnerOf(person),
                                   fix.outcome.sentence, fix.outcome.proof));
    left += std::ranges::any_of(fix.left,
                                [](const auto& left_over) { return left_over.second.empty(); });
    broken += !fix.broken.empty();
    int done = 0;
    for (const app::StepRun& step : fix.outcome.runs) done += step.end != "skipped";
    for (const char* group :
         {"all", person.patient.faults.size() == 1 ? "one fault" : "two faults", OwnerOf(person)}) {
      groups[group].first.Add(fix.well, fix.minutes, fix.lossy, done);
      groups[group].second.Add(guide.well, guide.minutes, guide.lossy, guide.fixes);
    }
  }
  fmt::print(
      "{} phones, seed {}\n\n  minutes of the owner's life until the end, 120 more for who is "
      "not cured\n    {:12} {:>7}  {:>8} {:>8} {:>8}  {:>12}  {:>8}\n",
      phones, seed, "", "cured", "mean", "median", "p90", "lossy steps", "steps");
  for (const std::string& group : order) {
    fmt::print("  {} ({})\n", group, groups[group].first.minutes.size());
    Print("fix", groups[group].first);
    Print("the guide", groups[group].second);
  }
  fmt::print(
      "\n  fix says that the band works, or that nothing is wrong, and it does not: {} of {}\n"
      "  something is not as before after undo: {}; a promise broken: {}\n",
      claims.size(), phones, left, broken);
  for (const std::string& claim : claims) fmt::print("    {}\n", claim);
  return broken == 0 ? 0 : 1;
}

// As a person waits for it: a process of its own, stock adb in between.
int OverAdb(const std::string& program) {
  if (testing::StockAdb::Path().empty()) {
    std::fputs("bench_repair: no adb here\n", stderr);
    return 1;
  }
  const testing::StockAdb adb;
  constexpr int kRuns = 7;
  for (const char* android : {"8", "10", "12", "14", "15"})
    for (const char* maker : {"stock", "samsung", "xiaomi"}) {
      testing::Background phone({program, "simulate", "phone", "--json", "--android", android,
                                 "--maker", maker, "--fault", "stale_bond", "--seed", "1"});
      const auto served = nlohmann::json::parse(phone.WaitFor("\n}\n"), nullptr, false);
      if (!served.is_object()) return 1;
      const std::string address = served["address"];
      if (!adb.Connect(address)) return 1;
      std::vector<double> wall;
      for (int run = 0; run <= kRuns; ++run) {
        const auto start = std::chrono::steady_clock::now();
        (void)testing::RunProgram({program, "doctor", "--phone", "--serial", address},
                                  adb.variables());
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        if (run > 0) wall.push_back(took.count());
      }
      std::ranges::sort(wall);
      fmt::print("  Android {:2} {:8} median {:.2f} s, worst {:.2f} s\n", android, maker,
                 wall[kRuns / 2], wall.back());
      (void)adb.Do({"disconnect", address});
    }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  int phones = 200;
  std::uint64_t seed = 1;
  std::string program;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view word = argv[i];
    if (word == "--phones") phones = std::atoi(argv[i + 1]);
    if (word == "--seed") seed = std::strtoull(argv[i + 1], nullptr, 10);
    if (word == "--adb") program = argv[i + 1];
  }
  return program.empty() ? Population(phones, seed) : OverAdb(program);
}
