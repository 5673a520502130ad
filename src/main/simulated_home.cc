#include "main/simulated_home.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "adapters/state/journal_file.h"
#include "adapters/state/state.h"
#include "adapters/terminal/clock.h"
#include "base/text.h"
#include "main/invent_phone.h"
#include "simulate/phone/life/owner.h"
#include "simulate/phone/sim_phone.h"

namespace bk::main {
namespace {

using Micros = std::chrono::microseconds;
using ports::Store;

constexpr const char* kKept = "phone.txt";
constexpr const char* kJournal = "repairs.journal";
constexpr std::string_view kFirstLine = "bandkeeper simulated phone 1";
// Of one phone: after so many it has lived long enough.
constexpr std::size_t kDeedsMax = 4'000;

// Something that was done to the phone; reboot is one.
struct Deed {
  Micros at{0};  // on the phone's own time
  std::string line;
};

// Of the owner's fingers; no shell has such a command.
constexpr std::string_view kByFinger = "(by finger) ";

// A phone is what it was made from and what was done to it since: it is made again and lives
// through it all a second time.
struct Kept {
  app::SimulatedPhone wanted;
  Micros made{0};  // since 1970
  std::vector<Deed> deeds;
  Micros until{0};
};

std::string TextOf(const Kept& kept) {
  std::string text =
      fmt::format("{}\nandroid {}\nmaker {}\nseed {}\nmade {}\n", kFirstLine, kept.wanted.android,
                  kept.wanted.maker, kept.wanted.seed, kept.made.count());
  for (const std::string& fault : kept.wanted.faults) text += "fault " + fault + "\n";
  for (const std::string& quirk : kept.wanted.quirks) text += "quirk " + quirk + "\n";
  for (const Deed& deed : kept.deeds) text += fmt::format("at {} {}\n", deed.at.count(), deed.line);
  return text + fmt::format("until {}\n", kept.until.count());
}

// nullopt: not a whole text of ours.
std::optional<Kept> KeptOf(std::string_view text) {
  std::string_view line;
  if (!NextLine(text, line) || line != kFirstLine) return std::nullopt;
  Kept kept;
  bool whole = false;
  while (NextLine(text, line)) {
    const std::size_t blank = line.find(' ');
    if (whole || blank == std::string_view::npos) return std::nullopt;
    const std::string_view key = line.substr(0, blank), value = line.substr(blank + 1);
    const auto number = ParseInt<std::int64_t>(value.substr(0, value.find(' ')));
    if (key == "maker") {
      kept.wanted.maker = value;
    } else if (key == "fault") {
      kept.wanted.faults.emplace_back(value);
    } else if (key == "quirk") {
      kept.wanted.quirks.emplace_back(value);
    } else if (!number || *number < 0) {
      return std::nullopt;
    } else if (key == "android") {
      kept.wanted.android = static_cast<int>(*number);
    } else if (key == "seed") {
      kept.wanted.seed = static_cast<std::uint64_t>(*number);
    } else if (key == "made") {
      kept.made = Micros(*number);
    } else if (key == "at" && value.contains(' ') && kept.deeds.size() < kDeedsMax) {
      kept.deeds.push_back({Micros(*number), std::string(value.substr(value.find(' ') + 1))});
    } else if (key == "until") {
      kept.until = Micros(*number);
      whole = true;
    } else {
      return std::nullopt;
    }
  }
  return whole ? std::optional(std::move(kept)) : std::nullopt;
}

// What only asks leaves nothing on the phone, so it need not be done again.
bool IsQuestion(std::string_view line) {
  constexpr std::array<std::string_view, 9> kQuestions = {
      "dumpsys ", "getprop", "settings get ", "settings list ", "pm list ",
      "logcat ",  "date ",   "uptime",        "am get-"};
  return std::ranges::any_of(kQuestions,
                             [&](std::string_view start) { return line.starts_with(start); });
}

// A second on it costs nothing; Ctrl-C is heard all the same.
class PhonesClock final : public ports::Clock {
 public:
  PhonesClock(simulate::SimPhones& phones, RealClock real) : phones_(phones), real_(real()) {}
  [[nodiscard]] std::int64_t WallMillis() const override { return real_->WallMillis(); }
  [[nodiscard]] std::chrono::milliseconds Now() const override {
    return std::chrono::duration_cast<std::chrono::milliseconds>(phones_.machine().elapsed());
  }
  bool Wait(std::chrono::milliseconds time) override {
    if (stopped()) return false;
    phones_.Pass(time);
    return !stopped();
  }
  void WaitOut(std::chrono::milliseconds time) override { phones_.Pass(time); }
  [[nodiscard]] bool stopped() const override { return real_->stopped(); }

