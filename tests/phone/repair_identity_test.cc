// Whatever the tool does for a fix, undone, gives back the phone as it was: every action, on every
// Android and maker that is simulated, from random states, compared field by field. And whatever a
// phone refuses leaves it untouched.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "repair/fakes_testing.h"
#include "repair/situation.h"
#include "repair/step.h"
#include "repair/undo.h"
#include "simulate/phone/setup/catalogue.h"
#include "simulate/phone/setup/make_android.h"
#include "simulate/phone/sim_phone.h"
#include "simulate/phone/system/state.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk {
namespace {

using simulate::Android;
using simulate::Maker;

constexpr std::string_view kApp = simulate::kZeppLife;
constexpr std::string_view kOther = simulate::kGadgetbridge;

std::string_view Name(Maker maker) {
  return maker == Maker::kStock ? "stock" : maker == Maker::kSamsung ? "Samsung" : "Xiaomi";
}

// Whatever an owner, an app or a maker may have set, by the seed.
void Spoil(Android& phone, std::uint64_t seed) {
  std::uint64_t random = seed * 977 + 1;
  const auto one_of = [&](std::uint64_t count) { return simulate::RandomBelow(random, count); };
  const auto coin = [&] { return one_of(2) == 0; };
  simulate::System& system = phone.system;
  simulate::InstallCompanion(phone, kOther);
  simulate::Package& app = system.packages.at(std::string(kApp));
  for (const char* row : {"auto_time", "auto_time_zone"}) {
    const auto way = one_of(3);
    if (way == 0) system.settings["global"].erase(row);
    if (way > 0) system.settings["global"][row] = way == 1 ? "0" : "1";
  }
  if (coin()) {
    system.settings["global"]["private_dns_mode"] = "hostname";
    system.settings["global"]["private_dns_specifier"] = "dns.example.org";
  }
  simulate::SetLocation(phone, coin());
  system.settings["global"]["airplane_mode_on"] = coin() ? "1" : "0";
  const bool saver = coin();
  system.settings["global"]["low_power"] = saver ? "1" : "0";
  system.settings["global"]["low_power_sticky"] = saver || coin() ? "1" : "0";
  for (const char* op : {"RUN_ANY_IN_BACKGROUND", "RUN_IN_BACKGROUND", "POST_NOTIFICATION"}) {
    if (phone.flavour.sdk < 28 && std::string_view(op).starts_with("RUN_ANY")) continue;
    if (coin()) app.ops[op] = coin() ? "ignore" : "deny";
    if (one_of(4) == 0) app.uid_ops[op] = "ignore";
  }
  for (auto& [name, permission] : app.permissions) permission.granted = coin();
  constexpr int kBuckets[] = {10, 20, 30, 40, 45};
  app.bucket = kBuckets[one_of(5)];
  if (phone.flavour.sdk >= 33 && one_of(3) == 0) app.background_level = "restricted_bucket";
  if (one_of(4) == 0) app.enabled = simulate::Enabled::kDisabledUser;
  if (coin())
    system.doze_exempt.erase(std::string(kApp));
  else
    system.doze_exempt.insert(std::string(kApp));
  if (coin())
    system.data_saver_exempt.erase(app.uid);
  else
    system.data_saver_exempt.insert(app.uid);
  system.data_saver = coin();
  const bool hears = coin();
  std::string listeners;
  system.listeners.clear();
  if (hears && !app.listener.empty()) {
    listeners = std::string(kApp) + "/" + app.listener;
    system.listeners.insert(listeners);
  }
  system.settings["secure"]["enabled_notification_listeners"] = listeners;
}

// Where two phones differ, for the one who reads a red test.
std::string Difference(const simulate::System& a, const simulate::System& b) {
  std::string text;
  for (const auto* side : {&a, &b})
    for (const auto& [table, rows] : side->settings)
      for (const auto& [name, value] : rows) {
        const auto value_in = [&](const simulate::System& system) {
          const auto found = system.settings.find(table);
          if (found == system.settings.end() || !found->second.contains(name))
            return std::string("none");
          return found->second.at(name);
        };
        if (value_in(a) != value_in(b))
          text += fmt::format("{}/{}: {} is {}\n", table, name, value_in(a), value_in(b));
      }
  for (const auto& [name, was] : a.packages) {
    if (!b.packages.contains(name)) continue;
    const simulate::Package& is = b.packages.at(name);
    if (was == is) continue;
    text += fmt::format(
        "{}: stopped {} {}, enabled {} {}, bucket {} {}, level '{}' '{}', ops {} {}, uid ops {} "
        "{}, asleep {} {}, notifications off {} {}, disabled by '{}' '{}', autostart {} {}\n",
        name, was.stopped, is.stopped, static_cast<int>(was.enabled), static_cast<int>(is.enabled),
        was.bucket, is.bucket, was.background_level, is.background_level, was.ops.size(),
        is.ops.size(), was.uid_ops.size(), is.uid_ops.size(), was.asleep, is.asleep,
        was.notifications_off, is.notifications_off, was.disabled_by, is.disabled_by, was.autostart,
        is.autostart);
    for (const auto& [permission, state] : was.permissions)
      if (is.permissions.at(permission) != state)
        text += fmt::format("  {} {}\n", permission, state.granted);
  }
  if (a.doze_exempt != b.doze_exempt) text += "doze_exempt\n";
  if (a.data_saver_exempt != b.data_saver_exempt) text += "data_saver_exempt\n";
  if (a.listeners != b.listeners) text += "listeners\n";
  if (a.data_saver != b.data_saver) text += "data_saver\n";
  return text.empty() ? "something else\n" : text;
}

class Silent final : public repair::StepTeller {
 public:
  void Tell(std::string_view) override {}
  Finger AskFinger(const repair::OpenPage&, bool) override { return Finger::kCannot; }
  bool Waiting(std::string_view, std::chrono::milliseconds) override { return true; }
};

// Time passes on the phone as it does for the one who waits.
class PhonesClock final : public ports::Clock {
 public:
  explicit PhonesClock(simulate::SimPhones& phones) : phones_(phones) {}
  [[nodiscard]] std::int64_t WallMillis() const override { return 1'790'000'000'000; }
  [[nodiscard]] std::chrono::milliseconds Now() const override {
    return std::chrono::duration_cast<std::chrono::milliseconds>(phones_.machine().elapsed());
  }
  bool Wait(std::chrono::milliseconds time) override {
    phones_.Pass(time);
    return true;
  }
  void WaitOut(std::chrono::milliseconds time) override { phones_.Pass(time); }
  [[nodiscard]] bool stopped() const override { return false; }