 private:
  simulate::SimPhones& phones_;
  std::unique_ptr<ports::Clock> real_;
};

class Home final : public app::SimulatedHome {
 public:
  Home(std::string folder, Kept kept, simulate::Android phone, RealClock real)
      : folder_(std::move(folder)), kept_(std::move(kept)), phones_(std::move(phone)), real_(real) {
    for (const Deed& deed : kept_.deeds) {
      LiveUntil(deed.at);
      if (deed.line == "reboot")
        phones_.machine().Restart();
      else if (deed.line.starts_with(kByFinger))
        (void)simulate::AskOwner(phones_.phone(), deed.line.substr(kByFinger.size()));
      else
        (void)phones_.machine().Run(deed.line);
    }
    LiveUntil(kept_.until);
    phones_.knobs().before = [this](std::string_view line, simulate::Android&) {
      if (!IsQuestion(line) && !line.contains('\n') && kept_.deeds.size() < kDeedsMax)
        kept_.deeds.push_back({phones_.machine().elapsed(), std::string(line)});
    };
  }

  ports::Phones& phones() override { return phones_; }
  std::unique_ptr<ports::Clock> MakeClock() override {
    return std::make_unique<PhonesClock>(phones_, real_);
  }
  Result<std::unique_ptr<ports::Journal>> Journal(bool to_write) override {
    return adapters::OpenJournal(
        folder_, to_write ? adapters::JournalUse::kWrite : adapters::JournalUse::kRead);
  }
  [[nodiscard]] std::string Sentence(const language::Language& language) const override {
    return SentenceOf(phones_.phone().flavour, kept_.wanted, language);
  }
  bool LetOwnerDo(const std::string& fix, std::chrono::seconds takes) override {
    phones_.Pass(takes);
    const Micros at = phones_.machine().elapsed();
    if (simulate::AskOwner(phones_.phone(), fix) != simulate::Deed::kDoes) return false;
    if (kept_.deeds.size() < kDeedsMax) kept_.deeds.push_back({at, std::string(kByFinger) + fix});
    return true;
  }
  Status Keep() override {
    kept_.until = phones_.machine().elapsed();
    return adapters::MakeStore(folder_)->Save(kKept, TextOf(kept_));
  }

 private:
  void LiveUntil(Micros time) {
    const Micros now = phones_.machine().elapsed();
    if (time > now) phones_.Pass(time - now);
  }

  std::string folder_;
  Kept kept_;
  mutable simulate::SimPhones phones_;
  RealClock real_;
};

}  // namespace

Result<std::unique_ptr<app::SimulatedHome>> OpenSimulatedHome(const std::string& folder,
                                                              const app::SimulatedPhone& wanted,
                                                              bool anew, RealClock real) {
  const auto store = adapters::MakeStore(folder);
  std::optional<Kept> kept;
  if (!anew)
    if (const auto loaded = store->Load(kKept); loaded && *loaded) kept = KeptOf((*loaded)->text);
  if (!kept) {
    kept.emplace(Kept{.wanted = wanted,
                      .made = std::chrono::duration_cast<Micros>(
                          std::chrono::system_clock::now().time_since_epoch())});
    // What was done to another phone cannot be undone on this one.
    if (const Status removed = store->Remove(kJournal); !removed && !folder.empty())
      return std::unexpected(removed.error());
  }
  BK_TRY(simulate::Android phone, InventPhone(kept->wanted, kept->made));
  return std::make_unique<Home>(folder, *std::move(kept), std::move(phone), real);
}

}  // namespace bk::main