 private:
  simulate::SimPhones& phones_;
};

struct DoneAndUndone {
  repair::StepResult result;
  simulate::System before, done, after;
  std::size_t changes = 0;
  std::vector<repair::Undone> undone;
};

std::optional<DoneAndUndone> DoAndUndo(Android android, const troubleshoot::Fix& fix) {
  simulate::SimPhones phones(std::move(android));
  phones.Pass(std::chrono::seconds(30));  // what was set has come about
  auto opened = phones.Open("");
  EXPECT_TRUE(opened);
  ports::Phone& phone = **opened;
  auto traits = repair::ReadTraits(phone);
  EXPECT_TRUE(traits);
  const repair::WhoIsWho who = repair::FindWhoIsWho(
      phone, *traits, troubleshoot::EmbeddedKnowledge().apps, {.companion = std::string(kApp)});
  EXPECT_EQ(who.situation.companion, kApp);
  const auto action = repair::ActionFor(fix.id, *traits, who.situation);
  if (!action || action->moves.empty()) return std::nullopt;

  PhonesClock clock(phones);
  repair::FakeJournal file;
  auto journal = repair::RepairJournal::Open(file, clock);
  const auto repair = journal->BeginRepair(phone.serial(), "simulated");
  const repair::Workplace place{phone, clock, *journal, *traits, *repair};
  repair::Consents consents;
  consents.AgreeToHarmless();
  consents.Agree(fix.id);
  const auto permit = consents.PermitFor(fix, &*action);
  EXPECT_TRUE(permit) << fix.id << " is the tool's and wants more than a yes";
  if (!permit) return std::nullopt;

  Silent silent;
  DoneAndUndone run;
  run.before = phones.phone().system;
  run.result = repair::CarryOut(*action, false, *permit, place, silent);
  run.done = phones.phone().system;
  run.changes = run.result.changes.size();
  run.undone = repair::UndoRepair(*repair, place, [](const auto&...) { return false; });
  run.after = phones.phone().system;
  return run;
}

// What RestoreNote says may differ: who is noted to have switched an app off, and whether Bluetooth
// comes back by itself with the end of airplane mode.
void Forgive(simulate::System& after, const simulate::System& before) {
  EXPECT_FALSE(repair::RestoreNote({}, repair::setting::PackageEnabled(kApp)).empty());
  EXPECT_FALSE(repair::RestoreNote({}, repair::setting::Bluetooth()).empty());
  for (const auto& [name, package] : before.packages)
    if (package.enabled == simulate::Enabled::kDisabledUser &&
        after.packages.at(name).enabled == package.enabled)
      after.packages.at(name).disabled_by = package.disabled_by;
  if (simulate::Setting(before, "global", "bluetooth_on") == "2" &&
      simulate::Setting(after, "global", "bluetooth_on") == "0")
    simulate::PutSetting(after, "global", "bluetooth_on", "2");
}

struct Case {
  int sdk;
  Maker maker;
};
class EveryPhone : public testing::TestWithParam<Case> {};

TEST_P(EveryPhone, IsAsItWasOnceAnActionIsUndone) {
  constexpr std::uint64_t kSeeds = 3;
  std::size_t changes = 0;
  std::size_t acted = 0;
  for (const troubleshoot::Fix& fix : troubleshoot::EmbeddedKnowledge().fixes) {
    if (repair::DoerOf(fix.id) != repair::Doer::kTool || fix.id == "restart_phone") continue;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      Android phone = simulate::MakeAndroid(GetParam().sdk, GetParam().maker, seed);
      Spoil(phone, seed);
      auto run = DoAndUndo(std::move(phone), fix);
      if (!run) continue;
      ++acted;
      changes += run->changes;
      Forgive(run->after, run->before);
      std::string undone;
      for (const repair::Undone& one : run->undone)
        undone += fmt::format("{} {}\n", static_cast<int>(one.how), one.text);
      EXPECT_TRUE(run->after == run->before)
          << fix.id << " on Android sdk " << GetParam().sdk << ", " << Name(GetParam().maker)
          << ", seed " << seed << ": " << repair::EndName(run->result.end) << " "
          << run->result.sentence << "\n"
          << Difference(run->before, run->after) << undone;
    }
  }
  // A test that changes nothing proves nothing.
  EXPECT_GT(acted, 15 * kSeeds);
  EXPECT_GT(changes, 10 * kSeeds);
}

class EveryXiaomi : public testing::TestWithParam<int> {};

TEST_P(EveryXiaomi, WithoutItsSecuritySwitchIsLeftAsItWas) {
  std::size_t refused = 0;
  for (const troubleshoot::Fix& fix : troubleshoot::EmbeddedKnowledge().fixes) {
    if (repair::DoerOf(fix.id) != repair::Doer::kTool || fix.id == "restart_phone") continue;
    Android phone = simulate::MakeAndroid(GetParam(), Maker::kXiaomi, 3);
    Spoil(phone, 3);
    phone.flavour.quirks.insert("miui_security_off");
    auto run = DoAndUndo(std::move(phone), fix);
    if (!run) continue;
    if (run->result.refusal && run->result.refusal->why == repair::Refusal::Why::kSecuritySwitch) {
      ++refused;
      EXPECT_NE(run->result.refusal->sentence.find("USB debugging (Security settings)"),
                std::string::npos)
          << fix.id;
    }
    Forgive(run->after, run->before);
    EXPECT_TRUE(run->after == run->before) << fix.id << "\n" << Difference(run->before, run->after);
  }
  EXPECT_GE(refused, 2U);
}

INSTANTIATE_TEST_SUITE_P(Androids, EveryXiaomi, testing::Values(26, 29, 31, 34, 35));
INSTANTIATE_TEST_SUITE_P(
    Androids, EveryPhone,
    testing::Values(Case{26, Maker::kStock}, Case{26, Maker::kSamsung}, Case{26, Maker::kXiaomi},
                    Case{29, Maker::kStock}, Case{29, Maker::kSamsung}, Case{29, Maker::kXiaomi},
                    Case{31, Maker::kStock}, Case{31, Maker::kSamsung}, Case{31, Maker::kXiaomi},
                    Case{34, Maker::kStock}, Case{34, Maker::kSamsung}, Case{34, Maker::kXiaomi},
                    Case{35, Maker::kStock}, Case{35, Maker::kSamsung}, Case{35, Maker::kXiaomi}));

}  // namespace
}  // namespace bk
